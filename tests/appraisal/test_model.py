from pathlib import Path

import msgspec
import numpy as np
import pytest

from ownjournal.appraisal.model import (
    Card,
    ModelUnusable,
    SparseModel,
    load,
    read_card,
    save,
)

CARD = Card("designs", "2026-11-25", {"articles": 3}, {"f1": 0.5}, {"rules": "2"})


def a_model() -> SparseModel:
    """Two classes over a flag, which is left as it is, and three words."""
    return SparseModel(
        card=CARD,
        classes=("cohort", "rct"),
        position={
            "flag:random": 0,
            "word:followed": 1,
            "word:años": 2,
            "word:trial": 3,
        },
        rarity=np.array([1, 3, 4, 1], np.float32),
        group=np.array([0, 1, 1, 1], np.int32),
        weights=np.array([[-1, 2], [3, -1], [0.5, 0], [0, 1]], np.float32),
        bias=np.array([-0.5, 0.25], np.float32),
        thresholds=np.array([0.6, 0.5], np.float32),
    )


def test_words_of_a_group_are_scaled_together_and_flags_are_not() -> None:
    """Rarities 3 and 4 make a length of 5; the flag keeps its 1."""
    vector = a_model().vectors([["word:followed", "word:años", "flag:random"]])

    assert vector.toarray().ravel() == pytest.approx([1, 0.6, 0.8, 0])


def test_a_score_is_the_weighted_sum_and_the_bias() -> None:
    scores = a_model().scores([["word:followed", "word:años", "flag:random"]])

    assert scores[0] == pytest.approx([-0.5 - 1 + 1.8 + 0.4, 0.25 + 2 - 0.6])


def test_a_term_counts_once_and_an_unknown_one_not_at_all() -> None:
    model = a_model()

    assert model.scores([["word:trial", "word:trial", "word:gout"]]) == pytest.approx(
        model.scores([["word:trial"]])
    )


def test_without_known_terms_the_bias_speaks() -> None:
    model = a_model()

    assert model.scores([[], ["word:gout"]]) == pytest.approx(
        np.array([model.bias, model.bias])
    )
    assert model.scores([]).shape == (0, 2)


def test_a_probability_is_that_of_the_log_odds() -> None:
    [probabilities] = a_model().probabilities([[]])

    assert probabilities == pytest.approx([0.3775407, 0.5621765])


def test_the_terms_that_speak_most_for_a_class_come_first() -> None:
    model = a_model()
    vectors = model.vectors(
        [[], ["word:trial", "word:followed", "flag:random", "word:años"]]
    )

    assert model.strongest(vectors, 1, 0, 2) == ("word:followed", "word:años")
    assert model.strongest(vectors, 1, 1, 9) == ("flag:random", "word:trial")
    assert model.strongest(vectors, 0, 1, 9) == ()


def test_a_saved_model_scores_as_before(tmp_path: Path) -> None:
    model = a_model()
    documents = [["word:años", "flag:random"], ["word:trial"]]

    card = save(model, tmp_path / "designs")
    loaded = load(tmp_path / "designs", "designs")

    assert loaded is not None
    assert loaded.card == card == read_card(tmp_path / "designs", "designs")
    assert card.id == f"designs-{card.sha256[:8]}"
    assert loaded.classes == model.classes
    assert np.array_equal(loaded.scores(documents), model.scores(documents))


def test_a_new_model_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    save(a_model(), tmp_path)
    other = msgspec.structs.replace(a_model(), bias=np.array([1, 1], np.float32))

    card = save(other, tmp_path)

    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        ["card.json", card.arrays]
    )


def test_no_model_is_none(tmp_path: Path) -> None:
    assert load(tmp_path / "designs", "designs") is None


def test_damaged_arrays_are_refused(tmp_path: Path) -> None:
    card = save(a_model(), tmp_path)
    path = tmp_path / card.arrays
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(ModelUnusable, match=r"damaged.*ownjournal train"):
        load(tmp_path, "designs")


def test_missing_arrays_are_refused(tmp_path: Path) -> None:
    card = save(a_model(), tmp_path)
    (tmp_path / card.arrays).unlink()

    with pytest.raises(ModelUnusable, match="lacks its arrays"):
        load(tmp_path, "designs")


def test_a_damaged_card_is_refused(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text('{"kind": "des')

    with pytest.raises(ModelUnusable, match="cannot be read"):
        load(tmp_path, "designs")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 99}, "format 99, this version reads format 1"),
        ({"kind": "sentences"}, "not the card of a model of designs"),
        ({"arrays": "../other.npz"}, "not the card"),
        ({"arrays": ""}, "not the card"),
    ],
)
def test_a_card_of_something_else_is_refused(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    card = save(a_model(), tmp_path)
    other = msgspec.structs.replace(card, **change)
    (tmp_path / "card.json").write_bytes(msgspec.json.encode(other))

    with pytest.raises(ModelUnusable, match=said):
        load(tmp_path, "designs")


@pytest.mark.parametrize(
    "change",
    [
        {"bias": np.zeros(3, np.float32)},
        {"weights": np.full((4, 2), np.nan, np.float32)},
        {"rarity": np.zeros(4, np.float32)},
        {"group": np.full(4, -1, np.int32)},
    ],
)
def test_arrays_that_do_not_fit_are_refused(
    tmp_path: Path, change: dict[str, object]
) -> None:
    save(msgspec.structs.replace(a_model(), **change), tmp_path)

    with pytest.raises(ModelUnusable, match="damaged"):
        load(tmp_path, "designs")
