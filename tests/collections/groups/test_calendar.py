"""Files for calendars: whatever a title holds, the file keeps its form."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.collections.groups.calendar import Event, distance, ics, told

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)


def an_event(title: str) -> Event:
    return Event("m@x", title, NOON, 60, None, title, "https://x.test/m", NOON, 0)


@given(title=st.text(max_size=300))
def test_no_title_breaks_a_line_or_the_form(title: str) -> None:
    lines = ics(an_event(title)).split(b"\r\n")

    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    unfolded = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    names = [line.partition(":")[0] for line in unfolded.split("\r\n") if line]
    assert names.count("SUMMARY") == names.count("URL") == 1
    assert len(names) == 15
    assert "\n" not in unfolded.replace("\r\n", "")


def test_a_moment_is_told_by_the_groups_clock() -> None:
    assert told(NOON, "Europe/Berlin") == (
        "Tuesday 1 December 2026, 12:00 (Europe/Berlin)"
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [(1, "today"), (2, "tomorrow"), (7, "in 6 days"), (30, "in 29 days")],
)
def test_how_far_off_a_day_is(day: int, words: str) -> None:
    assert distance(date(2026, 12, day), date(2026, 12, 1)) == words
    assert distance(date(2026, 12, 1), date(2026, 12, 4)) == "3 days ago"
