"""A loaded list of retractions marks articles at once, and takes marks back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from msgspec.structs import replace

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import retractions, store
from ownjournal.catalogue.following import follow, index, keep_up
from ownjournal.catalogue.models import OtherVersion, Retraction
from ownjournal.catalogue.relations import completed
from ownjournal.catalogue.retractions import ListShrunk, Loaded
from ownjournal.cli.check import retraction_list
from ownjournal.cli.main import cli
from ownjournal.pubmed.article import Correction, Identifiers
from ownjournal.pubmed.retraction_list import Entry
from ownjournal.search.query import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PMID = 99_300_001
ARTICLE = an_article(
    pmid=PMID,
    title="Velotrine for gout: a randomised trial",
    identifiers=Identifiers(doi="10.9999/Gout.1"),
)
OTHER = an_article(pmid=99_300_002, identifiers=Identifiers(doi="10.9999/other"))
BY_PMID = Entry("retracted", PMID, None, "2024-05-03")
BY_DOI = Entry("retracted", None, "10.9999/gout.1", "2024-05-03")


def load(*entries: Entry, shrunk: bool = False) -> Loaded:
    return retractions.load(entries, "list.csv", now=NOW, shrunk=shrunk)


def state(pmid: int = PMID) -> str | None:
    kept = store.get(pmid)
    assert kept is not None
    return kept.appraisal.integrity


@pytest.mark.parametrize("entry", [BY_PMID, BY_DOI], ids=["by PMID", "by DOI"])
@pytest.mark.parametrize("indexed", [True, False])
def test_an_article_that_is_here_is_marked_at_once(entry: Entry, indexed: bool) -> None:
    shelve(ARTICLE, OTHER)
    if indexed:
        keep_up(index())

    assert load(entry) == Loaded(entries=1, articles=1, changed=1)

    kept = store.get(PMID)
    assert kept is not None
    assert kept.appraisal.integrity == "retracted"
    assert kept.appraisal.quality == 0
    assert "Retraction Watch" in str(kept.appraisal.integrity_reason)
    assert kept.revision == store.revision()
    assert state(OTHER.pmid) is None


@pytest.mark.parametrize("entry", [BY_PMID, BY_DOI], ids=["by PMID", "by DOI"])
def test_an_article_that_comes_later_is_marked_as_it_comes(entry: Entry) -> None:
    load(entry)
    shelve(ARTICLE, OTHER)

    assert state() == "retracted"
    assert state(OTHER.pmid) is None
    assert load(entry).changed == 0


def test_one_that_changes_keeps_the_mark() -> None:
    load(BY_DOI)
    shelve(ARTICLE)
    shelve(replace(ARTICLE, owner="X"))

    assert state() == "retracted"


def test_a_new_list_replaces_the_last_and_takes_its_marks_back() -> None:
    shelve(ARTICLE, OTHER)
    before = store.get(PMID)
    load(BY_DOI)

    loaded = load(Entry("concern", OTHER.pmid, None))

    after = store.get(PMID)
    assert loaded == Loaded(entries=1, articles=1, changed=2)
    assert before and after
    assert after.appraisal == before.appraisal
    assert state(OTHER.pmid) == "concern"
    assert Retraction.objects.count() == 1


def test_a_reinstatement_takes_it_back_too() -> None:
    shelve(ARTICLE)
    load(BY_DOI)
    load(BY_DOI, Entry("reinstated", PMID, None, "2025-01-01"))

    assert state() is None


def test_the_same_list_again_changes_nothing() -> None:
    shelve(ARTICLE, OTHER)
    load(BY_DOI)
    kept = store.get(PMID)

    assert load(BY_DOI) == Loaded(entries=1, articles=1, changed=0)
    assert store.get(PMID) == kept


def test_a_list_that_shrank_is_refused_whole_until_somebody_says_so() -> None:
    shelve(ARTICLE)
    load(*[BY_DOI] * 10)

    with pytest.raises(ListShrunk, match="1 entries, and the last list had 10"):
        load(Entry("concern", OTHER.pmid, None))

    assert state() == "retracted"
    assert load(shrunk=True).entries == 0
    assert state() is None


def test_search_the_page_and_lists_follow(client: Client) -> None:
    shelve(ARTICLE, OTHER)
    keep_up(index())
    load(BY_DOI)
    follow(index())

    hits = index().search(Term("retracted", "integrity"), limit=5).hits
    page = client.get(f"/articles/{PMID}").text
    listed = client.get("/search", {"q": "velotrine"}).text

    assert [hit.pmid for hit in hits] == [PMID]
    assert "Retraction Watch lists it as retracted" in page
    assert "Retracted</li>" in listed


def test_what_only_a_notice_tells_is_joined_with_what_the_list_tells() -> None:
    """A correction by a notice's record, a retraction by the list."""
    link = Correction("ErratumFor", pmid=PMID)
    shelve(ARTICLE, an_article(pmid=99_300_009, corrections=(link,)))
    load(BY_DOI)
    keep_up(index())
    kept = store.get(PMID)
    assert kept is not None

    [whole] = completed([kept])

    assert [each.kind for each in whole.article.corrections] == ["ErratumIn"]
    assert whole.appraisal.told_by_list


def test_older_versions_that_may_be_shown_again_have_it_too() -> None:
    shelve(ARTICLE)
    shelve(replace(ARTICLE, version=2, owner="X"))
    load(BY_PMID)

    assert state() == "retracted"
    assert (
        OtherVersion.objects.filter(pmid=PMID).values_list("quality", flat=True)[0] == 0
    )


def test_the_newest_articles_are_those_that_files_brought() -> None:
    shelve(ARTICLE)
    shelve(OTHER)
    load(BY_DOI)

    assert [kept.article.pmid for kept in store.newest(1)] == [OTHER.pmid]


def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    shelve(ARTICLE)
    path = tmp_path / "list.csv"
    path.write_text(
        "doi,RetractionNature\n10.9999/GOUT.1,Retraction\nUnavailable,Retraction\n"
    )

    done = CliRunner().invoke(cli, ["retractions", str(path)])

    assert done.exit_code == 0
    assert "1 entries loaded; 1 articles here are named, 1 of all" in done.output
    assert "Not used: 1, first in line 3" in done.output
    assert state() == "retracted"
    assert index().revision == store.revision()


def test_the_command_says_what_is_wrong_and_changes_nothing(tmp_path: Path) -> None:
    shelve(ARTICLE)
    load(*[BY_DOI] * 10)
    path = tmp_path / "list.csv"
    path.write_text("doi,RetractionNature\n10.9999/z,Retraction\n")

    short = CliRunner().invoke(cli, ["retractions", str(path)])
    path.write_text("a page of the web\n")
    wrong = CliRunner().invoke(cli, ["retractions", str(path)])
    missing = CliRunner().invoke(cli, ["retractions", str(tmp_path / "none")])

    assert [each.exit_code for each in (short, wrong, missing)] == [1, 1, 1]
    assert "--shrunk" in short.output
    assert "is no list" in wrong.output
    assert state() == "retracted"


def test_a_check_says_which_list_was_loaded() -> None:
    assert retraction_list() is None

    load(BY_DOI)

    assert retraction_list() == "list.csv of 2026-11-25, 1 entries"
    assert "List of retractions: list.csv" in CliRunner().invoke(cli, ["check"]).output
