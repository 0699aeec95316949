from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownjournal.readers.models import Reader
from ownjournal.readers.schedule import next_issue

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia")
MONDAY, SUNDAY = 0, 6


def a_reader(zone: str, weekday: int, hour: int) -> Reader:
    return Reader(time_zone=zone, issue_weekday=weekday, issue_hour=hour)


def test_it_is_the_reader_s_own_monday_morning() -> None:
    reader = a_reader("Europe/Berlin", MONDAY, 6)

    assert next_issue(reader, datetime(2026, 7, 1, tzinfo=UTC)) == datetime(
        2026, 7, 6, 4, tzinfo=UTC
    )


def test_an_issue_that_is_due_now_is_next_due_in_a_week() -> None:
    reader = a_reader("Europe/Berlin", MONDAY, 6)
    due = datetime(2026, 7, 6, 4, tzinfo=UTC)

    assert next_issue(reader, due) == due + timedelta(days=7)


def test_an_hour_that_the_clocks_jump_over_is_taken_where_they_land() -> None:
    """Berlin, Sunday 29 March 2026: 02:00 is 03:00."""
    reader = a_reader("Europe/Berlin", SUNDAY, 2)

    due = next_issue(reader, datetime(2026, 3, 28, 12, tzinfo=UTC))

    assert due == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert due.astimezone(ZoneInfo("Europe/Berlin")).hour == 3


def test_an_hour_that_comes_twice_brings_one_issue() -> None:
    """Berlin, Sunday 25 October 2026: 02:00 comes at 00:00 and 01:00 UTC."""
    reader = a_reader("Europe/Berlin", SUNDAY, 2)
    first = next_issue(reader, datetime(2026, 10, 24, 12, tzinfo=UTC))

    assert first == datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert next_issue(reader, first) == datetime(2026, 11, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_every_week_of_two_years_has_one_issue(zone: str) -> None:
    reader = a_reader(zone, SUNDAY, 2)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    weeks = []
    for _ in range(104):
        moment = next_issue(reader, moment)
        weeks.append(moment.astimezone(ZoneInfo(zone)).isocalendar()[:2])

    assert len(set(weeks)) == 104


@settings(deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(0, 6),
    st.integers(0, 23),
    st.integers(0, 10 * 365 * 24 * 60),
)
def test_the_next_issue_is_within_a_week_and_an_hour(
    zone: str, weekday: int, hour: int, minutes: int
) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = next_issue(a_reader(zone, weekday, hour), now)

    assert now < due <= now + timedelta(days=7, hours=1)
    assert due.astimezone(ZoneInfo(zone)).weekday() == weekday
