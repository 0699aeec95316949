"""When a reader's issues are due, by the reader's own clock.

Time is cut into periods of local days, as the cadence says, and each has one
moment for its issue, at the reader's hour:

    daily         a day
    weekly        Monday to Sunday: the reader's weekday
    fortnightly   two such weeks: the weekday of the first. They are counted from
                  Monday, 5 January 1970, and are the same for every reader, so no
                  year of 53 weeks shifts them
    monthly       a calendar month: the first such weekday in it

An hour that the clocks jump over is taken where they land; of an hour that comes
twice the first counts. A period has a name, under which an issue is stored once:
whatever a clock, a zone or a worker does, none comes twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from ownjournal.readers.models import Cadence, Reader

WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
FIRST_MONDAY = date(1970, 1, 5)
INSTANT = timedelta(microseconds=1)


class Slot(Struct, frozen=True, order=True):
    """The moment of one period's issue."""

    at: datetime  # UTC
    period: str  # "weekly 2026-11-30": the cadence and the period's first day


def next_issue(reader: Reader, after: datetime) -> datetime:
    """The first moment for an issue later than `after` and not in a pause, in UTC.

    Raises zoneinfo.ZoneInfoNotFoundError for a zone that this machine lacks.
    """
    after = max(after, _end_of_pause(reader, after))
    return next(slot.at for slot in _slots(reader, after) if slot.at > after)


def slot_at(reader: Reader, now: datetime) -> Slot:
    """The last moment for an issue that has come, whether or not one was made."""
    for earlier, later in pairwise(_slots(reader, now)):
        if later.at > now:
            return earlier
    raise AssertionError("time has no end")


def is_paused(reader: Reader, now: datetime) -> bool:
    """Whether the day is still to come, by the reader's clock."""
    return now <= _end_of_pause(reader, now)


def _end_of_pause(reader: Reader, otherwise: datetime) -> datetime:
    """The last instant in which no issue comes; far back where none is paused."""
    if reader.paused_until is None:
        return otherwise - A_DAY
    return _moment(reader, reader.paused_until, 0) - INSTANT


def _slots(reader: Reader, around: datetime) -> Iterator[Slot]:
    """In order, from one that has come by then at the latest."""
    today = around.astimezone(ZoneInfo(reader.time_zone)).date()
    first = _first_day(reader.cadence, today)
    for _ in range(2):  # today's may be to come, and Apia had no 30 December 2011
        first = _first_day(reader.cadence, first - A_DAY)
    while True:
        day = _day_of_issue(reader, first)
        moment = _moment(reader, day, reader.issue_hour)
        yield Slot(moment, f"{reader.cadence} {first}")
        first = _following(reader.cadence, first)


def _moment(reader: Reader, day: date, hour: int) -> datetime:
    wall = datetime.combine(day, time(hour), tzinfo=ZoneInfo(reader.time_zone))
    return wall.astimezone(UTC)


def _first_day(cadence: str, day: date) -> date:
    """Of the period that a day lies in."""
    if cadence == Cadence.DAILY:
        return day
    if cadence == Cadence.MONTHLY:
        return day.replace(day=1)
    weeks = 1 if cadence == Cadence.WEEKLY else 2
    return day - (day - FIRST_MONDAY) % (weeks * A_WEEK)


def _following(cadence: str, first: date) -> date:
    """The first day of the period after."""
    if cadence == Cadence.MONTHLY:
        return (first + 31 * A_DAY).replace(day=1)
    days = {Cadence.DAILY: 1, Cadence.WEEKLY: 7}.get(Cadence(cadence), 14)
    return first + days * A_DAY


def _day_of_issue(reader: Reader, first: date) -> date:
    if reader.cadence == Cadence.DAILY:
        return first
    return first + ((reader.issue_weekday - first.weekday()) % 7) * A_DAY
