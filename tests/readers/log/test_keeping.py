"""What is kept of reading, and what is not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.readers import registry
from ownjournal.readers.log import keeping
from ownjournal.readers.log.models import LogRow
from ownjournal.readers.models import Reader
from ownjournal.readers.responses import saying

PMID = 31_000_001
NOW = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)


def kept() -> list[tuple[int, str]]:
    return [(row.pmid, row.deed) for row in LogRow.objects.all()]


def test_an_article_opened_twice_a_day_is_one_row(
    client: Client, alice: Reader
) -> None:
    for _ in range(2):
        client.get(f"/articles/{PMID}")

    assert kept() == [(PMID, "opened")]


@pytest.mark.parametrize(
    "path", [f"/articles/{PMID}.txt", "/articles/31999999", f"/articles/{PMID}/cite"]
)
def test_what_is_no_page_of_an_article_is_not_kept(
    client: Client, alice: Reader, path: str
) -> None:
    client.get(path)

    assert kept() == []


def test_nothing_is_kept_of_visitors_and_of_readers_who_keep_no_log(
    client: Client, alice: Reader
) -> None:
    Client().get(f"/articles/{PMID}")
    keeping.switch(alice, False, erase=False)
    client.get(f"/articles/{PMID}")

    assert kept() == []
    assert keeping.record(alice, PMID, "saved", NOW) is None


def test_a_page_fetched_ahead_is_not_opened(client: Client, alice: Reader) -> None:
    client.get(f"/articles/{PMID}", headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(f"/articles/{PMID}")

    assert kept() == []


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("http://testserver/issues/12", "issue 12"),
        ("http://testserver/issues/12#lead", "issue 12"),
        ("http://testserver/search?q=fever", "search"),
        ("http://testserver/searches", "page"),
        ("http://elsewhere.test/issues/12", "page"),
        ("http://testserver.elsewhere.test/issues/12", "page"),
        (None, "page"),
    ],
)
def test_a_row_says_where_the_reader_came_from(
    client: Client, alice: Reader, before: str | None, source: str
) -> None:
    headers = {"Referer": before} if before else {}
    client.get(f"/articles/{PMID}", headers=headers)

    assert LogRow.objects.get().source == source


def test_the_day_is_by_the_readers_clock(alice: Reader) -> None:
    alice.time_zone = "Pacific/Auckland"
    row = keeping.record(alice, PMID, "opened", NOW)

    assert row is not None
    assert row.done_on == date(2026, 12, 1)


def test_each_deed_has_its_row_once_a_day(alice: Reader) -> None:
    for day in range(2):
        for deed in ("opened", "read", "saved", "rated", "noted", "saved"):
            keeping.record(alice, PMID, deed, NOW + timedelta(days=day))

    assert len(kept()) == 10


def test_minutes_of_reading_come_from_the_length_of_the_abstract(
    alice: Reader,
) -> None:
    shelve(an_article(pmid=31_000_002, abstract=None))
    read = keeping.record(alice, PMID, "read", NOW)
    without = keeping.record(alice, 31_000_002, "read", NOW)
    opened = keeping.record(alice, PMID, "opened", NOW)

    assert [row and row.minutes for row in (read, without, opened)] == [3, 1, None]


def test_an_article_that_is_not_here_is_not_kept(alice: Reader) -> None:
    assert keeping.record(alice, 1, "read", NOW) is None


def test_a_row_stays_when_the_article_goes(client: Client, alice: Reader) -> None:
    keeping.record(alice, PMID, "read", NOW)
    shelve(taken_back=[PMID])

    assert "Velotrine for fever" in client.get("/log").text


@pytest.mark.parametrize(
    ("minutes", "reflection", "day"),
    [
        ("0", "", "2026-11-30"),
        ("1441", "", "2026-11-30"),
        ("-3", "", "2026-11-30"),
        ("3.5", "", "2026-11-30"),
        ("٣", "", "2026-11-30"),
        ("3", "x" * 2_001, "2026-11-30"),
        ("3", "", "2026-02-30"),
        ("3", "", "30 November"),
        ("3", "", ""),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    alice: Reader, minutes: str, reflection: str, day: str
) -> None:
    row = keeping.record(alice, PMID, "read", NOW)
    assert row is not None

    assert keeping.change(row, minutes, reflection, day)
    assert LogRow.objects.values().get() == LogRow.objects.values().get(pk=row.pk)
    assert LogRow.objects.get().minutes == 3


def test_a_row_moves_to_no_day_that_has_such_a_row(alice: Reader) -> None:
    first = keeping.record(alice, PMID, "read", NOW)
    keeping.record(alice, PMID, "read", NOW + timedelta(days=1))
    assert first is not None

    assert "already" in (keeping.change(first, "3", "", "2026-12-01") or "")


def test_control_characters_leave_a_reflection() -> None:
    assert keeping.clean(" a\r\nb\0\x1b c \n") == "a\nb c"
    assert keeping.clean(" \r\n ") is None


def test_opened_by_tells_of_this_reader_only(alice: Reader) -> None:
    bob = registry.add("bob@merrow.test")
    keeping.record(alice, PMID, "opened", NOW)
    keeping.record(bob, PMID, "saved", NOW)

    assert keeping.opened_by(alice, [PMID, 5]) == {PMID}
    assert keeping.opened_by(bob, [PMID]) == frozenset()


def test_saving_an_article_is_in_the_log(alice: Reader) -> None:
    saying.keep(alice, PMID, at=NOW)
    saying.keep(alice, PMID, at=NOW + timedelta(days=1))

    assert kept() == [(PMID, "saved")]
