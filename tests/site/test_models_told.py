"""Models on the page about the rules: by their cards, good or bad."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from made.valid_html import faults_of
from ownjournal.appraisal.model import Card, SparseModel, save
from ownjournal.site.models_told import ClassRow, model_rows


@pytest.fixture
def models(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "models"


def a_model(**metrics: object) -> SparseModel:
    card = Card(
        kind="designs",
        made_on="2026-11-25",
        data={"examples": 12_000, "years": "2010-2019"},
        metrics=metrics,
        versions={},
    )
    one = np.ones(1, np.float32)
    return SparseModel(
        card=card,
        classes=("rct",),
        position={"title:fever": 0},
        rarity=one,
        group=np.zeros(1, np.int32),
        weights=np.ones((1, 1), np.float32),
        bias=one,
        thresholds=one / 2,
    )


def test_where_no_model_is_nothing_is_told(models: Path) -> None:
    assert model_rows() == ()


def test_a_model_is_told_by_its_card(models: Path) -> None:
    good = {"examples": 1200, "auc": 0.98765}
    save(a_model(rct=good, cohort={"examples": 0}), models / "designs")

    [row] = model_rows()

    assert (row.name, row.made_on, row.problem) == ("Designs", "2026-11-25", None)
    assert row.data == (("examples", "12,000"), ("years", "2010-2019"))
    assert row.columns == ("examples", "auc")
    assert row.classes == (
        ClassRow("Cohort study", ("0", "–")),
        ClassRow("Randomised controlled trial", ("1,200", "0.988")),
    )


def test_a_model_that_cannot_be_used_says_why(models: Path) -> None:
    (models / "designs").mkdir(parents=True)
    (models / "designs" / "card.json").write_text("{")

    [row] = model_rows()

    assert row.problem is not None and "cannot be read" in row.problem
    assert (row.made_on, row.data, row.classes) == (None, (), ())


@pytest.mark.django_db
def test_the_page_shows_the_cards(client: Client, models: Path) -> None:
    save(a_model(rct={"examples": 1234, "auc": 0.98765}), models / "designs")

    page = client.get("/appraisal").text

    assert "2010-2019" in page and "0.988" in page and "1,234" in page
    assert "rules alone decide" not in page
    assert faults_of({"/appraisal": page}) == []
