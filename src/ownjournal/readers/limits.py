"""How often one thing may be tried: counts in the database, exact and lasting.

The count survives a restart and holds for all processes together. What is
counted (a client's address, say) is kept as a keyed hash only, and forgotten
after a day. A limit delays; it never locks anybody out.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from msgspec import Struct

from ownjournal.readers.models import Attempts

FORGOTTEN_AFTER = timedelta(days=1)
FORGOTTEN_AT_ONCE = 1_000  # rows

log = logging.getLogger(__name__)


class Limit(Struct, frozen=True):
    """At most `times` in any window of `seconds` that begins with a try."""

    name: str
    times: int
    seconds: int  # at most a day


def take(limit: Limit, key: str, now: datetime) -> int | None:
    """Count one try; the seconds to wait when it is one too many, else None."""
    hashed = _hashed(limit, key)
    window = timedelta(seconds=limit.seconds)
    rows = Attempts.objects.filter(key=hashed)
    with transaction.atomic():
        # a second process waits here for the row; one forgotten just now is made anew
        while not rows.update(count=F("count") + 1):
            Attempts.objects.bulk_create(
                [Attempts(key=hashed, began_at=now, count=0)], ignore_conflicts=True
            )
        rows.filter(began_at__lte=now - window).update(began_at=now, count=1)
        attempts = rows.get()
    if attempts.count == 1:
        _forget_old(now)
    if attempts.count <= limit.times:
        return None
    log.warning("limit reached", extra={"fields": {"limit": limit.name}})
    return max(1, round((attempts.began_at + window - now).total_seconds()))


def give_back(limit: Limit, key: str) -> None:
    """Take one try off the count again: it was rightful."""
    rows = Attempts.objects.filter(key=_hashed(limit, key), count__gt=0)
    rows.update(count=F("count") - 1)


def forget(limit: Limit, key: str) -> None:
    """Forget what was counted of this key: of a reader who leaves."""
    Attempts.objects.filter(key=_hashed(limit, key)).delete()


def _forget_old(now: datetime) -> None:
    """Forget what is a day old, but for rows that somebody counts in just now."""
    old = Attempts.objects.filter(began_at__lt=now - FORGOTTEN_AFTER)
    with transaction.atomic():
        free = old.select_for_update(skip_locked=True).values_list("pk", flat=True)
        Attempts.objects.filter(pk__in=list(free[:FORGOTTEN_AT_ONCE])).delete()


def _hashed(limit: Limit, key: str) -> str:
    return salted_hmac(f"limit {limit.name}", key, algorithm="sha256").hexdigest()
