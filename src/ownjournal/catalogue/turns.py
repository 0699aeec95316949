"""How often this site asks a server of somebody else's.

One row a service holds for all processes of a site together: how long after each
other requests begin, how many there may be in a window of time, and how long a
service that fails is left alone. A row is locked for the moment it takes to read
and write it, never while a request is under way.
"""

from datetime import datetime, timedelta

from django.db import transaction
from msgspec import Struct

from ownjournal.catalogue.models import Service

FIRST_PAUSE = timedelta(seconds=30)  # after a failure; it doubles with each further
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ASKED = timedelta(days=1)  # that a service may ask to be left alone


class Rules(Struct, frozen=True):
    """How a service may be asked."""

    name: str  # a key of Service
    apart: timedelta  # from the beginning of one request to that of the next
    most: int  # requests in a window
    window: timedelta


class Closed(Exception):
    """The service may not be asked now; `until` says when it may."""

    def __init__(self, until: datetime, *, spent: bool) -> None:
        super().__init__(f"until {until}")
        self.until = until
        self.spent = spent  # the window's requests are used up; else it fails or waits


def look(rules: Rules, now: datetime) -> None:
    """Raise Closed where no turn can be had now; nothing is written or locked."""
    row = Service.objects.filter(pk=rules.name).first()
    if row is not None:
        _refuse(rules, row, now)


def take(rules: Rules, now: datetime, *, longest_wait: timedelta) -> float:
    """Take the next turn; the seconds to wait until it begins.

    Raises Closed, and takes none, where the wait would be longer, the window's
    requests are used up, or the service is left alone after failures.
    """
    with transaction.atomic():
        row = _locked(rules.name, now)
        _refuse(rules, row, now)
        if row.began_at <= now - rules.window:
            row.began_at, row.count = now, 0
        begins_at = max(now, row.free_at)
        if begins_at - now > longest_wait:
            raise Closed(begins_at, spent=False)
        row.free_at, row.count = begins_at + rules.apart, row.count + 1
        row.save()
    return (begins_at - now).total_seconds()


def _refuse(rules: Rules, row: Service, now: datetime) -> None:
    if row.closed_until is not None and row.closed_until > now:
        raise Closed(row.closed_until, spent=False)
    ends_at = row.began_at + rules.window
    if ends_at > now and row.count >= rules.most:
        raise Closed(ends_at, spent=True)


def worked(rules: Rules) -> None:
    """An answer came: failures before it count no more."""
    failed_before = Service.objects.filter(pk=rules.name, failures__gt=0)
    failed_before.update(failures=0, closed_until=None)


def failed(rules: Rules, now: datetime, *, asked: timedelta | None = None) -> None:
    """No answer came: leave the service alone for a while, longer if it asks to be."""
    with transaction.atomic():
        row = _locked(rules.name, now)
        pause = min(FIRST_PAUSE * 2 ** min(row.failures, 10), LONGEST_PAUSE)
        if asked is not None:
            pause = max(pause, min(asked, LONGEST_ASKED))
        row.failures = min(row.failures + 1, 1_000)
        row.closed_until = now + pause
        row.save()


def _locked(name: str, now: datetime) -> Service:
    """The row, made at the first call; nobody else changes it until commit."""
    Service.objects.bulk_create(
        [Service(name=name, free_at=now, began_at=now)], ignore_conflicts=True
    )
    return Service.objects.select_for_update().get(pk=name)
