"""What the interests of many readers name, read from the catalogue once for all.

Readers of one subject follow the same topics and name the same articles. What is at
hand is as the catalogue was at one revision, and is forgotten after a minute, as a
new MeSH makes no revision.
"""

import time
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ownjournal.catalogue import mesh, store
from ownjournal.ranking.candidate import Candidate, candidate
from ownjournal.readers.models import Interest, Reader

MOST = 10_000  # articles
KEPT_SECONDS = 60.0


class Topic(Struct, frozen=True):
    """A descriptor as an interest takes it."""

    name: str | None  # None: neither NLM's file nor any article names it
    narrower: tuple[str, ...]  # UIs, its own among them


class AtHand:
    """Topics by UI and articles by PMID."""

    def __init__(self) -> None:
        self._revision, self._until = -1, 0.0
        self._topics: dict[str, Topic] = {}
        self._articles: dict[int, Candidate] = {}
        self._tree: mesh.Tree | None = None

    def read(self, readers: Iterable[Reader]) -> None:
        """All that these readers follow, in a few questions; forgets what is old."""
        self._keep_fresh()
        rows = [row for reader in readers for row in reader.interests.all()]
        topics = {row.value for row in rows if row.kind == Interest.Kind.TOPIC}
        self._read_topics(sorted(topics - self._topics.keys()))
        self.articles(
            [int(row.value) for row in rows if row.kind == Interest.Kind.SEED]
        )

    def topic(self, ui: str) -> Topic:
        """A topic, whether it was read ahead or not."""
        if ui not in self._topics:
            self._topics[ui] = Topic(mesh.name(ui), tuple(sorted(mesh.narrower(ui))))
        return self._topics[ui]

    def articles(self, pmids: Sequence[int]) -> dict[int, Candidate]:
        """Those that are kept, in this order."""
        missing = [pmid for pmid in pmids if pmid not in self._articles]
        if len(self._articles) + len(missing) > MOST:
            self._articles, missing = {}, list(pmids)
        for pmid, kept in store.get_many(missing).items():
            self._articles[pmid] = candidate(kept.article, kept.appraisal)
        known = self._articles
        return {pmid: known[pmid] for pmid in pmids if pmid in known}

    def _read_topics(self, uis: Sequence[str]) -> None:
        if not uis:
            return
        self._tree = self._tree or mesh.Tree.read()
        names = mesh.names(uis)
        for ui in uis:
            narrower = tuple(sorted(self._tree.narrower(ui)))
            self._topics[ui] = Topic(names.get(ui), narrower)

    def _keep_fresh(self) -> None:
        revision, clock = store.revision(), time.monotonic()
        if revision != self._revision or clock > self._until:
            self._topics, self._articles, self._tree = {}, {}, None
            self._revision, self._until = revision, clock + KEPT_SECONDS
