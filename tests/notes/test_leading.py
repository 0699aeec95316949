"""Which note leads an article, and what is shown of it where."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from made.notes import AT, a_note
from ownjournal.catalogue import store
from ownjournal.catalogue.pages import cards
from ownjournal.notes.leading import (
    KINDS,
    SHORT,
    _beginning,
    _place,
    as_sent,
    lead_notes,
)
from ownjournal.notes.models import Note, Signature, Version
from ownjournal.notes.moderation.models import Ban, Helpful, Report
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def lead(article: Article) -> int | None:
    found = lead_notes([article.pmid]).get(article.pmid)
    return None if found is None else found.id


@pytest.fixture
def verified(db: None) -> Reader:
    reader = Reader.objects.create_reader("vera@merrow.test")
    Signature.objects.create(
        reader=reader, name="Vera", role="Physician", role_verified_at=NOW
    )
    return reader


def test_the_rule_step_by_step(
    article: Article, alice: Reader, bob: Reader, verified: Reader
) -> None:
    """Each note beats all before it, by the next step of the rule."""
    young = a_note(author=alice, created_at=AT + DAY)
    assert lead(article) == young.pk
    old = a_note(author=alice)
    assert lead(article) == old.pk
    Helpful.objects.create(note=young, reader=bob, marked_at=NOW)
    assert lead(article) == young.pk
    by_verified = a_note(author=verified, created_at=AT + 2 * DAY)
    assert lead(article) == by_verified.pk
    summary = a_note(author=alice, kind="summary", created_at=AT + 3 * DAY)
    assert lead(article) == summary.pk
    pinned = a_note(author=alice, created_at=AT + 4 * DAY, pinned_at=NOW)
    assert lead(article) == pinned.pk
    later = a_note(author=alice, created_at=AT + 5 * DAY, pinned_at=NOW + DAY)
    assert lead(article) == later.pk


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "comment"},
        {"visibility": "private"},
        {"visibility": "group", "group": 1},
        {"deleted_at": NOW},
        {"hidden_at": NOW},
        {"outdated_at": NOW, "outdated_because": "The article was corrected."},
        {"collection": 7},
    ],
)
@pytest.mark.parametrize("pinned_at", [None, NOW])
def test_some_notes_never_lead_pinned_or_not(
    article: Article, alice: Reader, changes: dict[str, Any], pinned_at: datetime | None
) -> None:
    a_note(author=alice, pinned_at=pinned_at, **changes)

    assert lead(article) is None


@pytest.mark.parametrize("pinned_at", [None, NOW])
def test_what_waits_for_a_moderator_or_is_of_the_banned_leads_nothing(
    article: Article, alice: Reader, pinned_at: datetime | None
) -> None:
    note = a_note(author=alice, pinned_at=pinned_at)
    report = Report.objects.create(note=note, reason="rude", reported_at=NOW)
    assert lead(article) is None
    report.settled_at = NOW
    report.save()
    assert lead(article) == note.pk

    Ban.objects.create(reader=alice)

    assert lead(article) is None


def test_a_former_readers_note_may_lead(article: Article) -> None:
    note = a_note(author=None)

    [found] = lead_notes([article.pmid]).values()
    assert (found.id, found.byline) == (note.pk, "A former reader")


def test_many_articles_are_asked_for_at_once(
    alice: Reader, bob: Reader, django_assert_num_queries: Any
) -> None:
    for pmid in range(99_400_001, 99_400_041):
        for author in (alice, bob):
            a_note(author=author, pmid=pmid)
    pmids = [*range(99_400_001, 99_400_041), 1, 2]

    with django_assert_num_queries(2):
        found = lead_notes(pmids)

    assert sorted(found) == pmids[:40]
    with django_assert_num_queries(1):
        assert lead_notes(range(1, 41)) == {}


class _Author:
    def __init__(self, verified: bool) -> None:
        self.signature = Signature(role_verified_at=NOW if verified else None)


class _Note:
    """What the rule looks at."""

    def __init__(self, pk: int, drawn: tuple[int, int, bool, int, int]) -> None:
        pinned, kind, verified, helpful, age = drawn
        self.pk, self.helpful = pk, helpful
        self.pinned_at = NOW + pinned * DAY if pinned else None
        self.kind = KINDS[kind]
        self.author = _Author(verified)
        self.created_at = NOW - age * DAY


DRAWN = st.tuples(
    st.integers(0, 2),
    st.integers(0, 1),
    st.booleans(),
    st.integers(0, 3),
    st.integers(0, 3),
)


@given(st.lists(DRAWN, min_size=1, max_size=8), st.randoms())
def test_the_order_is_total_and_knows_no_order_of_rows(
    drawn: list[tuple[int, int, bool, int, int]], draw: Any
) -> None:
    notes = [_Note(pk, each) for pk, each in enumerate(drawn)]
    first = min(notes, key=_place)
    draw.shuffle(notes)

    assert min(notes, key=_place) is first
    if first.pinned_at is None:
        assert not any(each.pinned_at for each in notes)
        assert first.kind == "summary" or all(n.kind == "pearl" for n in notes)


def test_a_long_note_is_shown_whole_on_the_page_and_begun_in_lists(
    article: Article, alice: Reader, client: Client
) -> None:
    text = "## What they found\n\n" + "Fever *fades*. " * 60 + "The very end."
    note = a_note(author=alice, kind="summary", text=text, conflict_of_interest="Paid.")
    kept = store.get(article.pmid)
    assert kept is not None

    [card] = cards([kept])
    page = client.get(f"/articles/{article.pmid}").text

    assert card.note is not None
    assert not card.note.is_whole
    assert "The very end" not in card.note.short + card.note.mail + card.note.plain
    assert len(card.note.plain) <= SHORT + 2
    head = page[page.index("<h1") : page.index('class="authors"')]
    assert "The very end." in head
    assert "Fever <em>fades</em>" in head
    assert "Interests: <bdi>Paid.</bdi>" in head
    assert f'href="/notes/{note.pk}"' in head
    assert page.count("The very end.") == 1  # below the abstract there is a link
    assert '<a href="#lead-note">' in page
    assert client.get(f"/notes/{note.pk}").text.count("The very end.") == 1


def test_it_stands_instead_of_the_digest_in_lists_labelled(
    article: Article, alice: Reader, client: Client
) -> None:
    assert 'class="digest"' in client.get("/").text
    a_note(author=alice, text="Fades <b> *by itself*. <sup>2</sup>")

    home = client.get("/").text

    assert 'class="digest"' not in home
    assert '<p class="label">Pearl</p>' in home
    assert "Fades &lt;b&gt; <em>by itself</em>. <sup>2</sup>" in home


def test_an_article_without_notes_has_none(article: Article, client: Client) -> None:
    assert "lead-note" not in client.get(f"/articles/{article.pmid}").text


@given(st.text(min_size=1, max_size=3 * SHORT))
def test_a_beginning_is_short_and_one_line(text: str) -> None:
    found = _beginning(text)

    assert len(found) <= SHORT + 2
    assert "\n" not in found
    assert " ".join(text.split()).startswith(found.removesuffix(" …"))


def edit(note: Note, text: str | None) -> None:
    """As notes.editing does: no version where the text stays the same."""
    if text is not None:
        Version.objects.create(
            note=note,
            number=note.edits,
            kind=note.kind,
            text=note.text,
            dialect=note.dialect,
            visibility=note.visibility,
            replaced_at=NOW,
        )
        note.text = text
    note.edits += 1
    note.save()


def test_what_was_sent_is_shown_with_the_text_that_it_had(
    article: Article, alice: Reader
) -> None:
    note = a_note(author=alice, text="First.")
    sent = []
    for text in (None, "Second.", None, "Third."):
        sent.append((note.pk, note.edits))
        edit(note, text)
    sent.append((note.pk, note.edits))

    shown = as_sent(sent)

    assert [shown[each].plain for each in sent] == [
        "First.",
        "First.",
        "Second.",
        "Second.",
        "Third.",
    ]


@pytest.mark.parametrize(
    "change", [{"hidden_at": NOW}, {"deleted_at": NOW}, {"visibility": "private"}]
)
def test_what_all_may_not_see_any_more_is_not_shown_as_sent(
    article: Article, alice: Reader, change: dict[str, Any]
) -> None:
    note = a_note(author=alice)
    assert (note.pk, 0) in as_sent([(note.pk, 0)])

    Note.objects.update(**change)

    assert as_sent([(note.pk, 0), (9_999, 1)]) == {}
    assert as_sent([]) == {}
