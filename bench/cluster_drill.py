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
from bench.figures import Row
from bench.loads import kept_catalogue

AREA = "reliability"
QUICK = bool(os.environ.get("QUICK"))
FILES = 1 if QUICK else 4
ARTICLES = 10_000 if QUICK else 100_000
QUERIES = 70 if QUICK else 210
PERCENTILES = (50, 95, 99)


def rows() -> Iterator[Row]:
    """Of one run on this machine: all nodes share its cores."""
    environment = {"DATA_DIR": str(kept_catalogue(FILES))}
    made = python("bench.mixed_queries", QUERIES, environment=environment).output
    with tempfile.NamedTemporaryFile("w", suffix=".json") as queries:
        queries.write(made)
        queries.flush()
        told = python(
            "bench.clustered", ARTICLES, queries.name, environment=environment
        )
    found: dict[str, Any] = json.loads(told.output)
    size = f"{found['articles']:,} articles"
    yield from _answers(found, size)
    yield from _speed(found, size)
    yield from _losses(found)


def _answers(found: dict[str, Any], size: str) -> Iterator[Row]:
    asked = f"{QUERIES} queries over {size}"
    yield _count("searches with another number of hits", found["other totals"], asked)
    yield _count("newest first pages that differ", found["other newest"], asked)
    yield Row(
        AREA,
        "best 20 that both engines give",
        found["best shared"],
        "share",
        "higher",
        note=asked,
    )
    yield Row(
        AREA,
        "similar articles that both engines give",
        found["similar shared"],
        "share",
        "higher",
        0.9,
    )


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
    for name in ("rate of 1 node", "rate of 3 nodes"):
        yield Row(
            AREA,
            f"index {name}",
            found[name],
            "articles/s",
            "higher",
            peer="embedded",
            peer_value=found["embedded rate"],
            note="all nodes share the cores of this machine",
        )


def _losses(found: dict[str, Any]) -> Iterator[Row]:
    during = f"{found['searches']:,} searches and {found['loads']} loads meanwhile"
    yield _count(
        "errors seen by readers, one node killed", found["search errors"], during
    )
    yield _count("loads that failed, one node killed", found["load errors"], during)
    yield _count("articles lost, one node killed", found["lost by one"])
    yield _seconds("slowest search, one node killed", found["slowest search s"])
    yield _seconds("until green, from the start of the node", found["green after s"])
    yield _count("articles lost, all nodes killed", found["lost by all"])
    yield _seconds("until all nodes are back", found["back after s"])
    yield Row(
        AREA,
        "control: errors without copies of shards",
        found["errors without copies"],
        "errors",
        "higher",
        1,
        note="none would mean that half answers are given",
    )


def _count(figure: str, value: int, note: str | None = None) -> Row:
    return Row(AREA, figure, value, "", "lower", 0, 0, note=note)


def _seconds(figure: str, value: float) -> Row:
    return Row(AREA, figure, value, "s", "lower")


def _percentile(values: list[float], percentile: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percentile - 1]
