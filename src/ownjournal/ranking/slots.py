"""Slots: which articles are offered the places of an issue, and in what order.

For the reader's practice; from outside the interests; one to explore. Without
interests, what is best for anyone. `issue.py` says what each is for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil

import numpy as np

from ownjournal.appraisal.signs import HIGH_QUALITY, HIGH_SIGNIFICANCE
from ownjournal.ranking.duplicates import Shown, Trace
from ownjournal.ranking.exploring import explore
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.places import Place, Places
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.standing import Standing, standing

CEILING = 0.4
"""The share of an issue that one interest may take while others have more."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue with its places given, before it is put in order."""

    pool: Pool
    view: Standing
    places: Places
    explored: int  # articles that could have been the one to explore


def drafted(
    pool: Pool,
    interests: Sequence[Interest],
    *,
    already_shown: frozenset[int],
    traces: Sequence[Trace],
    length: int,
    view: Standing | None = None,
) -> Draft:
    """Give the places of one reader's issue away."""
    view = view or standing(pool, interests)
    known = [article for each in interests for article in each.articles()]
    places = Places(
        pool,
        Shown(pool, already_shown, traces, known),
        length,
        frozenset(journal for each in interests for journal in each.journals),
    )
    if not interests:
        _best(view, places)
        return Draft(pool, view, places, 0)
    outside, to_explore = places_outside(length), places_to_explore(length)
    _practice(view, places, kept_free=outside + to_explore)
    _outside(view, pool, places, outside)
    explored = explore(view, pool, places, to_explore)
    _practice(view, places, kept_free=0)  # what the others left over
    return Draft(pool, view, places, explored)


def places_outside(length: int) -> int:
    """How many places of an issue are kept for what is outside the interests."""
    return 2 if length >= 8 else 1 if length >= 3 else 0


def places_to_explore(length: int) -> int:
    """How many are kept for what may be about an interest."""
    return 1 if length >= 8 else 0


def _best(view: Standing, places: Places) -> None:
    place = Place("outside", None, "Without interests, evidence alone chooses.")
    rows = view.best_first(view.score, np.flatnonzero(view.allowed))
    places.give(rows, place, places.left())


# For the reader's practice


def _practice(view: Standing, places: Places, *, kept_free: int) -> None:
    """First one for each interest, then by score, with the ceiling and without."""
    if not places.left(kept_free):
        return
    _floor(view, places, kept_free)
    near = view.about_any & view.allowed
    ordered = view.best_first(view.score, np.flatnonzero(near))
    held = _below_the_ceiling(view, places, ordered, kept_free)
    if not places.left(kept_free):
        return
    for row in held:  # the ceiling holds only while others have more
        del places.refused[row]
    for row in held:
        if places.left(kept_free):
            places.offer(row, _by_score(view, row))


def _below_the_ceiling(
    view: Standing, places: Places, ordered: Iterable[int], kept_free: int
) -> list[int]:
    """Give places by score; the rows that only the ceiling kept out."""
    ceiling = ceil(CEILING * places.length)
    held = []
    for row in ordered:
        if not places.left(kept_free):
            break
        interest = int(view.best[row])
        if row not in places.taken and places.per_interest[interest] >= ceiling:
            held.append(row)
            name = view.interests[interest].model.interest.name
            places.refused[row] = (
                f"“{name}” has {ceiling} of the places, all that one interest gets "
                "while others have something to offer."
            )
        else:
            places.offer(row, _by_score(view, row))
    return held


def _by_score(view: Standing, row: int) -> Place:
    rule = "It is among the best that are about an interest, by score."
    return Place("practice", int(view.best[row]), rule)


def _floor(view: Standing, places: Places, kept_free: int) -> None:
    """The best article of each interest that has any, best interest first."""
    offers: list[tuple[int, int, Iterator[int]]] = []
    for interest in range(len(view.interests)):
        near = view.about[interest] & view.allowed
        if places.per_interest[interest] or not near.any():
            continue
        own = near & (view.best == interest)
        rows: Iterator[int] = chain(
            view.best_first(view.score, np.flatnonzero(own)),
            view.best_first(view.score, np.flatnonzero(near & ~own)),
        )
        offers.append((next(rows), interest, rows))
    offers.sort(key=lambda each: (-round(view.score[each[0]], 6), each[1]))
    for first, interest, rows in offers:
        if places.left(kept_free):
            rule = "It is the best of an interest, and each has one place at least."
            places.give(chain([first], rows), Place("practice", interest, rule), 1)


# From elsewhere


def _outside(view: Standing, pool: Pool, places: Places, most: int) -> None:
    """The best of what no interest is about: unexpected, but never random."""
    if not len(pool):
        return
    high = pool.quality >= HIGH_QUALITY
    high |= pool.significance >= HIGH_SIGNIFICANCE
    rows = np.flatnonzero(high & view.sound & ~view.about_any)
    ordered = view.best_first(pool.evidence.astype(np.float64), rows)
    far = (row for row in ordered if is_strange(view, row))
    rule = "It has the best evidence of what is far from all interests."
    places.give(far, Place("outside", None, rule), min(most, places.left()))


def is_strange(view: Standing, row: int) -> bool:
    """Whether an article is about no interest, and not above the median of all."""
    nearer = np.count_nonzero(view.relevance < view.relevance[row])
    return not view.about_any[row] and bool(2 * nearer < len(view.relevance))


def is_worthy(pool: Pool, row: int) -> bool:
    """Of a quality or significance that interests anyone in medicine."""
    each = pool.candidates[row]
    return each.quality >= HIGH_QUALITY or each.significance >= HIGH_SIGNIFICANCE
