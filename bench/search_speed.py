"""Search at the size of a specialty's whole literature.

How long mixed queries take at 1.6 million articles and at 100,000, how long their
facets take, and what the index costs beside SQLite FTS5.
"""

import json
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.child import python
from bench.figures import QUICK, Row
from bench.inputs import FOLDER
from bench.loads import kept_catalogue

AREA = "search"
SMALL = 1 if QUICK else 4  # files: 100,000 live articles
LARGE = 4 if QUICK else 60  # 1.6 million
QUERIES = 210 if QUICK else 500
PERCENTILES = (50, 95, 99)
LIMITS = {50: (10, 2), 95: (40, 12), 99: (100, 25)}  # ms: floor and target


def times() -> Iterator[Row]:
    """The same queries, made from articles that both catalogues hold."""
    small, large = kept_catalogue(SMALL), kept_catalogue(LARGE)
    made = python(
        "bench.mixed_queries", QUERIES, environment={"DATA_DIR": str(small)}
    ).output
    with tempfile.NamedTemporaryFile("w", suffix=".json") as queries:
        queries.write(made)
        queries.flush()
        few = _searched(small, queries.name)
        many = _searched(large, queries.name)
    yield from _latency(many)
    yield from _growth(few, many)
    yield from _beside_the_hits(many)


def _searched(folder: Path, queries: str) -> dict[str, list[float]]:
    cost = python("bench.query_times", folder / "index", queries, one_core=True)
    found: dict[str, list[float]] = json.loads(cost.output)
    return found


def _latency(many: dict[str, list[float]]) -> Iterator[Row]:
    note = f"{QUERIES} queries, {_by_kind(many)}"
    for percentile in PERCENTILES:
        floor, target = LIMITS[percentile]
        yield Row(
            AREA,
            f"search at {many['articles']:,} articles, p{percentile}",
            _percentile(many["search"], percentile),
            "ms",
            "lower",
            floor,
            target,
            note=note if percentile == PERCENTILES[0] else None,
        )


def _by_kind(many: dict[str, list[float]]) -> str:
    kinds: dict[str, list[float]] = {}
    for kind, value in zip(many["kinds"], many["search"], strict=True):
        kinds.setdefault(str(kind), []).append(value)
    return ", ".join(
        f"{kind} {_percentile(some, 50):.1f} / {_percentile(some, 95):.1f}"
        for kind, some in kinds.items()
    )


def _growth(few: dict[str, list[float]], many: dict[str, list[float]]) -> Iterator[Row]:
    sizes = f"{few['articles']:,} to {many['articles']:,} articles"
    for percentile in (50, 95):
        before, after = (
            _percentile(each["search"], percentile) for each in (few, many)
        )
        yield Row(
            AREA,
            f"growth of p{percentile}, {sizes}",
            after / before,
            "×",
            "lower",
            16,
            10,
            note=f"{before:.2f} ms to {after:.2f} ms",
        )


def _beside_the_hits(many: dict[str, list[float]]) -> Iterator[Row]:
    """What a search page asks for besides, or instead."""
    names = {"facets": "all facets of a search", "evidence": "search by evidence"}
    for key, name in names.items():
        for percentile in (50, 95):
            yield Row(
                AREA,
                f"{name}, p{percentile}",
                _percentile(many[key], percentile),
                "ms",
                "lower",
            )


def index_cost() -> Iterator[Row]:
    """Time and room for the same articles."""
    environment = {"DATA_DIR": str(kept_catalogue(SMALL))}
    runs = []
    for _ in range(1 if QUICK else 3):
        with tempfile.TemporaryDirectory(dir=FOLDER, prefix="index-") as folder:
            made = python("bench.indexed", folder, environment=environment)
            runs.append(json.loads(made.output))
    articles = runs[0]["ours"]["articles"]
    seconds = {
        name: statistics.median(each[name]["cpu_seconds"] for each in runs)
        for name in ("ours", "FTS5")
    }
    sizes = {name: runs[0][name]["bytes"] / articles for name in seconds}
    yield Row(
        AREA,
        f"index time per 1,000 articles, over {articles:,}",
        seconds["ours"] / articles * 1000,
        "CPU-s",
        "lower",
        peer="SQLite FTS5",
        peer_value=seconds["FTS5"] / articles * 1000,
    )
    yield Row(
        AREA,
        "index time, against SQLite FTS5",
        seconds["ours"] / seconds["FTS5"],
        "×",
        "lower",
        target=1.3,
    )
    yield Row(
        AREA,
        "index size per article",
        sizes["ours"],
        "bytes",
        "lower",
        target=sizes["FTS5"],
        peer="SQLite FTS5",
        peer_value=sizes["FTS5"],
    )


def _percentile(values: Sequence[float], percentile: int) -> float:
    return sorted(values)[len(values) * percentile // 100]
