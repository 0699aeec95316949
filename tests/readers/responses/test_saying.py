from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from made.together import together
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.readers.models import Reader
from ownjournal.readers.responses import saying
from ownjournal.readers.responses.models import Response
from ownjournal.readers.responses.saying import (
    CannotSay,
    keep,
    known_to,
    mark_read,
    saved,
    saved_by,
    say,
    unkeep,
    unsay,
)
from ownjournal.search.query import Term

from .conftest import FIRST

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("shelf")


def test_the_last_word_counts(alice: Reader) -> None:
    say(alice, FIRST, "more", at=MONDAY)
    say(alice, FIRST, "less", at=TUESDAY)

    [response] = alice.responses.all()
    assert (response.kind, response.at) == ("less", TUESDAY)


def test_what_was_said_is_taken_back_once_and_again(alice: Reader, bob: Reader) -> None:
    say(alice, FIRST, "knew")
    say(bob, FIRST, "knew")

    unsay(alice, FIRST)
    unsay(alice, FIRST)

    assert not alice.responses.exists()
    assert bob.responses.count() == 1


@pytest.mark.parametrize("pmid", [0, 1, -5, 2**63 - 1])
def test_nothing_is_said_of_an_article_that_is_not_here(
    alice: Reader, pmid: int
) -> None:
    for does in (lambda: say(alice, pmid, "more"), lambda: keep(alice, pmid)):
        with pytest.raises(CannotSay, match=f"No article with PMID {pmid}"):
            does()
    assert known_to(alice) == frozenset()


def test_only_three_things_can_be_said(alice: Reader) -> None:
    with pytest.raises(CannotSay, match="more or less"):
        say(alice, FIRST, "meh")
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(reader=alice, pmid=FIRST, kind="meh", at=MONDAY)


def test_an_article_is_kept_once_and_read_and_put_back(alice: Reader) -> None:
    keep(alice, FIRST, at=MONDAY)
    keep(alice, FIRST, at=TUESDAY)
    keep(alice, FIRST + 1, at=TUESDAY)
    mark_read(alice, FIRST, at=TUESDAY)

    assert [(each.pmid, each.read_at) for each in saved(alice)] == [
        (FIRST + 1, None),
        (FIRST, TUESDAY),
    ]
    mark_read(alice, FIRST, at=None)
    assert saved(alice)[1].read_at is None
    unkeep(alice, FIRST)
    assert saved_by(alice) == [FIRST + 1]


def test_in_saved_finds_what_its_reader_keeps(alice: Reader, bob: Reader) -> None:
    keep(alice, FIRST)

    assert ReaderLists(alice).of(Term("saved", "in")) == [FIRST]
    assert ReaderLists(bob).of(Term("saved", "in")) == []


def test_there_is_a_most(alice: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saying, "MOST", 2)
    for pmid in (FIRST, FIRST + 1):
        say(alice, pmid, "more")
        keep(alice, pmid)

    with pytest.raises(CannotSay, match="the most"):
        say(alice, FIRST + 2, "more")
    with pytest.raises(CannotSay, match="the most"):
        keep(alice, FIRST + 2)
    say(alice, FIRST, "less")  # one that is there may change


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one(alice: Reader) -> None:
    def click() -> None:
        say(alice, FIRST, "more")
        keep(alice, FIRST)

    together(click, 4)

    assert (alice.responses.count(), alice.saved.count()) == (1, 1)
