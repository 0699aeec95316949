"""Asking: the articles of a pool whose judgement by a new reader would teach most.

For each interest in turn, of what it reaches, the one that it is least certain of:
whose nearness is about where an article begins to be about it. Of equally uncertain
ones the better evidence is asked for, and what is least like those asked for already.
What the interests do not fill, the best evidence does. Nothing is drawn by lot.
"""

from collections.abc import Collection, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ownjournal.ranking.exploring import NEAR_ENOUGH
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.standing import LEAST_NEARNESS, Standing, standing

LIKENESS = 1.0
"""What an article loses for the cosine to the nearest that is asked for."""

EVIDENCE = 0.5
"""What the best evidence adds to an article's doubt, which is at most 1."""

LOOKED_AT = 200
"""Articles of an interest, those worth most, from which those to ask are taken."""


class Asked(Struct, frozen=True):
    """An article to ask a reader about."""

    pmid: int
    interest: str | None  # the name of what it may be about; None: of none


def ask(
    pool: Pool,
    interests: Sequence[Interest],
    *,
    known: Collection[int] = (),
    most: int = 10,
) -> tuple[Asked, ...]:
    """At most so many articles, none of the PMIDs that are known."""
    view = standing(pool, interests)
    free = view.sound.copy()
    free[[pool.row_of[pmid] for pmid in known if pmid in pool.row_of]] = False
    worth = doubt(view) + EVIDENCE * pool.evidence / 100
    asking = _Asking(pool, np.asarray(worth, np.float64))
    lines = _lines(view, free, worth)
    while any(lines.values()) and len(asking.rows) < most:
        for number, rows in lines.items():
            if rows and len(asking.rows) < most:
                asking.take(rows, number)
    best = view.order(pool.evidence.astype(np.float64), np.flatnonzero(free))
    rest = [row for row in best[:LOOKED_AT] if row not in asking.rows]
    while rest and len(asking.rows) < most:
        asking.take(rest, None)
    return tuple(
        Asked(
            pool.candidates[row].pmid,
            None if number is None else view.interests[number].model.interest.name,
        )
        for row, number in asking.rows.items()
    )


def doubt(view: Standing) -> NDArray[np.float64]:
    """(n,) how uncertain it is that an article is about its interest, 0 to 1.

    1 where it just begins to be, and falling both ways.
    """
    near = np.maximum(view.nearness.astype(np.float64), 0)
    return np.minimum(near, LEAST_NEARNESS) / np.maximum(near, LEAST_NEARNESS)


class _Asking:
    """What is asked for so far."""

    def __init__(self, pool: Pool, worth: NDArray[np.float64]) -> None:
        self.rows: dict[int, int | None] = {}  # and the interest of each
        self._pool = pool
        self._left = worth.copy()
        self._alike = np.zeros(len(pool))

    def take(self, rows: list[int], interest: int | None) -> None:
        """Of these the one that is worth most beside what is taken; out of `rows`."""
        values = np.round((self._left - LIKENESS * self._alike)[rows], 6)
        row = rows.pop(int(values.argmax()))
        self.rows[row] = interest
        to_it = (self._pool.matrix @ self._pool.matrix[[row]].T).toarray().ravel()
        self._alike = np.maximum(self._alike, to_it)


def _lines(
    view: Standing, free: NDArray[np.bool_], worth: NDArray[np.float64]
) -> dict[int, list[int]]:
    """What each interest reaches, by falling worth."""
    reached = free & (view.nearness >= NEAR_ENOUGH)
    lines = {}
    for number in range(len(view.interests)):
        rows = np.flatnonzero(reached & (view.best == number))
        lines[number] = view.order(worth, rows)[:LOOKED_AT]
    return lines
