"""Which workers are at work: each says so between two pieces of work.

The longest piece is one file of NLM's, or a batch of issues: minutes. A worker that
is not heard of for longer has died, or hangs.
"""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import OperationalError

from ownjournal.catalogue.models import WorkerSeen

AT_LEAST = timedelta(seconds=15)  # between two sayings
SILENT = timedelta(minutes=15)  # after which one counts as gone
FORGOTTEN = timedelta(days=1)


class Beat:
    """What one worker says of itself."""

    def __init__(self) -> None:
        self._name = secrets.token_hex(8)  # of no machine: who looks needs no more
        self._said_at: datetime | None = None

    def say(self, now: datetime) -> None:
        """It goes on; said no more often than needed."""
        if self._said_at is not None and now - self._said_at < AT_LEAST:
            return
        if self._said_at is None:
            WorkerSeen.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
        WorkerSeen.objects.update_or_create(name=self._name, defaults={"seen_at": now})
        self._said_at = now

    def end(self) -> None:
        """It has ended as it should; where that cannot be said, it is silent."""
        with suppress(OperationalError):
            WorkerSeen.objects.filter(name=self._name).delete()


def at_work(now: datetime) -> int:
    """How many workers were heard of lately."""
    return WorkerSeen.objects.filter(seen_at__gt=now - SILENT).count()
