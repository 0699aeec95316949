from pathlib import Path
from typing import Any

import numpy as np

from made.articles import an_article
from ownjournal.appraisal.digest import digest
from ownjournal.appraisal.model import Card, SparseModel, save
from ownjournal.catalogue.digests import KIND, digest_of

ARTICLE = an_article(abstract="Gout hurts. Rest helps. All were paid.")


def a_model(word: str) -> SparseModel:
    """Takes a sentence with this word for the conclusion."""
    return SparseModel(
        card=Card(KIND, "2026-11-25", {}, {}, {}),
        classes=("conclusion",),
        position={f"word:{word}": 0},
        rarity=np.ones(1, np.float32),
        group=np.ones(1, np.int32),
        weights=np.full((1, 1), 9, np.float32),
        bias=np.full(1, -5, np.float32),
        thresholds=np.full(1, 0.5, np.float32),
    )


def test_without_a_model_the_rules_speak(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path

    assert digest_of(ARTICLE) == digest(ARTICLE)


def test_no_model_makes_a_registration_the_conclusion(
    tmp_path: Path, settings: Any
) -> None:
    """However sure it is: what a list shows of an article is no number."""
    settings.DATA_DIR = tmp_path
    save(a_model("registration"), tmp_path / "models" / KIND)
    last = "Trial registration: ClinicalTrials.gov NCT01234567."
    articles = (
        an_article(abstract=f"Gout hurts. Rest helps. {last}"),
        an_article(abstract={"RESULTS": "Rest helps.", "CONCLUSIONS": last}),
        an_article(abstract={"RESULTS": "Rest helps.", "TRIAL REGISTRATION": last}),
    )

    for article in articles:
        assert "NCT01234567" not in " ".join(each.text for each in digest_of(article))


def test_a_model_is_used_once_it_is_there_and_a_damaged_one_never(
    tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "models" / KIND
    save(a_model("helps"), folder)

    assert [each.role for each in digest_of(ARTICLE)] == ["opening", "conclusion"]
    assert digest_of(ARTICLE)[-1].text == "Rest helps."

    (folder / "card.json").write_text("{")

    assert digest_of(ARTICLE) == digest(ARTICLE)
