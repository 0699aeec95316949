"""A visit to NLM says that it goes on, so that one that was cut off is resumed.

In a folder there is one at a time. Whoever looks from another machine goes by when
it was last heard of.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone

from ownjournal.catalogue.models import Sync
from ownjournal.search.locking import hold_lock

AT_LEAST = timedelta(seconds=15)  # between two sayings
SILENT = timedelta(minutes=15)  # after which one was cut off
GOES_ON = "Another visit to NLM goes on already, and keeps its files in {}."


class Stopped(Exception):
    """The program is to end; raised by a watcher, it ends the visit."""


class GoesOn(Exception):
    """Another visit has the folder; the message is a sentence."""


class Going:
    """The visit that goes on, in its row."""

    def __init__(self) -> None:
        now = timezone.now()
        self._row = Sync.objects.create(started_at=now, seen_at=now)
        self._said_at = now

    def goes_on(self) -> None:
        """Say so, no more often than needed."""
        now = timezone.now()
        if now - self._said_at >= AT_LEAST:
            self._said_at = now
            Sync.objects.filter(pk=self._row.pk).update(seen_at=now)

    def ends(self, files: int, problem: str | None) -> None:
        """It has ended, with a problem or as it should."""
        self._row.ended_at = timezone.now()
        self._row.files, self._row.problem = files, problem
        self._row.save()

    def was_never(self) -> None:
        """It was told to stop: the next one goes on from what is there, at once."""
        self._row.delete()


@contextmanager
def visiting(folder: Path) -> Iterator[Going]:
    """Hold the folder for a visit. Raises GoesOn.

    A fault on the way is in the row; where the process is killed nothing is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with hold_lock(folder / "lock", GoesOn(GOES_ON.format(folder))):
        going = Going()
        try:
            yield going
        except (Stopped, KeyboardInterrupt):
            going.was_never()
            raise
        except BaseException as fault:
            with suppress(DatabaseError):
                going.ends(0, f"It was cut off: {type(fault).__name__}.")
            raise


def was_cut_off(visit: Sync, now: datetime) -> bool:
    """Whether a visit without an end is not heard of any more."""
    heard_at = visit.seen_at or visit.started_at
    return visit.ended_at is None and now - heard_at > SILENT
