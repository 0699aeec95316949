"""Letters taken for sending: work is rows, claimed by comparing.

A claim holds for a while only. A worker that dies leaves rows that fall due
again when it runs out; those it was just sending are doubtful then. What
somebody waits for is taken first.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from ownjournal.readers.post.letters import MAKERS, URGENT
from ownjournal.readers.post.models import Letter

CLAIM = timedelta(minutes=15)  # longer than a turn ever takes, see sending.TURN_SECONDS
BATCH = 100  # letters

State = Letter.State


def due(now: datetime, *, urgent_only: bool = False) -> QuerySet[Letter]:
    """Letters that may be claimed, the longest waiting first."""
    kinds = URGENT & MAKERS.keys() if urgent_only else MAKERS.keys()
    return Letter.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lte=now) | _by_a_wrong_clock(now),
        state__in=(State.WAITING, State.SENDING),
        due_at__lte=now,
        kind__in=kinds,
    ).order_by("due_at", "pk")


def _by_a_wrong_clock(now: datetime) -> Q:
    """Claims that last longer than any do: they were made while the clock was ahead."""
    return Q(claimed_until__gt=now + 2 * CLAIM)


def claim(now: datetime, *, urgent_only: bool = False) -> list[Letter]:
    """Take up to a batch of letters; nobody else can until the claim runs out.

    Where anything urgent waits, that alone is taken. An idle post office costs
    one look at an index and no lock.
    """
    urgent = urgent_only or due(now, urgent_only=True).exists()
    waiting = due(now, urgent_only=urgent)
    if not waiting.exists():
        return []
    turn = uuid4().hex
    with transaction.atomic():
        rows = waiting.select_for_update(skip_locked=True)[:BATCH]
        taken = list(rows.values_list("pk", flat=True))
        Letter.objects.filter(pk__in=taken).update(
            claimed_by=turn, claimed_until=now + CLAIM
        )
    mine = Letter.objects.filter(claimed_by=turn).select_related("reader__suppression")
    return list(mine.order_by("due_at", "pk"))


def release(letters: list[Letter]) -> None:
    """Give back what was claimed and not begun."""
    if letters:
        turn = letters[0].claimed_by
        rows = Letter.objects.filter(pk__in=[each.pk for each in letters])
        rows.filter(claimed_by=turn).update(claimed_by=None, claimed_until=None)
