"""The articles an issue is chosen from, made ready once for many readers.

Readers whose last issues were made at the same revision share one pool. Whoever
compiles for many keeps one `Pools` for all of them.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from msgspec import Struct

from ownjournal.catalogue import store
from ownjournal.catalogue.dates import published
from ownjournal.pubmed.article import Article
from ownjournal.ranking.candidate import candidate
from ownjournal.ranking.pool import Pool

MOST = 30_000  # articles of one pool, the newest; a week of PubMed is about that
KEPT = 2  # pools in memory
FRESH = timedelta(days=366)
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


def fresh(received: Sequence[store.Kept]) -> list[store.Kept]:
    """Those that are new to everybody, and not only to us.

    A third of a daily file are old articles that NLM has changed. What entered
    PubMed more than a year before the newest is left to the search, unless most
    is that old: then it is a collection that somebody loaded, and all of it counts.
    """
    entered = [_entered(each.article) for each in received]
    newest = max((day for day in entered if day is not None), default=None)
    if newest is None:
        return list(received)
    young = [
        each
        for each, day in zip(received, entered, strict=True)
        if day is not None and day >= newest - FRESH
    ]
    return young if len(young) * 2 >= len(received) else list(received)


def _entered(article: Article) -> date | None:
    """The day it came into PubMed; where that is not told, the first of its print."""
    for step in article.history:
        if step.status == "entrez" and step.date.year is not None:
            return step.date.first_day()
    return published(article).first_day()


def _read(window: Window) -> Batch:
    received = store.received_between(window.after, window.up_to, limit=MOST)
    chosen = (candidate(each.article, each.appraisal) for each in fresh(received))
    pool = Pool.of(list(chosen))
    digest = hashlib.sha256()
    for each in pool.candidates:
        digest.update(_encoder.encode(each))
    return Batch(window, pool, digest.hexdigest())
