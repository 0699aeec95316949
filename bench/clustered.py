"""A search cluster beside the embedded index, on the same articles; nodes are killed.

    python -m bench.clustered ARTICLES QUERIES.json FOLDER

Takes the catalogue that the environment names, with its index, and keeps a cluster of
three nodes in FOLDER. Prints JSON: how fast each takes some articles in, how long the
same queries take over all of them, where their answers differ, and what readers and
articles notice of a node that is killed with -9 while a load goes on, and of all nodes
that are.
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

from bench.child import run
from bench.indexed import documents
from bench.loads import ownjournal
from made.cluster import Node, Nodes, cluster
from ownjournal.search.document import Document, document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.index import Hits, Index, IndexUnusable
from ownjournal.search.opensearch.index import OpenSearchIndex
from ownjournal.search.parser import parse
from ownjournal.search.query import All, And, Query, Term

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
    from ownjournal.catalogue import following

    texts = [text for _, text in json.loads(Path(sys.argv[2]).read_text())]
    queries = [parse(text).query or All() for text in texts]
    kept = list(islice(documents(), int(sys.argv[1])))
    found = rates(kept)
    with cluster(3, Path(sys.argv[3])) as nodes:
        bring_up(nodes)
        whole = opened(nodes, "whole", replicas=1)
        found |= compared(following.index(), whole, kept, queries)
        found |= killed(nodes, whole, kept, queries)
        found |= all_killed(nodes, whole)
        found |= without_copies(nodes, kept, queries)
    print(json.dumps(found))


def rates(kept: Sequence[Document]) -> dict[str, Any]:
    """Articles a second that each takes in, all nodes on this machine."""
    found: dict[str, Any] = {"loaded": len(kept)}
    with tempfile.TemporaryDirectory(prefix="ownjournal-embedded-") as folder:
        embedded = EmbeddedIndex.open(Path(folder) / "index")
        found["embedded rate"] = filled(embedded, kept)
    for count in (1, 3):
        with cluster(count) as nodes:
            index = opened(nodes, "rate", replicas=0)
            found[f"rate of {count}"] = filled(index, kept)
    return found


def bring_up(nodes: Nodes) -> None:
    """All of the store in the cluster, by the product's own command."""
    environment = {"SEARCH_URL": f"{nodes.url}/whole?shards=3&replicas=1&timeout=60"}
    is_new = opened(nodes, "whole", replicas=1).revision == 0
    run([*ownjournal("index"), *["--rebuild"] * is_new], environment=environment)


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
    narrower = [index.count(And((each, Term("patients")))) for each in queries]
    newest = [
        first(embedded, each, "newest") == first(index, each, "newest")
        for each in queries
    ]
    same = [
        len(pmids(one) & pmids(two)) / len(one.hits) for one, two in pairs if one.hits
    ]
    return {
        "articles": embedded.count(All()),
        "other totals": sum(one.total != two.total for one, two in pairs),
        "other totals of narrower queries": sum(
            one.total != count for (one, _), count in zip(pairs, narrower, strict=True)
        ),
        "other newest": newest.count(False),
        "best shared": sum(same) / len(same),
        "similar shared": sum(shares) / len(shares),
        "embedded ms": times(embedded, queries),
        "cluster ms": times(index, queries),
    }


def read(pmids: Sequence[int]) -> list[Document]:
    """Documents of the store."""
    from ownjournal.catalogue import store

    found = store.contents(pmids)
    return [
        document(content.article, content.appraisal, revision)
        for _, revision, content in found
        if content is not None
    ]


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
    nodes: Nodes, whole: Index, kept: Sequence[Document], queries: Sequence[Query]
) -> dict[str, Any]:
    """One node of three goes while all is searched and a part is loaded."""
    held, part = list(kept), opened(nodes, "part", replicas=1)
    filled(part, kept)
    before = holdings(whole)
    with searches(whole, queries) as asked, loads(part, held) as loaded:
        time.sleep(BEFORE)
        victim: Node = nodes.nodes[1]
        victim.end(signal.SIGKILL)
        time.sleep(AFTER)
        victim.start(nodes.nodes)
        started = time.monotonic()
        nodes.wait()
        green = time.monotonic() - started
    lost = len(before ^ holdings(whole)) + len(revised(held) ^ holdings(part))
    return {
        "searches": asked.done,
        "search errors": asked.failed,
        "slowest search s": asked.slowest,
        "loads": loaded.done,
        "load errors": loaded.failed,
        "green after s": green,
        "lost by one": lost,
        "lost of one removed": removed(part, held),
    }


def holdings(index: Index) -> set[tuple[int, int]]:
    """PMIDs and revisions, of an index that is whole."""
    index.check()
    return set(index.held())


def revised(kept: Sequence[Document]) -> set[tuple[int, int]]:
    """PMIDs and revisions as they were acknowledged."""
    return {(each.pmid, each.revision) for each in kept}


def removed(index: Index, kept: Sequence[Document]) -> int:
    """The control: an article that goes must be missed."""
    index.apply((), [kept[0].pmid], index.revision + 1)
    return len(revised(kept) ^ holdings(index))


def without_copies(
    nodes: Nodes, kept: Sequence[Document], queries: Sequence[Query]
) -> dict[str, Any]:
    """The control: with no replicas a lost node must be noticed, never hidden."""
    index = opened(nodes, "control", replicas=0)
    filled(index, kept[:2_000])
    with searches(index, queries) as asked:
        time.sleep(1)
        nodes.nodes[2].end(signal.SIGKILL)
        time.sleep(AFTER)
    nodes.start()
    return {"errors without copies": asked.failed}


def all_killed(nodes: Nodes, index: Index) -> dict[str, Any]:
    """All nodes go at once and come back."""
    before = holdings(index)
    for node in nodes.nodes:
        node.end(signal.SIGKILL)
    started = time.monotonic()
    nodes.start()
    back = time.monotonic() - started
    return {"lost by all": len(before ^ holdings(index)), "back after s": back}


if __name__ == "__main__":
    main()
