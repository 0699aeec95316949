"""Exploring: one article whose relevance is least certain, of the best quality.

It is about no interest, but nearly: whether its reader wants it teaches most. The
nearest to being about one is taken; where none is near by what it says, the one
whose headings go most often with those of an interest. Nothing is drawn by lot.
"""

import numpy as np
from numpy.typing import NDArray

from ownjournal.ranking.places import Place, Places
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.standing import LEAST_NEARNESS, Standing

BEST_SHARE = 0.1
"""An article to explore is among this share of the pool, by quality."""

NEAR_ENOUGH = LEAST_NEARNESS / 2
"""Below it, or below the mean of all, an article is not even near an interest:
with many seeds any text has some words in common."""

OFTEN_ENOUGH = 0.2
"""The share of the articles under a heading that are about an interest, from which
the heading is a neighbour of it."""

DOUBT = 5
"""Articles that are not about it, added to those of each heading: one of one
article says little."""

NEAREST = (
    "Of the best quality, it is the nearest to an interest without being about it."
)
NEIGHBOUR = (
    "Of the best quality, it has the heading that goes most often with an interest."
)


def explore(view: Standing, pool: Pool, places: Places, most: int) -> int:
    """Give a place to what is to explore; of how many it was the one."""
    sound = view.sound & ~view.about_any & of_best_quality(view, pool)
    rows = np.flatnonzero(sound & near(view))
    if len(rows):
        return _first(view, pool, places, rows, view.nearness, view.best, NEAREST, most)
    rows = np.flatnonzero(sound)
    shares, interests = headings_shared(view, pool, rows)
    going, interest = np.zeros(len(pool), np.float32), np.zeros(len(pool), np.intp)
    going[rows], interest[rows] = shares, interests
    rows = rows[shares >= OFTEN_ENOUGH]
    return _first(view, pool, places, rows, going, interest, NEIGHBOUR, most)


def near(view: Standing) -> NDArray[np.bool_]:
    """(n,) whether an article is about no interest, but near one."""
    close = (view.nearness >= NEAR_ENOUGH) & (view.relevance > 0)
    return np.asarray(close & ~view.about_any)


def of_best_quality(view: Standing, pool: Pool) -> NDArray[np.bool_]:
    """(n,) whether an article's quality is that of the best tenth of the sound.

    Where most are of one quality, none is.
    """
    # ascending ranks by counting, as quality is a whole number from 0 to 100
    up_to = np.cumsum(np.bincount(pool.quality[view.sound], minlength=1))
    known = int(up_to[-1])
    best = int(known * BEST_SHARE)
    middle = np.searchsorted(up_to, [(known - 1) // 2 + 1, known // 2 + 1])
    edge = int(np.searchsorted(up_to, known - best + 1))
    if not best or edge <= middle.mean():
        return np.zeros(len(pool), np.bool_)
    return np.asarray(pool.quality >= edge)


def headings_shared(
    view: Standing, pool: Pool, rows: NDArray[np.intp]
) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """How often a heading of each row goes with an interest, and with which.

    Of the heading for which that is most, and of the first interest; 0 where no
    article about an interest has one of its headings.
    """
    headings = pool.headings
    going = np.zeros(len(rows), np.float32)
    interest = np.zeros(len(rows), np.intp)
    places, counts = headings.cells(rows)
    has_any = counts > 0
    starts = (np.cumsum(counts) - counts)[has_any]
    for number, about in enumerate(view.about if len(places) else ()):
        found, _ = headings.cells(np.flatnonzero(about))
        with_it = np.bincount(found, minlength=len(headings.articles))
        share = (with_it / (headings.articles + DOUBT)).astype(np.float32)
        most = np.zeros(len(rows), np.float32)
        most[has_any] = np.maximum.reduceat(share[places], starts)
        more = going < most
        going[more], interest[more] = most[more], number
    return going, interest


def _first(
    view: Standing,
    pool: Pool,
    places: Places,
    rows: NDArray[np.intp],
    values: NDArray[np.float32],
    interest: NDArray[np.intp],
    rule: str,
    most: int,
) -> int:
    """Offer the place by falling value, of equals to the better evidence."""
    keys = np.round(values[rows].astype(np.float64), 6)
    for value in sorted(set(keys.tolist()), reverse=True):
        level = rows[keys == value]
        for row in view.order(pool.evidence.astype(np.float64), level):
            if not most or not places.left():
                return len(rows)
            place = Place("exploration", int(interest[row]), rule)
            most -= places.offer(row, place)
    return len(rows)
