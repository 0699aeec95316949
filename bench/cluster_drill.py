"""`make drill PART=cluster`: the search cluster beside the embedded index.

See `clustered` for what is done; here it becomes figures with what was asked of them.
"""

import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from typing import Any

from bench.child import python
from bench.figures import QUICK, Row, proof
from bench.inputs import FOLDER
from bench.loads import kept_catalogue

AREA = "reliability"
FILES = int(os.environ.get("CLUSTER_FILES", "1" if QUICK else "60"))
ARTICLES = 10_000 if QUICK else 30_000  # to take in, and to load while nodes go
QUERIES = 70 if QUICK else 210
PERCENTILES = (50, 95, 99)


def rows() -> Iterator[Row]:
    """Of one run on this machine: all nodes share its cores."""
    environment = {"DATA_DIR": str(kept_catalogue(FILES))}
    made = python("bench.mixed_queries", QUERIES, environment=environment).output
    with tempfile.NamedTemporaryFile("w", suffix=".json") as queries:
        queries.write(made)
        queries.flush()
        asked = (ARTICLES, queries.name, FOLDER / f"cluster-{FILES}")
        told = python("bench.clustered", *asked, environment=environment)
    found: dict[str, Any] = json.loads(told.output)
    size = f"{found['articles']:,} articles"
    yield from _answers(found, size)
    yield from _speed(found, size)
    yield from _losses(found, size)


def _answers(found: dict[str, Any], size: str) -> Iterator[Row]:
    narrower = found["other totals of narrower queries"]
    if not narrower:
        raise AssertionError("narrower queries find as much")
    for drill, name in (
        ("searches with another number of hits", "other totals"),
        ("first pages of the newest that differ", "other newest"),
    ):
        yield proof(
            AREA,
            f"{drill} on the cluster, {size}",
            found[name],
            promise="the same results on the embedded index and on a cluster",
            tries=QUERIES,
            control=f"with a word more {narrower} numbers differ",
        )
    for figure, name, floor in (
        ("best 20 that both engines give", "best shared", None),
        ("similar articles that both engines give", "similar shared", 0.9),
    ):
        value = found[name]
        yield Row(AREA, f"{figure}, {size}", value, "share", "higher", floor)


def _speed(found: dict[str, Any], size: str) -> Iterator[Row]:
    for percentile in PERCENTILES:
        yield Row(
            AREA,
            f"search at {size}, three nodes on one machine, p{percentile}",
            _percentile(found["cluster ms"], percentile),
            "ms",
            "lower",
            peer="embedded",
            peer_value=_percentile(found["embedded ms"], percentile),
        )
    for count in (1, 3):
        yield Row(
            AREA,
            f"articles indexed a second, {count} nodes on one machine",
            found[f"rate of {count}"],
            "articles/s",
            "higher",
            peer="embedded",
            peer_value=found["embedded rate"],
            note=f"{found['loaded']:,} articles by one process, without copies",
        )


def _losses(found: dict[str, Any], size: str) -> Iterator[Row]:
    unseen, removed = found["errors without copies"], found["lost of one removed"]
    if not unseen or removed != 1:
        raise AssertionError("a lost shard, or a lost article, goes unnoticed")
    failed = f"without copies of shards {unseen} searches failed"
    missed = "one article removed is missed"
    for drill, name, tries, told in (
        ("searches failed, one node killed", "search errors", "searches", failed),
        ("loads failed, one node killed", "load errors", "loads", failed),
        ("articles lost, one node killed", "lost by one", "articles", missed),
        ("articles lost, all nodes killed", "lost by all", "articles", missed),
    ):
        yield proof(
            AREA,
            f"{drill} with -9 of a cluster of three, {size}",
            found[name],
            promise="a lost node loses nothing, and no reader sees it",
            tries=found[tries],
            control=told,
        )
    for figure, name in (
        ("slowest search, one node killed", "slowest search s"),
        ("until all is green, from the start of the killed node", "green after s"),
        ("until all killed nodes are back", "back after s"),
    ):
        yield Row(AREA, f"{figure}, {size}", round(found[name], 2), "s", "lower")


def _percentile(values: list[float], percentile: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percentile - 1]
