"""Years of a worker and its readers in a few seconds, with all that clocks do.

The worker wakes every so often, is down now and then, and its clock is wrong for
hours or days, by minutes or by weeks. What it should have made is worked out from
the calendars alone, without the code that plans.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from made.issues import an_issue
from ownjournal.issues import due
from ownjournal.readers.models import Cadence, Reader
from ownjournal.readers.schedule import next_issue

A_DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
FIRST_MONDAY = date(1970, 1, 5).toordinal()

Hours = dict[tuple[date, int], datetime]


@dataclass
class Tally:
    """What became of all periods."""

    readers: int = 0
    periods: int = 0  # in which the worker ran with a right clock
    issues: int = 0
    duplicates: int = 0  # issues of a period beyond its first
    misses: int = 0


@dataclass(frozen=True)
class Wake:
    """The worker looks for work, by a clock that is so far off."""

    at: datetime
    off: timedelta


def simulate(
    zones: Sequence[str],
    first: date,
    days: int,
    every: timedelta,
    dice: Random,
    *,
    careless: bool = False,
) -> Tally:
    """A reader of each zone and cadence; the database is as empty as it was found.

    A careless worker trusts its clock: it plans nothing anew, and must miss issues.
    """
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    readers = [
        _reader(zone, cadence, start, dice) for zone in zones for cadence in Cadence
    ]
    wakes = list(_wakes(start, days, every, dice))
    for wake in wakes:
        _work(wake.at + wake.off, careless=careless)
    tally = _counted(readers, wakes, days)
    Reader.objects.filter(pk__in=[each.pk for each in readers]).delete()
    return tally


def _reader(zone: str, cadence: Cadence, start: datetime, dice: Random) -> Reader:
    name = f"{cadence}-{zone}".replace("/", "-").lower()
    reader = Reader.objects.create_reader(
        f"{name}@merrow.test",
        time_zone=zone,
        cadence=cadence.value,
        issue_weekday=dice.randrange(7),
        issue_hour=dice.randrange(24),
    )
    reader.next_issue_at = next_issue(reader, start)
    reader.save()
    return reader


def _wakes(
    start: datetime, days: int, every: timedelta, dice: Random
) -> Iterator[Wake]:
    """About every so often; one day in thirty begins a fault of the clock or a halt."""
    now, end, off = start, start + days * A_DAY, timedelta(0)
    wrong_until = down_until = start
    while now < end:
        if now >= wrong_until:
            off = timedelta(0)
        if dice.random() < every / (30 * A_DAY):
            off = dice.choice([-1, 1]) * dice.choice([0.01, 0.5, 3, 40]) * A_DAY
            wrong_until = now + dice.uniform(0.1, 3) * A_DAY
        if dice.random() < every / (30 * A_DAY):
            down_until = now + dice.choice([0.2, 2, 20]) * A_DAY
        if now >= down_until:
            yield Wake(now, off)
        now += dice.uniform(0.5, 1.5) * every


def _work(now: datetime, *, careless: bool) -> None:
    """As the worker does, with issues that hold nothing."""
    if not careless:
        due.plan_anew(now)
    for claimed in due.claim_next(1_000, now, now) or ():
        if claimed.wanted:
            an_issue(claimed.reader, now, period=claimed.period)
        due.finish([claimed], now)


def periods_served(
    reader: Reader, start: datetime, days: int, right: Sequence[datetime]
) -> set[str]:
    """Periods that must have an issue, by the moments of a right clock alone."""
    slots = list(_slots(reader, _hours(reader.time_zone, start, days)))
    return set(_served(slots, right))


def _counted(readers: Sequence[Reader], wakes: Sequence[Wake], days: int) -> Tally:
    tally, hours = Tally(readers=len(readers)), dict[str, Hours]()
    right = [wake.at for wake in wakes if not wake.off]
    for reader in readers:
        zone = reader.time_zone
        if zone not in hours:
            hours[zone] = _hours(zone, wakes[0].at, days)
        made = Counter(reader.issues.values_list("period", flat=True))
        wanted = set(_served(list(_slots(reader, hours[zone])), right))
        tally.periods += len(wanted)
        tally.issues += made.total()
        tally.duplicates += made.total() - len(made)
        tally.misses += len(wanted - set(made))
    return tally


def _hours(zone: str, start: datetime, days: int) -> Hours:
    """The first moment at which a local clock shows each hour of each day, or later.

    A day that no clock has shown, as Apia's 30 December 2011, has none.
    """
    found, days_shown = Hours(), set[date]()
    now = start - 70 * A_DAY
    place = ZoneInfo(zone)
    shown = now.astimezone(place).replace(tzinfo=None, minute=0)
    while now < start + (days + 1) * A_DAY:
        local = now.astimezone(place).replace(tzinfo=None)
        days_shown.add(local.date())
        while shown <= local:
            found[shown.date(), shown.hour] = now
            shown += timedelta(hours=1)
        now += QUARTER
    return {each: moment for each, moment in found.items() if each[0] in days_shown}


def _slots(reader: Reader, hours: Hours) -> Iterator[tuple[datetime, str]]:
    """Each moment for an issue, and its period, in order."""
    for (day, hour), moment in sorted(hours.items(), key=lambda each: each[0]):
        if hour != reader.issue_hour:
            continue
        monday = day - day.weekday() * A_DAY
        is_even = (monday.toordinal() - FIRST_MONDAY) // 7 % 2 == 0
        is_weekday = day.weekday() == reader.issue_weekday
        if reader.cadence == "daily":
            yield moment, f"daily {day}"
        elif reader.cadence == "weekly" and is_weekday:
            yield moment, f"weekly {monday}"
        elif reader.cadence == "fortnightly" and is_weekday and is_even:
            yield moment, f"fortnightly {monday}"
        elif reader.cadence == "monthly" and is_weekday and day.day <= 7:
            yield moment, f"monthly {day.replace(day=1)}"


def _served(
    slots: Sequence[tuple[datetime, str]], right: Sequence[datetime]
) -> Iterator[str]:
    """Periods in which the worker woke with a right clock, after the first one came.

    The first counts from the reader's first day on.
    """
    began = right[0]
    wakes = iter(right)
    now = next(wakes, None)
    for (moment, period), (later, _) in zip(slots, slots[1:], strict=False):
        while now is not None and now < moment:
            now = next(wakes, None)
        if now is not None and now < later and moment > began:
            yield period
