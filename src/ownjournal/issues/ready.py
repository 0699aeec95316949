"""Articles made ready in a process that serves, for those who just come in.

A new reader's first issue is made while the reader waits, and reading and counting
a month's articles takes seconds. It is done once for each state of the catalogue,
and begins when a new reader opens the first page of the profile (`practice.js`).
"""

from datetime import datetime
from functools import cache
from threading import Lock

from ownjournal.issues.compile import next_window
from ownjournal.issues.pools import Batch, Pools, Window


class Ready(Pools):
    """The batches of a process; threads that want the same one wait for one of them."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()

    def of(self, window: Window) -> Batch:
        """As of `Pools`."""
        with self._lock:
            return super().of(window)


@cache
def ready() -> Ready:
    """Those of this process."""
    return Ready()


def first_batch(now: datetime) -> Batch:
    """What a first issue made now is chosen from."""
    pools = ready()
    return pools.of(next_window(None, now=now, pools=pools))
