"""Only one process writes: a row in the cluster that its holder keeps changing.

A holder that was killed changes it no longer, and who waits long enough to be sure
takes it over. No clock is compared with another machine's.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from opensearchpy import OpenSearch

from ownjournal.search.index import IndexAway, IndexBusy
from ownjournal.search.opensearch.cluster import Cluster, Conflict, NotThere

BEAT = 1.0
"""Seconds between the changes of a holder."""

SILENCE = 4.0
"""Seconds without a change after which a holder is taken for dead."""

PATIENCE = 120.0
"""Seconds that a holder waits for a cluster that does not answer it."""

_ROW = "writer"
_LOOK = 0.25  # seconds


class Held:
    """The lock, in the hands of who made it."""

    def __init__(
        self, cluster: Cluster, index: str, holder: str, version: tuple[int, int]
    ) -> None:
        self._cluster = cluster
        self._index = index
        self._holder = holder
        self._version = version
        self._heard = time.monotonic()
        self._end = Event()
        self._lost = Event()
        self._thread = Thread(target=self._beat, daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Wait while nobody knows whether the lock is held; nothing is written then.

        Raises IndexBusy where another has taken over, taking this one for dead, and
        IndexAway where the cluster does not tell for long.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() - self._heard > SILENCE and not self._lost.is_set():
            if time.monotonic() > until:
                raise IndexAway("The search cluster has not answered for two minutes.")
            time.sleep(_LOOK)
        if self._lost.is_set():
            raise IndexBusy("Another process writes to the index now.")

    def release(self) -> None:
        """Let go."""
        self._end.set()
        self._thread.join()
        if not self._lost.is_set():
            with suppress(Conflict, IndexAway):
                _write(self._cluster, self._index, None, self._version)

    def _beat(self) -> None:
        while not self._end.wait(BEAT):
            try:
                self._version = self._changed()
                self._heard = time.monotonic()
            except IndexAway:
                continue  # whether another took over is seen once it answers
            except (Conflict, NotThere):
                self._lost.set()
                return

    def _changed(self) -> tuple[int, int]:
        """Change the row; what a lost answer hid was one's own change."""
        try:
            return _write(self._cluster, self._index, self._holder, self._version)
        except Conflict:
            row = _row(self._cluster, self._index)
            if row is None or row["_source"]["holder"] != self._holder:
                raise
            return _version(row)


@contextmanager
def only_writer(cluster: Cluster, index: str) -> Iterator[Held]:
    """Hold the lock that lies in an index of its own. Raises IndexBusy."""
    holder = uuid4().hex
    held = Held(cluster, index, holder, _taken(cluster, index, holder))
    try:
        yield held
    finally:
        held.release()


def _taken(cluster: Cluster, index: str, holder: str) -> tuple[int, int]:
    """Write the row as one's own, when it is free or its holder silent."""
    first = _row(cluster, index)
    until = time.monotonic() + SILENCE
    now = first
    while now is not None and now["_source"]["holder"] is not None:
        if _version(now) != _version(first or now):
            raise IndexBusy("Another process writes to the index.")
        if time.monotonic() > until:
            break
        time.sleep(_LOOK)
        now = _row(cluster, index)
    try:
        return _write(cluster, index, holder, _version(now) if now else None)
    except Conflict:
        raise IndexBusy("Another process writes to the index.") from None


def _row(cluster: Cluster, index: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = cluster.ask(lambda c: c.get(index=index, id=_ROW))
    except NotThere:
        return None
    return found


def _version(row: dict[str, Any]) -> tuple[int, int]:
    return row["_seq_no"], row["_primary_term"]


def _write(
    cluster: Cluster, index: str, holder: str | None, over: tuple[int, int] | None
) -> tuple[int, int]:
    """Change the row, in place of one that was seen or where none is."""
    if over is None:
        how: dict[str, Any] = {"op_type": "create"}
    else:
        how = {"if_seq_no": over[0], "if_primary_term": over[1]}

    def call(client: OpenSearch) -> dict[str, Any]:
        body = {"holder": holder, "beat": uuid4().hex}
        written: dict[str, Any] = client.index(
            index=index, id=_ROW, body=body, params=how
        )
        return written

    return _version(cluster.ask(call))
