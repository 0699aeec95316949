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
    ranked,
    related,
    sizes,
)
from bench.figures import QUICK, Row, show, write
from bench.inputs import SHARED
from bench.stream import Stream, readers


def main() -> None:
    """Measure the areas asked for and keep their rows."""
    asked = os.environ.get("AREA") or None
    every = 4 if QUICK else 1
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
    yield from sizes.rows(SHARED)
    stream = Stream.read(SHARED)
    served = readers(SHARED, stream.articles)
    print("Replaying the stream …", file=sys.stderr, flush=True)
    yield from ranked.rows(stream, served, every)
    print("Composing issues for three interests …", file=sys.stderr, flush=True)
    yield from composed.rows(stream, served, every)


def _article(every: int) -> Iterator[Row]:
    """What an article page says of other articles."""
    yield from alike.rows(SHARED, every)
    print("Asking for related articles …", file=sys.stderr, flush=True)
    stream = Stream.read(SHARED)
    yield from related.rows(SHARED, stream, readers(SHARED, stream.articles), every)


def _search(every: int) -> Iterator[Row]:
    """What a query finds, and in which order."""
    yield from booleans.rows(SHARED, every)
    yield from questions.rows(SHARED, every)
    yield from meaning.rows(SHARED, every)
    yield from known_item.rows(SHARED, every)


AREAS = {"ranking": _ranking, "article": _article, "search": _search}

if __name__ == "__main__":
    main()
