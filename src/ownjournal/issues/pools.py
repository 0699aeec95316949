"""The articles an issue is chosen from, made ready once for many readers.

Readers whose last issues were made at the same revision share one pool. Whoever
compiles for many keeps one `Pools` for all of them.
"""

import hashlib

import msgspec
from msgspec import Struct

from ownjournal.catalogue import store
from ownjournal.ranking.pool import Pool

MOST = 30_000  # articles of one pool, the newest; a week of PubMed is about that
KEPT = 2  # pools in memory
_encoder = msgspec.msgpack.Encoder()


class Window(Struct, frozen=True):
    """Articles first received at revisions `after < r <= up_to`."""

    after: int
    up_to: int


class Batch(Struct, frozen=True):
    """A window's articles, ready to be ranked."""

    window: Window
    pool: Pool
    digest: str  # of all that the ranking knows of them


class Pools:
    """The last few batches, so that a window is read and counted once."""

    def __init__(self) -> None:
        self._batches: dict[Window, Batch] = {}

    def of(self, window: Window) -> Batch:
        """The articles of a window, as they were when this object first read them."""
        batch = self._batches.pop(window, None) or _read(window)
        self._batches[window] = batch  # the last one asked for stands last
        while len(self._batches) > KEPT:
            del self._batches[next(iter(self._batches))]
        return batch


def _read(window: Window) -> Batch:
    pool = Pool.of(store.candidates(window.after, window.up_to, limit=MOST))
    digest = hashlib.sha256()
    for each in pool.candidates:
        digest.update(_encoder.encode(each))
    return Batch(window, pool, digest.hexdigest())
