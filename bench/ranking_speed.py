"""What ranking and appraisal cost; the parts of `make bench AREA=ranking`."""

import json
from collections.abc import Iterator

from bench.child import python
from bench.figures import QUICK, Row

AREA = "ranking"
READERS = 10_000
SERVED = 500 if QUICK else READERS


def readers() -> Iterator[Row]:
    """One interest learnt, and the peer's way of serving ten thousand readers."""
    found = _child("training")
    articles = f"{found['articles']:,} articles"
    yield _row(f"one interest learnt, {articles}", found["learnt_ms"], "ms", 100, 100)
    yield _row(f"one interest scored, {articles}", found["scored_ms"], "ms")
    yield _row(f"pool of {articles}", found["pool_s"], "CPU-s")
    yield from _scored()
    if QUICK:
        return
    theirs = _child("peer")
    yield _row(
        f"arxiv-sanity SVM for {READERS:,} readers, {articles}",
        theirs["reader_s"] * READERS,
        "CPU-s",
        note=f"scaled from {theirs['reader_s']:.2f} s a reader; nothing of ours",
    )


def _scored() -> Iterator[Row]:
    """All readers against all articles, on the cores there are."""
    cost = python("bench.ranking_times", "scoring", SERVED)
    found = json.loads(cost.output)
    served = f"{found['articles']:,} articles for {READERS:,} readers"
    scale = READERS / found["readers"]
    yield _row(
        f"{served} of three interests",
        found["wall_s"] * scale,
        "s",
        60,
        15,
        note=f"{found['readers']:,} readers measured, {found['cpu_s'] * scale:.0f} "
        "CPU-s for all; learning and the pool left out",
    )
    yield _row(f"peak memory of scoring {served}", cost.peak_mb, "MB", 2_000, 2_000)


def appraising() -> Iterator[Row]:
    """The rules, over every real record there is."""
    found = _child("judging")
    figure = f"appraisal by rules, {found['articles']:,} real records"
    yield _row(figure, found["ms"], "ms/article", 0.1, 0.05)


def _child(part: str) -> dict[str, float]:
    cost = python("bench.ranking_times", part, one_core=True)
    found: dict[str, float] = json.loads(cost.output)
    return found


def _row(
    figure: str,
    value: float,
    unit: str,
    floor: float | None = None,
    target: float | None = None,
    note: str | None = None,
) -> Row:
    return Row(AREA, figure, value, unit, "lower", floor, target, note=note)
