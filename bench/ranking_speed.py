"""What ranking and appraisal cost; the parts of `make bench AREA=ranking`."""

import json
import os
from collections.abc import Iterator

from bench.child import Cost, python
from bench.figures import Row

AREA = "ranking"
QUICK = bool(os.environ.get("QUICK"))
READERS = 10_000


def readers() -> Iterator[Row]:
    """One interest learnt, and the peer's way of serving ten thousand readers."""
    cost, found = _child("training")
    articles = f"{found['articles']:,} articles"
    yield _row(f"one interest learnt, {articles}", found["learnt_ms"], "ms", 100, 100)
    yield _row(f"one interest scored, {articles}", found["scored_ms"], "ms")
    yield _row(f"pool of {articles}", found["pool_s"], "CPU-s")
    yield _row(f"peak memory with {articles}", cost.peak_mb, "MB", 2_000, 2_000)
    if QUICK:
        return
    _, theirs = _child("peer")
    yield _row(
        f"arxiv-sanity SVM for {READERS:,} readers, {articles}",
        theirs["reader_s"] * READERS,
        "CPU-s",
        note=f"scaled from {theirs['reader_s']:.2f} s a reader; nothing of ours",
    )


def appraising() -> Iterator[Row]:
    """The rules, over every real record there is."""
    _, found = _child("judging")
    figure = f"appraisal by rules, {found['articles']:,} real records"
    yield _row(figure, found["ms"], "ms/article", 0.1, 0.05)


def _child(part: str) -> tuple[Cost, dict[str, float]]:
    cost = python("bench.ranking_times", part, one_core=True)
    return cost, json.loads(cost.output)


def _row(
    figure: str,
    value: float,
    unit: str,
    floor: float | None = None,
    target: float | None = None,
    note: str | None = None,
) -> Row:
    return Row(AREA, figure, value, unit, "lower", floor, target, note=note)
