"""The note that leads an article in an issue: kept as sent, gone once it is hidden."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from msgspec.structs import replace

from made.mails import mail_of
from made.notes import a_note
from made.shelf import shelve
from ownjournal.catalogue import store
from ownjournal.issues.compile import chosen, compile_issue, recompile
from ownjournal.issues.epub import book
from ownjournal.issues.feeding import feed_paths
from ownjournal.issues.models import Issue
from ownjournal.notes.models import Note, Version
from ownjournal.notes.moderation.deciding import about_note
from ownjournal.pubmed.article import Correction
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)
SAID = "Fever fades <i> by *itself*."
SHOWN = "Fever fades &lt;i&gt; by <em>itself</em>."


@pytest.fixture
def writer(db: None) -> Reader:
    return Reader.objects.create_reader("wanda@merrow.test", is_operator=True)


@pytest.fixture
def note(alice: Reader, writer: Reader) -> Note:
    """On an article that Alice's first issue has: it was made once and is gone."""
    issue = compile_issue(alice, now=NOW)
    assert issue is not None
    pmid = issue.articles.all()[1].pmid
    issue.delete()
    return a_note(author=writer, pmid=pmid, text=SAID)


@pytest.fixture
def issue(alice: Reader, note: Note) -> Issue:
    made = compile_issue(alice, now=NOW)
    assert made is not None
    return made


def forms(client: Client, issue: Issue) -> dict[str, str]:
    """All that a reader can get of an issue."""
    reader = issue.reader
    client.force_login(reader)
    if not reader.has_feed:
        client.post("/issues/feed", {"feed": "open"})
        reader.refresh_from_db()
    mail = mail_of(Issue.objects.get(pk=issue.pk))
    text, html = mail.iter_parts()
    with ZipFile(BytesIO(book(issue))) as file:
        chapters = "".join(
            file.read(name).decode().replace("html:", "")
            for name in file.namelist()
            if name.endswith(".xhtml")
        )
    return {
        "page": client.get(f"/issues/{issue.number}").text,
        "text": text.get_content(),
        "html": html.get_content(),
        "book": chapters,
        "feed": str(client.get(feed_paths(reader)[3]).json()["items"]),
    }


def test_it_is_in_every_form_labelled_and_instead_of_the_digest(
    client: Client, issue: Issue, note: Note
) -> None:
    found = forms(client, issue)

    assert '<p class="label">Pearl</p>' in found["page"]
    text = found["text"].replace("\r\n", "\n")
    assert "Pearl by A reader:\n    Fever fades <i> by itself." in text
    for name in ("page", "html", "book", "feed"):
        assert SHOWN in found[name], name
    for name in ("html", "book", "feed"):
        assert "Pearl by" in found[name], name
    kept = store.get(note.pmid or 0)
    assert kept is not None
    assert kept.article.abstract is not None
    opening = kept.article.abstract.sections[0].text
    for name, told in found.items():
        assert opening not in told, name


def test_the_issue_keeps_the_text_that_was_sent(
    client: Client, issue: Issue, note: Note
) -> None:
    row = issue.articles.get(pmid=note.pmid)
    assert (row.note, row.note_version) == (note.pk, 0)
    Version.objects.create(
        note=note,
        number=0,
        kind="pearl",
        text=SAID,
        dialect=1,
        visibility="public",
        replaced_at=NOW,
    )
    Note.objects.update(text="Fever must be treated.", edits=1)
    better = a_note(author=note.author, pmid=note.pmid, kind="summary", text="Better.")

    found = forms(client, issue)

    assert SHOWN in found["page"]
    assert "must be treated" not in str(found)
    assert "Better." not in str(found)
    assert better.pk not in issue.articles.values_list("note", flat=True)


@pytest.mark.parametrize("how", ["hide", "ban", "private", "deleted", "erased"])
def test_what_is_public_no_longer_is_gone_from_every_form(
    client: Client, issue: Issue, note: Note, alice: Reader, how: str
) -> None:
    assert SHOWN in forms(client, issue)["page"]
    etag = client.get(feed_paths(alice)[3])["ETag"]

    if how in ("hide", "ban"):
        Reader.objects.filter(pk=note.author_id).update(is_operator=False)
        about_note(note.pk, how, alice, "It is wrong.", NOW)
    elif how == "private":
        Note.objects.update(visibility="private")
    elif how == "deleted":
        Note.objects.update(deleted_at=NOW)
    else:
        note.delete()

    found = forms(client, issue)
    assert "Fever fades" not in str(found)
    assert "Pearl" not in found["page"]
    again = client.get(feed_paths(alice)[3], headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert issue.articles.filter(pmid=note.pmid).exists()


def test_notes_change_nothing_of_what_is_chosen(issue: Issue, note: Note) -> None:
    assert recompile(issue) == chosen(issue)
    Note.objects.all().delete()
    assert recompile(issue) == chosen(issue)


def test_a_long_note_is_begun_and_leads_to_the_whole(
    client: Client, alice: Reader, note: Note
) -> None:
    Note.objects.update(kind="summary", text="Fever *fades*. " * 90 + "The very end.")
    made = compile_issue(alice, now=NOW)
    assert made is not None

    found = forms(client, made)

    for name in ("page", "text", "html", "book"):
        assert f"/notes/{note.pk}" in found[name], name
        assert "The very end." not in found[name], name


def test_news_of_an_article_with_ones_own_note_is_in_the_next_issue(
    client: Client, alice: Reader
) -> None:
    compile_issue(alice, now=NOW)
    shown = set(alice.issues.values_list("articles__pmid", flat=True))
    pmid = next(n for n in range(99_200_000, 99_200_060) if n not in shown)
    a_note(author=alice, pmid=pmid, visibility="private")
    kept = store.get(pmid)
    assert kept is not None
    link = Correction("RetractionIn", None, 99_999_999, None)
    shelve(replace(kept.article, corrections=(link,)), at=NOW + WEEK)

    issue = compile_issue(alice, now=NOW + WEEK)

    assert issue is not None
    [notice] = issue.notices.all()
    assert (notice.pmid, notice.shown_in, notice.noted) == (pmid, None, True)
    found: dict[str, Any] = forms(client, issue)
    for name in ("page", "text", "html", "book"):
        assert "You wrote a note on it." in found[name], name
    assert compile_issue(alice, now=NOW + 2 * WEEK) is None
