"""Articles with notes are found by who may see the notes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from made.articles import an_article
from made.issues import an_issue
from made.shelf import shelve
from ownjournal.catalogue.following import follow, index
from ownjournal.issues.archive import Wanted, found
from ownjournal.issues.models import IssueArticle
from ownjournal.notes.models import Note
from ownjournal.notes.noted import noted_by, with_notes
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
PMIDS = (99_410_001, 99_410_002, 99_410_003)


def a_note(author: Reader | None, pmid: int, visibility: str, **facts: Any) -> Note:
    how = {"created_at": NOW + timedelta(minutes=pmid % 100), **facts}
    return Note.objects.create(
        author=author,
        pmid=pmid,
        kind="pearl",
        text="Fever.",
        visibility=visibility,
        review_on=date(2028, 11, 30),
        **how,
    )


def test_everybody_finds_public_notes_and_each_her_own(
    alice: Reader, bob: Reader
) -> None:
    a_note(alice, PMIDS[0], "public")
    a_note(alice, PMIDS[0], "private")
    a_note(alice, PMIDS[1], "private")
    a_note(bob, PMIDS[2], "public", hidden_at=NOW)
    a_note(bob, PMIDS[1], "public", deleted_at=NOW)

    assert with_notes(AnonymousUser()) == [PMIDS[0]]
    assert with_notes(alice) == [PMIDS[1], PMIDS[0]]  # the newest note first
    assert with_notes(bob) == [PMIDS[2], PMIDS[0]]
    assert noted_by(alice) == [PMIDS[1], PMIDS[0]]


def test_the_search_finds_them(
    client: Client, alice: Reader, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    shelve(*(an_article(pmid=pmid, title="Fever") for pmid in PMIDS))
    follow(index())
    a_note(alice, PMIDS[0], "public")
    a_note(alice, PMIDS[1], "private")

    def total() -> str:
        answer = client.get("/search", {"q": "fever AND has:note"})
        assert "no-store" in answer["Cache-Control"]
        return str(answer.context["page"].total)

    assert total() == "1"
    client.force_login(alice)
    assert total() == "2"


def test_the_archive_knows_what_was_noted(alice: Reader) -> None:
    issue = an_issue(alice, NOW, up_to_revision=1, considered=1)
    for position, pmid in enumerate(PMIDS):
        IssueArticle.objects.create(
            issue=issue, position=position, pmid=pmid, title="Fever", slot="lead",
            relevance=1.0, quality=50, significance=50, why="", trace=b"",
        )  # fmt: skip
    a_note(alice, PMIDS[1], "private")

    [line] = found(alice, Wanted(which="noted"), None).lines
    assert line.pmid == PMIDS[1]
    assert line.deeds == ("Noted on 30 November 2026",)
