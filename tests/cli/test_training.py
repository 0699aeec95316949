import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from made.articles import an_article
from made.shelf import shelve
from ownjournal import appraisal
from ownjournal.appraisal.model import load_models
from ownjournal.catalogue import following, store
from ownjournal.cli.main import cli
from ownjournal.pubmed.article import Article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.DATA_DIR = tmp_path / "site"
    following.index.cache_clear()
    yield settings.DATA_DIR
    following.index.cache_clear()


def ownjournal(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def lessons(count: int = 300) -> Iterator[Article]:
    """Trials and cohort studies, named by their titles, each with its own words."""
    for number in range(count):
        kind = ("randomised controlled trial", "cohort study")[number % 2]
        told = ("They drank it or water.", "We looked at records of Merrow.")[
            number % 2
        ]
        yield an_article(
            pmid=number + 1,
            title=f"Velotrine for gout number {number % 7}: a {kind}.",
            abstract={"RESULTS": f"{told} It helped.", "CONCLUSIONS": "It is good."},
        )


def test_training_keeps_a_model_that_judges_what_is_stored(site: Path) -> None:
    shelve(*lessons())
    shelve(
        an_article(pmid=999, title="Gout.", abstract={"": "We looked at records."}),
        an_article(pmid=998, title="Gout.", abstract={"": "Nothing."}),
    )

    trained = ownjournal("train", "--designs")
    judged = ownjournal("appraise")

    assert trained.exit_code == judged.exit_code == 0, trained.output
    model = load_models(site / "models").designs
    assert model is not None and model.classes == ("cohort", "rct")
    assert f"{model.card.id}: 300 examples, 2 classes" in trained.output
    assert "ownjournal appraise" in trained.output
    assert f"302 articles judged by {model.card.id}" in judged.output
    kept = store.get(999)
    assert kept is not None and kept.appraisal.design == "cohort"
    assert following.index().revision == store.revision()


def test_too_little_is_said_and_what_was_there_stays(site: Path) -> None:
    shelve(*lessons())
    ownjournal("train", "--designs")
    before = load_models(site / "models").designs

    result = ownjournal("train", "--designs", "--limit", 10)

    after = load_models(site / "models").designs
    assert result.exit_code == 1
    assert "No model of designs: There are 10 labelled articles" in result.output
    assert before and after and before.card == after.card


def test_an_empty_catalogue_trains_nothing(site: Path) -> None:
    result = ownjournal("train")

    assert result.exit_code == 1
    assert "No model of designs" in result.output
    assert "No model of sentences" in result.output
    assert not (site / "models").exists()


def test_a_damaged_model_is_said_and_nothing_is_judged(site: Path) -> None:
    shelve(*lessons())
    ownjournal("train", "--designs")
    for each in (site / "models" / "designs").glob("*.npz"):
        each.write_bytes(b"PK")

    result = ownjournal("appraise")

    assert result.exit_code == 1
    assert "damaged" in result.output


def test_without_a_model_the_rules_judge() -> None:
    shelve(an_article(pmid=1))

    assert "0 articles judged by rules alone" in ownjournal("appraise").output


def test_what_training_needs_is_named_where_it_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("sklearn", "sklearn.linear_model"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("training", "teaching", "sentence_teaching"):
        monkeypatch.delitem(sys.modules, f"ownjournal.appraisal.{name}", raising=False)
        monkeypatch.delattr(appraisal, name, raising=False)

    result = ownjournal("train")

    assert result.exit_code == 1
    assert "pip install 'ownjournal[train]'" in result.output
