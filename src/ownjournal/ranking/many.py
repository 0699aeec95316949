"""Many: a pool scored for thousands of readers.

The numbers are those of `standing`, which one reader's issue is made from; only
the order of the work is another. Interests are taken some at a time: products of
whole matrices where articles have vectors of meaning, sums over the columns of
their terms otherwise. numpy and scipy let other threads work meanwhile, so that
two threads use two cores and share one pool.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from ownjournal.ranking.learning import likenesses
from ownjournal.ranking.pool import Floats, Ints, Pool
from ownjournal.ranking.relevance import Model, scored_by
from ownjournal.ranking.standing import Standing, of_scored

AT_ONCE = 16
"""Readers whose interests are scored together: 48 interests of 30,000 articles are
6 MB, which a core's cache nearly holds."""

MOST = 300
"""Articles of each reader, the highest: an issue has twelve, and every interest and
every article that repeats another takes some."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What stands highest for one reader, best first."""

    rows: Ints
    score: Floats
    relevance: Floats  # of the interest that speaks
    interest: Ints  # its place among the reader's interests in order of their keys


def ahead_of_many(
    pool: Pool,
    readers: Iterable[Sequence[Model]],
    *,
    most: int = MOST,
    threads: int = 2,
) -> Iterator[Ahead]:
    """What stands highest for each reader, in the order of the readers.

    The readers are read as they are needed, some ahead.
    """
    with ThreadPoolExecutor(threads) as workers:
        blocks = _in_blocks(readers)
        while several := list(islice(blocks, 4 * threads)):
            tasks = [workers.submit(_ahead, pool, block, most) for block in several]
            for task in tasks:
                yield from task.result()


def _in_blocks(readers: Iterable[Sequence[Model]]) -> Iterator[list[Sequence[Model]]]:
    left = iter(readers)
    while block := list(islice(left, AT_ONCE)):
        yield block


def standings(pool: Pool, block: Sequence[Sequence[Model]]) -> Iterator[Standing]:
    """The whole view of each reader of a block, one in memory at a time."""
    directions = [model.direction for models in block for model in models]
    alike = iter(likenesses(directions, pool) if directions else ())
    for models in block:
        yield of_scored([scored_by(next(alike), each, pool) for each in models], pool)


def _ahead(pool: Pool, block: list[Sequence[Model]], most: int) -> list[Ahead]:
    return [_first(view, most) for view in standings(pool, block)]


def _first(view: Standing, most: int) -> Ahead:
    highest = _highest(view.score, np.flatnonzero(view.allowed), most)
    rows = np.array(view.order(view.score, highest), np.int32)
    return Ahead(
        rows=rows,
        score=view.score[rows].astype(np.float32),
        relevance=view.relevance[rows].astype(np.float32),
        interest=view.best[rows].astype(np.int32),
    )


def _highest(
    values: NDArray[np.float64], rows: NDArray[np.intp], most: int
) -> NDArray[np.intp]:
    """The rows of the highest values; of equals the newer, as `Standing.order`."""
    if len(rows) <= most:
        return rows
    keys = np.round(values[rows], 6)
    edge = np.partition(keys, -most)[-most]
    above, level = rows[keys > edge], rows[keys == edge]
    return np.concatenate([above, level[::-1][: most - len(above)]])
