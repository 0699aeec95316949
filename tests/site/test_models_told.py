"""Models on the page about the rules: by their cards, good or bad."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ownjournal.appraisal.model import Card, SparseModel, save
from ownjournal.site.models_told import model_rows


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
    save(a_model(macro_f1=0.7512, rct={"auc": 0.98765}), models / "designs")

    [row] = model_rows()

    assert (row.name, row.made_on, row.problem) == ("Designs", "2026-11-25", None)
    assert row.data == (("examples", "12000"), ("years", "2010-2019"))
    assert row.metrics == (("macro f1", "0.751"), ("rct: auc", "0.988"))


def test_a_model_that_cannot_be_used_says_why(models: Path) -> None:
    (models / "designs").mkdir(parents=True)
    (models / "designs" / "card.json").write_text("{")

    [row] = model_rows()

    assert row.problem is not None and "cannot be read" in row.problem
    assert (row.made_on, row.data, row.metrics) == (None, (), ())
