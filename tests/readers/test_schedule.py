from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownjournal.readers.models import Cadence, Reader
from ownjournal.readers.schedule import is_paused, next_issue, slot_at

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia")
MONDAY, SUNDAY = 0, 6


def a_reader(
    zone: str, weekday: int, hour: int, cadence: Cadence = Cadence.WEEKLY
) -> Reader:
    return Reader(
        time_zone=zone, issue_weekday=weekday, issue_hour=hour, cadence=cadence
    )


def days_of_issues(reader: Reader, after: datetime, count: int) -> list[date]:
    """The local days of the next issues."""
    days = []
    for _ in range(count):
        after = next_issue(reader, after)
        days.append(after.astimezone(ZoneInfo(reader.time_zone)).date())
    return days


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


def test_a_daily_issue_comes_every_day_whatever_the_weekday() -> None:
    reader = a_reader("Europe/Berlin", SUNDAY, 6, Cadence.DAILY)

    days = days_of_issues(reader, datetime(2026, 3, 27, 12, tzinfo=UTC), 4)

    assert [day.day for day in days] == [28, 29, 30, 31]


def test_fortnights_are_counted_through_a_year_of_53_weeks() -> None:
    """2026 has 53 weeks: by their numbers, two issues in a row would be odd or even."""
    reader = a_reader("Europe/Berlin", MONDAY, 6, Cadence.FORTNIGHTLY)

    days = days_of_issues(reader, datetime(2026, 12, 1, tzinfo=UTC), 4)

    assert {later - earlier for earlier, later in pairwise(days)} == {
        timedelta(days=14)
    }
    assert (days[0] - date(1970, 1, 5)).days % 14 == 0


def test_a_monthly_issue_comes_on_the_first_such_weekday_of_the_month() -> None:
    reader = a_reader("America/New_York", MONDAY, 6, Cadence.MONTHLY)

    days = days_of_issues(reader, datetime(2026, 1, 31, tzinfo=UTC), 4)

    assert days == [
        date(2026, 2, 2),
        date(2026, 3, 2),
        date(2026, 4, 6),
        date(2026, 5, 4),
    ]


def test_no_issue_comes_before_the_day_that_a_pause_names() -> None:
    reader = a_reader("Asia/Kathmandu", MONDAY, 0)
    reader.paused_until = date(2026, 7, 13)  # a Monday

    back = next_issue(reader, datetime(2026, 6, 1, tzinfo=UTC))

    assert back.astimezone(ZoneInfo("Asia/Kathmandu")).date() == date(2026, 7, 13)
    assert is_paused(reader, back - timedelta(seconds=1))
    assert not is_paused(reader, back)


@given(
    st.sampled_from(ZONES),
    st.sampled_from(list(Cadence)),
    st.integers(0, 6),
    st.integers(0, 23),
    st.integers(0, 20 * 365 * 24 * 60),
)
def test_the_last_moment_for_an_issue_is_where_the_next_follows(
    zone: str, cadence: Cadence, weekday: int, hour: int, minutes: int
) -> None:
    now = datetime(2008, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    reader = a_reader(zone, weekday, hour, cadence)

    slot, later = slot_at(reader, now), next_issue(reader, now)

    assert slot.at <= now < later
    assert next_issue(reader, slot.at) == later
    assert slot_at(reader, later).period > slot.period
