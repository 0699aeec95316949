from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from ownjournal.appraisal.model import SparseModel
from ownjournal.appraisal.training import (
    Example,
    TooFew,
    area,
    calibration_error,
    measured,
    train,
)

TODAY = date(2026, 11, 25)
GROUPS = {"flag": 0, "word": 1}


def trained(examples: Iterator[Example], **changes: object) -> SparseModel:
    settings: dict[str, object] = {
        "closed": frozenset({"rct", "cohort"}),
        "data": {"source": "invented"},
        "thresholds": {"": 0.5, "rct": 0.6},
        "versions": {"rules": "2"},
        "today": TODAY,
    }
    return train("designs", examples, GROUPS, **{**settings, **changes})  # type: ignore[arg-type]


def some_examples(count: int = 600) -> Iterator[Example]:
    """Trials have a flag, cohorts a word; one in three is neither."""
    for number in range(count):
        kind = ("rct", "cohort", None)[number % 3]
        mark = {"rct": "flag:random", "cohort": "word:followed", None: "word:gene"}[
            kind
        ]
        filler = {f"word:w{number % 7}", f"word:v{number % 5}", "word:study"}
        yield Example({mark, *filler}, kind, 2000 + number // 60, number)


def test_what_marks_a_class_tells_it() -> None:
    model = trained(some_examples())

    chances = model.probabilities(
        [["flag:random", "word:study"], ["word:followed"], ["word:gene"]]
    )

    assert model.classes == ("cohort", "rct")
    assert (chances[:, 1] > 0.5).tolist() == [True, False, False]
    assert (chances[:, 0] > 0.5).tolist() == [False, True, False]
    assert model.thresholds.tolist() == pytest.approx([0.5, 0.6])


def test_the_card_says_what_was_learned_from_and_how_well() -> None:
    card = trained(some_examples()).card

    assert card.made_on == "2026-11-25"
    assert card.data == {
        "source": "invented",
        "examples": 600,
        "held_out": "2008-2009",
    }
    assert card.metrics["rct"]["auc"] == 1.0
    assert card.metrics["rct"]["examples"] == 200
    assert card.versions["rules"] == "2"


def test_a_class_with_few_examples_is_not_learned() -> None:
    rare = [Example({"word:cost"}, "economic", 2001, n) for n in range(19)]

    assert "economic" not in trained(iter([*some_examples(), *rare])).classes


def test_too_little_to_learn_from_is_said() -> None:
    with pytest.raises(TooFew, match=r"There are 30 labelled articles .* Load more"):
        trained(some_examples(30))


def test_an_example_without_a_label_says_nothing_of_a_class_that_is_not_closed() -> (
    None
):
    """Unlabelled ones look like cohorts here: only where the class is closed are
    they learned as what a cohort is not."""
    unlabelled = [Example({"word:followed"}, None, 2001, n) for n in range(400)]

    def chance(closed: frozenset[str]) -> float:
        model = trained(iter([*some_examples(), *unlabelled]), closed=closed)
        return float(model.probabilities([["word:followed"]])[0, 0])

    assert chance(frozenset({"rct"})) > 0.9
    assert chance(frozenset({"rct", "cohort"})) < 0.6


def test_the_same_examples_give_the_same_model() -> None:
    one, other = trained(some_examples()), trained(some_examples())

    assert np.array_equal(one.weights, other.weights)
    assert one.position == other.position


def test_the_area_counts_ties_half() -> None:
    gold = np.array([True, True, False, False])

    assert area(np.array([3, 1, 2, 0]), gold) == 0.75
    assert area(np.array([1, 1, 1, 1]), gold) == 0.5


def test_the_calibration_error_is_the_mean_gap() -> None:
    """Ten at .8 of which six are right, ten at .1 of which one is: (2 + 0) / 20."""
    chances = np.array([0.8] * 10 + [0.1] * 10)
    right = np.array([True] * 6 + [False] * 4 + [True] + [False] * 9)

    assert calibration_error(chances, right) == pytest.approx(0.1)


def test_nothing_is_measured_where_one_kind_is_missing() -> None:
    assert measured(np.array([1.0]), np.array([True])) == {}
