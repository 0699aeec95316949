"""`make evaluate`: how good appraisal, ranking and search are, on the shared data.

    make evaluate                everything, some minutes
    make evaluate QUICK=1        every fourth issue of the stream
    make evaluate AREA=ranking   one area; the rows of the others stay

Prints a table and writes docs/figures/evaluate.json. What the figures mean, and
what was tried and did not help, is in docs/ranking.md.
"""

import os
import sys
from collections.abc import Iterator

from bench import (
    alike,
    appraised,
    booleans,
    composed,
    known_item,
    meaning,
    questions,
)
from bench.figures import Row, show, write
from bench.inputs import SHARED
from bench.methods import keywords, newest, ours, ours_with_evidence, rocchio
from bench.replay import Method, Result, readers, replay, stream

OURS = "ours"
METHODS: dict[str, Method] = {
    "newest first": newest,
    "keyword alert": keywords,
    "Rocchio": rocchio(),
    OURS: ours,
    "ours with evidence": ours_with_evidence,
}
TARGETS: dict[int, dict[str, float | None]] = {
    10: {"nDCG@10": 0.60, "R@20": 0.80, "WSS@95": 0.76},
    3: {"nDCG@10": 0.52, "R@20": 0.75, "WSS@95": None},
}


def main() -> None:
    """Measure the areas asked for and keep their rows."""
    asked = os.environ.get("AREA") or None
    every = 4 if os.environ.get("QUICK") else 1
    if not SHARED.is_dir():
        sys.exit(f"There is nothing to evaluate on: {SHARED} is not there.")
    if asked not in (None, *AREAS):
        sys.exit(f"There is no area {asked}, only {', '.join(AREAS)}.")
    rows = [
        row for area in AREAS if asked in (None, area) for row in AREAS[area](every)
    ]
    show(rows)
    print(write("evaluate", rows))


def _ranking(every: int) -> Iterator[Row]:
    """Appraisal by its labels, the stream replayed to readers, issues composed."""
    yield from appraised.rows(SHARED / "appraisal")
    articles = stream(SHARED)
    served = readers(SHARED, articles)
    for seeds, targets in TARGETS.items():
        print(f"Replaying the stream, {seeds} seeds …", file=sys.stderr, flush=True)
        results = replay(articles, served, METHODS, seeds=seeds, every=every)
        for figure, target in targets.items():
            yield _row(f"{seeds} seeds: {figure}", figure, results, target)
    print("Composing issues for three interests …", file=sys.stderr, flush=True)
    yield from composed.rows(articles, served, every)


def _row(
    name: str, figure: str, results: dict[str, Result], target: float | None
) -> Row:
    values = {method: result.named()[figure] for method, result in results.items()}
    peers = [method for method in values if not method.startswith(OURS)]
    best = max(peers, key=values.__getitem__)
    return Row(
        "ranking",
        name,
        values[OURS],
        "",
        "higher",
        target=target,
        peer=best,
        peer_value=values[best],
        note="; ".join(f"{method} {value:.3f}" for method, value in values.items()),
    )


def _article(every: int) -> Iterator[Row]:
    """What an article page says of other articles."""
    yield from alike.rows(SHARED, every)


def _search(every: int) -> Iterator[Row]:
    """What a query finds, and in which order."""
    yield from booleans.rows(SHARED, every)
    yield from questions.rows(SHARED, every)
    yield from meaning.rows(SHARED, every)
    yield from known_item.rows(SHARED, every)


AREAS = {"ranking": _ranking, "article": _article, "search": _search}

if __name__ == "__main__":
    main()
