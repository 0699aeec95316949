"""A search cluster beside the embedded index, on the same articles; nodes are killed.

    python -m bench.clustered ARTICLES QUERIES.json

Takes articles of the catalogue that the environment names. Prints JSON: how fast each
takes them in, how long the same queries take, where their answers differ, and what
readers and articles notice of a node that is killed with -9 while a load goes on, and
of all nodes that are.
"""

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Event, Thread
from typing import Any

import django
from msgspec.structs import replace

from bench.indexed import documents
from made.cluster import Node, Nodes, cluster
from ownjournal.search.document import Document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.index import Hits, Index, IndexUnusable
from ownjournal.search.opensearch.index import OpenSearchIndex
from ownjournal.search.parser import parse
from ownjournal.search.query import All, Query

A_PAGE = 20
PASSES = 3
ALIKE = 40
"""Articles whose similar ones are compared."""

A_LOAD = 300
"""Articles of each revision that is written while nodes are killed."""

BEFORE, AFTER = 4.0, 12.0
"""Seconds of searches and loads before and after a node is killed."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    kept = list(islice(documents(), int(sys.argv[1])))
    texts = [text for _, text in json.loads(Path(sys.argv[2]).read_text())]
    queries = [parse(text).query or All() for text in texts]
    found: dict[str, Any] = {"articles": len(kept)}
    with tempfile.TemporaryDirectory(prefix="ownjournal-embedded-") as folder:
        embedded = EmbeddedIndex.open(Path(folder) / "index")
        found["embedded rate"] = filled(embedded, kept)
        with cluster(1) as nodes:
            alone = opened(nodes, "alone", replicas=0)
            found["rate of 1 node"] = filled(alone, kept)
        with cluster(3) as nodes:
            index = opened(nodes, "whole", replicas=1)
            found["rate of 3 nodes"] = filled(index, kept)
            found |= compared(embedded, index, kept, queries)
            found |= killed(nodes, index, kept, queries)
            found["errors without copies"] = without_copies(nodes, kept, queries)
            found |= all_killed(nodes, index)
    print(json.dumps(found))


def opened(nodes: Nodes, name: str, *, replicas: int) -> OpenSearchIndex:
    """An index of three shards."""
    return OpenSearchIndex.open(
        f"{nodes.url}/{name}?shards=3&replicas={replicas}&timeout=60"
    )


def filled(index: Index, kept: Sequence[Document]) -> float:
    """Put all in; articles a second of the clock, the commit included."""
    started = time.monotonic()
    with index.rebuilding() as writer:
        for each in kept:
            writer.put(each)
        writer.commit(1)
    return len(kept) / (time.monotonic() - started)


def compared(
    embedded: Index, index: Index, kept: Sequence[Document], queries: Sequence[Query]
) -> dict[str, Any]:
    """Answers and times of both."""
    by_pmid = {each.pmid: each for each in kept}

    def read(pmids: Sequence[int]) -> list[Document]:
        return [by_pmid[pmid] for pmid in pmids]

    def alike(asked: Index, document: Document) -> set[int]:
        return {each.pmid for each in asked.similar(document, read)}

    step = max(len(kept) // ALIKE, 1)
    shares = [
        len(ours & theirs) / len(theirs)
        for each in kept[::step]
        if (theirs := alike(embedded, each))
        for ours in [alike(index, each)]
    ]
    pairs = [(first(embedded, each), first(index, each)) for each in queries]
    newest = [
        first(embedded, each, "newest") == first(index, each, "newest")
        for each in queries
    ]
    same = [
        len(pmids(one) & pmids(two)) / len(one.hits) for one, two in pairs if one.hits
    ]
    return {
        "other totals": sum(one.total != two.total for one, two in pairs),
        "other newest": newest.count(False),
        "best shared": sum(same) / len(same),
        "similar shared": sum(shares) / len(shares),
        "embedded ms": times(embedded, queries),
        "cluster ms": times(index, queries),
    }


def first(index: Index, query: Query, order: Any = "best") -> Hits:
    """The first page."""
    return index.search(query, limit=A_PAGE, order=order)


def pmids(found: Hits) -> set[int]:
    return {hit.pmid for hit in found.hits}


def times(index: Index, queries: Sequence[Query]) -> list[float]:
    """Milliseconds of each query: the best of some passes after one to warm up."""
    passes = []
    for _ in range(1 + PASSES):
        taken = []
        for query in queries:
            started = time.perf_counter()
            first(index, query)
            taken.append((time.perf_counter() - started) * 1000)
        passes.append(taken)
    return [min(each) for each in zip(*passes[1:], strict=True)]


class Stream:
    """A thread that does something without end; counts what it did and what failed."""

    def __init__(self, steps: Iterator[Callable[[], object]]) -> None:
        self.done, self.failed = 0, 0
        self.slowest = 0.0
        self._over = Event()
        self._steps = steps
        self._thread = Thread(target=self._run)

    def __enter__(self) -> "Stream":
        self._thread.start()
        return self

    def __exit__(self, *told: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        for step in self._steps:
            if self._over.is_set():
                return
            started = time.monotonic()
            try:
                step()
                self.done += 1
            except IndexUnusable as error:
                self.failed += 1
                print(error, file=sys.stderr)
            self.slowest = max(self.slowest, time.monotonic() - started)


def searches(index: Index, queries: Sequence[Query]) -> Stream:
    """Searches one after the other."""

    def steps() -> Iterator[Callable[[], object]]:
        while True:
            yield from (lambda query=each: first(index, query) for each in queries)

    return Stream(steps())


def loads(index: Index, kept: list[Document]) -> Stream:
    """Revisions that replace articles; `kept` becomes what was acknowledged."""

    def load(start: int, revision: int) -> None:
        some = [
            replace(each, revision=revision) for each in kept[start : start + A_LOAD]
        ]
        index.apply(some, (), revision)
        kept[start : start + A_LOAD] = some

    def steps() -> Iterator[Callable[[], object]]:
        revision = 1
        while True:
            revision += 1
            start = revision * A_LOAD % len(kept)
            yield lambda at=start, number=revision: load(at, number)

    return Stream(steps())


def killed(
    nodes: Nodes, index: Index, kept: Sequence[Document], queries: Sequence[Query]
) -> dict[str, Any]:
    """One node of three goes while articles are searched and loaded."""
    held = list(kept)
    reading = opened(nodes, "whole", replicas=1)
    with searches(reading, queries) as asked, loads(index, held) as loaded:
        time.sleep(BEFORE)
        victim: Node = nodes.nodes[1]
        victim.end(signal.SIGKILL)
        started = time.monotonic()
        time.sleep(AFTER)
    victim.start(nodes.nodes)
    nodes.wait()
    return {
        "searches": asked.done,
        "search errors": asked.failed,
        "slowest search s": asked.slowest,
        "loads": loaded.done,
        "load errors": loaded.failed,
        "green after s": time.monotonic() - started - AFTER,
        "lost by one": lost(index, held),
    }


def lost(index: Index, kept: Sequence[Document]) -> int:
    """Articles that are not there as they were acknowledged."""
    index.check()
    expected = {(each.pmid, each.revision) for each in kept}
    return len(expected ^ set(index.held()))


def without_copies(
    nodes: Nodes, kept: Sequence[Document], queries: Sequence[Query]
) -> int:
    """The control: with no replicas a lost node must be noticed, never hidden."""
    index = opened(nodes, "control", replicas=0)
    filled(index, kept[:2_000])
    with searches(index, queries) as asked:
        time.sleep(1)
        nodes.nodes[2].end(signal.SIGKILL)
        time.sleep(AFTER)
    nodes.start()
    return asked.failed


def all_killed(nodes: Nodes, index: Index) -> dict[str, Any]:
    """All nodes go at once and come back."""
    held = set(index.held())
    for node in nodes.nodes:
        node.end(signal.SIGKILL)
    started = time.monotonic()
    nodes.start()
    index.check()
    return {
        "lost by all": len(held ^ set(index.held())),
        "back after s": time.monotonic() - started,
    }


if __name__ == "__main__":
    main()
