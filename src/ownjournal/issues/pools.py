"""The articles an issue is chosen from, made ready once for many readers.

Readers whose last issues were made at the same revision share one pool. Whoever
compiles for many keeps one `Pools` for all of them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import msgspec
from django.db.models import F, QuerySet
from msgspec import Struct
from msgspec.structs import replace as changed

from ownjournal.catalogue import store
from ownjournal.catalogue.dates import published
from ownjournal.catalogue.models import Article as Row
from ownjournal.issues import saved_pools
from ownjournal.issues.news import Linked
from ownjournal.pubmed.article import Article
from ownjournal.ranking.candidate import Candidate, candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import Model, model_of
from ownjournal.readers.at_hand import AtHand
from ownjournal.readers.searches.matching import Matching

MOST = 30_000  # articles of one pool, the newest; a week of PubMed is about that
KEPT = 2  # pools in memory
CHUNK = 1_000  # articles read at a time
FRESH = timedelta(days=366)
_encoder = msgspec.msgpack.Encoder()


class Window(Struct, frozen=True):
    """Articles first received at revisions `after < r <= up_to`."""

    after: int
    up_to: int
    best: bool = False  # of very many the best count, and not the newest


class Received(Struct, frozen=True):
    """An article that came in, and the day it came into PubMed."""

    candidate: Candidate
    entered_on: date | None


class Seen(Struct, frozen=True):
    """What an issue keeps of an article beside the reasons for it."""

    title: str  # plain
    integrity: str | None
    trace: bytes


class Batch(Struct, frozen=True):
    """A window's articles, ready to be ranked."""

    window: Window
    pool: Pool
    digest: str  # of all that the ranking knows of them
    matching: Matching  # what saved searches find of it
    seen: dict[int, Seen] = {}  # of articles chosen before, by PMID
    models: dict[Interest, Model] = {}  # of what others declared too

    def models_of(self, interests: Sequence[Interest]) -> list[Model]:
        """Each in the pool's terms; what several readers declare is learnt once."""
        return [self._model_of(each) for each in interests]

    def _model_of(self, interest: Interest) -> Model:
        if interest.articles():
            return model_of(interest, self.pool)
        declared = changed(interest, key="", name="")
        if declared not in self.models:
            self.models[declared] = model_of(declared, self.pool)
        return replace(self.models[declared], interest=interest)


class Pools:
    """The last few batches, so that a window is read and counted once."""

    def __init__(self) -> None:
        self._batches: dict[Window, Batch] = {}
        self.linked = Linked()
        self.at_hand = AtHand()

    def of(self, window: Window) -> Batch:
        """The articles of a window, as they were when this object first read them."""
        batch = self._batches.pop(window, None) or _read(window)
        self._batches[window] = batch  # the last one asked for stands last
        while len(self._batches) > KEPT:
            del self._batches[next(iter(self._batches))]
        return batch


def fresh(received: Sequence[Received]) -> list[Candidate]:
    """Those that are new to everybody, and not only to us.

    A third of a daily file are old articles that NLM has changed. What entered
    PubMed more than a year before the newest is left to the search, unless most
    is that old: then it is a collection that somebody loaded, and all of it counts.
    What tells no day is not called old.
    """
    days = [each.entered_on for each in received if each.entered_on is not None]
    first = max(days, default=date.max) - FRESH
    young = [
        each.candidate
        for each in received
        if each.entered_on is None or each.entered_on >= first
    ]
    if len(young) * 2 >= len(received):
        return young
    return [each.candidate for each in received]


def received(window: Window) -> Iterator[Received]:
    """What came in, newest first; one chunk of whole articles in memory at a time.

    Of a very large load the newest files are looked at, see `store.newest_from`;
    for an issue that makes up for weeks, all of it.
    """
    first = window.after + 1
    if not window.best:
        first = max(first, store.newest_from(window.up_to))
    rows = Row.objects.filter(
        live=True,
        revision__gte=first,  # never below the first; it has an index
        first_revision__gte=first,
        first_revision__lte=window.up_to,
    )
    pmids = _ordered(rows, window)
    for start in range(0, len(pmids), CHUNK):
        chunk = pmids[start : start + CHUNK]
        kept = store.get_many(chunk)
        for each in (kept[pmid] for pmid in chunk if pmid in kept):
            chosen = candidate(each.article, each.appraisal)
            yield Received(chosen, _entered(each.article))


def _ordered(rows: QuerySet[Row], window: Window) -> list[int]:
    """The PMIDs of as many as a pool takes, newest first."""
    newest = ("-first_revision", "-pk")
    if not window.best:
        return list(rows.order_by(*newest).values_list("pk", flat=True)[:MOST])
    worth = (F("quality") + F("significance")).desc()
    ordered = rows.order_by(worth, *newest).values_list("first_revision", "pk")
    return [pmid for _, pmid in sorted(ordered[:MOST], reverse=True)]


def _entered(article: Article) -> date | None:
    """The day it came into PubMed; where that is not told, the first of its print."""
    for step in article.history:
        if step.status == "entrez" and step.date.year is not None:
            return step.date.first_day()
    return published(article).first_day()


def _read(window: Window) -> Batch:
    kind = "best" if window.best else "newest"
    name = f"{window.after}-{window.up_to}-{kind}-at-{store.revision()}"
    pool = saved_pools.load(name)
    if pool is None:
        pool = Pool.of(fresh(list(received(window))))
        saved_pools.save(name, pool)
    digest = hashlib.sha256()
    for each in pool.candidates:
        digest.update(_encoder.encode(each))
    matching = Matching([each.pmid for each in pool.candidates])
    return Batch(window, pool, digest.hexdigest(), matching)
