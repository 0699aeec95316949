"""Whose issue is due, and who makes it: work is rows, claimed by comparing.

A claim moves the row's time a little ahead, so that no second worker takes it;
done, the row gets its next real time. A worker that dies in between leaves a
row that is due again when the claim runs out, and as a period has one issue,
making it again repeats nothing. Neither does a clock that was set back: what it
had planned too far ahead is planned anew, and a period that has its issue is
passed over.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import Q
from msgspec import Struct

from ownjournal.issues.models import Issue
from ownjournal.readers.membership.standing import may_receive
from ownjournal.readers.models import Cadence, Reader
from ownjournal.readers.schedule import Slot, is_paused, next_issue, slot_at

log = logging.getLogger(__name__)
CLAIM = timedelta(minutes=15)
LEAST_APART = {
    Cadence.DAILY: timedelta(hours=22),
    Cadence.WEEKLY: timedelta(days=7, hours=-2),
    Cadence.FORTNIGHTLY: timedelta(days=14, hours=-2),
    Cadence.MONTHLY: timedelta(days=28, hours=-2),
}
"""Between two issues, and a little less than that, as clocks are changed."""


class Claim(Struct, frozen=True):
    """One reader's issue, ours to make until then."""

    reader: Reader
    until: datetime
    period: str
    wanted: bool  # may come, and was not made already
    makes_up_since: datetime | None  # where earlier ones were missed


def due(now: datetime) -> list[tuple[int, datetime]]:
    """Reader ids and the times that have come, the longest waiting first."""
    waiting = Reader.objects.filter(is_active=True, next_issue_at__lte=now)
    rows = waiting.order_by("next_issue_at", "id").values_list("id", "next_issue_at")
    return [(reader_id, at) for reader_id, at in rows if at is not None]


def claim(reader_id: int, due_at: datetime, now: datetime) -> Claim | None:
    """Take this reader's issue; None where another worker, or the reader, was first."""
    claims = claim_several([(reader_id, due_at)], now)
    return claims[0] if claims else None


def claim_several(
    waiting: Sequence[tuple[int, datetime]], now: datetime
) -> list[Claim]:
    """Take those that nobody else has taken, in one transaction; in their order."""
    until = now + CLAIM
    with transaction.atomic():
        taken = {
            reader_id: due_at
            for reader_id, due_at in waiting
            if Reader.objects.filter(pk=reader_id, next_issue_at=due_at).update(
                next_issue_at=until
            )
        }
    readers = Reader.objects.in_bulk(list(taken))
    slots = {pk: slot for pk, each in readers.items() if (slot := _slot(each, now))}
    made = _made(slots)
    return [
        Claim(
            reader=readers[pk],
            until=until,
            period=slots[pk].period,
            wanted=(pk, slots[pk].period) not in made and _may_come(readers[pk], now),
            makes_up_since=_missed_since(readers[pk], due_at, slots[pk]),
        )
        for pk, due_at in taken.items()
        if pk in slots
    ]


def _slot(reader: Reader, now: datetime) -> Slot | None:
    """None, and a line in the log, for a time zone that this machine lacks."""
    try:
        return slot_at(reader, now)
    except ZoneInfoNotFoundError:
        log.warning(
            "Reader %s lives by an unknown clock, %r.", reader.pk, reader.time_zone
        )
        return None


def _may_come(reader: Reader, now: datetime) -> bool:
    return not is_paused(reader, now) and may_receive(reader, now)


def finish(claimed: Claim, now: datetime) -> bool:
    """Plan the reader's next issue; False where the claim was lost meanwhile.

    Runs that were missed are not made up for one by one: the next time is later
    than `now`. A pause that is over is forgotten.
    """
    reader = claimed.reader
    later: dict[str, object] = {"next_issue_at": next_issue(reader, now)}
    if reader.paused_until is not None and not is_paused(reader, now):
        later["paused_until"] = None
    rows = Reader.objects.filter(pk=reader.pk, next_issue_at=claimed.until)
    return bool(rows.update(**later))


def plan_anew(now: datetime) -> int:
    """Bring nearer what a clock that was ahead has planned too far off; how many."""
    ahead = Q()
    for cadence, apart in LEAST_APART.items():
        ahead |= Q(cadence=cadence, next_issue_at__gt=now + apart)
    planned = Reader.objects.filter(ahead, is_active=True)
    return sum(_brought_nearer(reader, now) for reader in list(planned))


def _brought_nearer(reader: Reader, now: datetime) -> bool:
    """Plan the first period that has no issue, the one that is on among them."""
    late, following = reader.next_issue_at, next_issue(reader, now)
    if late is None or following >= late:
        return False
    nearer = following if is_paused(reader, now) else slot_at(reader, now).at
    while nearer < late and _made({reader.pk: slot_at(reader, nearer)}):
        nearer = next_issue(reader, nearer)
    rows = Reader.objects.filter(pk=reader.pk, next_issue_at=late)
    return bool(nearer < late and rows.update(next_issue_at=nearer))


def _made(slots: dict[int, Slot]) -> set[tuple[int, str | None]]:
    """Readers and periods of which there is an issue."""
    periods = {slot.period for slot in slots.values()}
    issues = Issue.objects.filter(reader__in=slots, period__in=periods)
    return set(issues.values_list("reader_id", "period"))


def _missed_since(reader: Reader, due_at: datetime, slot: Slot) -> datetime | None:
    """When the last issue was made, if a pause or an outage has cost others since."""
    if reader.paused_until is None and due_at >= slot.at:
        return None
    last = reader.issues.values_list("compiled_at", flat=True).first()
    before = slot_at(reader, slot.at - timedelta(seconds=1))
    return last if last is not None and last < before.at else None
