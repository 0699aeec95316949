"""Whose issue is due, and who makes it: work is rows, claimed by comparing.

A claim moves the row's time a little ahead, so that no second worker takes it;
done, the row gets its next real time. A worker that dies in between leaves a
row that is due again when the claim runs out, and as a period has one issue,
making it again repeats nothing. Neither does a clock that was set back: what it
had planned too far ahead is planned anew, and a period that has its issue is
passed over.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import Max, Q
from msgspec import Struct

from ownjournal.issues.models import Issue
from ownjournal.readers.membership.standing import receiving
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


def claim_next(most: int, due_by: datetime, now: datetime) -> list[Claim] | None:
    """Take the longest waiting whom nobody has in hand; None where there are none.

    Each worker passes over those of the others, so that ten of them do not try for the
    same ones in turn. Who lives by an unknown clock is taken and not among the claims.
    """
    until = now + CLAIM
    with transaction.atomic():
        rows = Reader.objects.select_for_update(skip_locked=True)
        waiting = rows.filter(is_active=True, next_issue_at__lte=due_by)
        readers = {e.pk: e for e in waiting.order_by("next_issue_at", "id")[:most]}
        Reader.objects.filter(pk__in=readers).update(next_issue_at=until)
    return _claims(readers, now, until) if readers else None


def _claims(readers: dict[int, Reader], now: datetime, until: datetime) -> list[Claim]:
    """What is to be done for readers who were taken, as they were before it."""
    slots = {pk: slot for pk, each in readers.items() if (slot := _slot(each, now))}
    made = _made(slots)
    coming = receiving(list(readers.values()), now)
    missed = _missed(readers, slots)
    return [
        Claim(
            reader=readers[pk],
            until=until,
            period=slot.period,
            wanted=(pk, slot.period) not in made
            and pk in coming
            and not is_paused(readers[pk], now),
            makes_up_since=missed.get(pk),
        )
        for pk, slot in slots.items()
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


def finish(claims: Sequence[Claim], now: datetime) -> int:
    """Plan the next issue of each; of how many, as a claim may be lost meanwhile.

    Runs that were missed are not made up for one by one: the next time is later
    than `now`, and of most it is the same. A pause that is over is forgotten.
    """
    alike: dict[tuple[datetime, datetime, bool], list[int]] = defaultdict(list)
    for each in claims:
        reader = each.reader
        is_over = reader.paused_until is not None and not is_paused(reader, now)
        alike[each.until, next_issue(reader, now), is_over].append(reader.pk)
    done = 0
    for (until, at, is_over), pks in alike.items():
        later: dict[str, object] = {"next_issue_at": at}
        if is_over:
            later["paused_until"] = None
        done += Reader.objects.filter(pk__in=pks, next_issue_at=until).update(**later)
    return done


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


def _missed(readers: dict[int, Reader], slots: dict[int, Slot]) -> dict[int, datetime]:
    """When the last issue was made, by reader, if a pause or an outage cost others."""
    late = [
        pk
        for pk, slot in slots.items()
        if readers[pk].paused_until is not None
        or ((at := readers[pk].next_issue_at) is not None and at < slot.at)
    ]
    found = {}
    for pk, last in _last_made(late).items():
        before = slot_at(readers[pk], slots[pk].at - timedelta(seconds=1))
        if last < before.at:
            found[pk] = last
    return found


def _last_made(reader_ids: Sequence[int]) -> dict[int, datetime]:
    """When the newest issue of each was made, of those who have one."""
    if not reader_ids:
        return {}
    issues = Issue.objects.filter(reader__in=reader_ids).order_by()
    newest = issues.values("reader").annotate(newest=Max("pk")).values("newest")
    rows = Issue.objects.filter(pk__in=newest)
    return dict(rows.values_list("reader_id", "compiled_at"))
