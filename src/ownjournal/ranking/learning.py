"""Learning: from the articles of an interest to a direction in the pool's space.

The direction is that of a ridge regression (see `linear.ridge`) which tells

    wanted, half of all weight:    what the reader named or liked, each by its weight,
                                   and PSEUDO, the nearest articles of the pool, which
                                   together count as SUPPOSED articles
    unwanted, the other half:      the pool's background; an article that the reader
                                   dismissed counts as one of it, by its weight

The nearest are those of the highest

    cosine to the mean of the wanted, less ORDINARY times the pool's mean,
    + what they have of what was declared

They are told from the rest with the reader's own, as if the reader had named them
(pseudo-relevance feedback: Buckley et al., TREC-3, 1995): a few articles do not hold
all words of a subject. The more a reader names, the less they count.

An interest with nothing but articles that were not wanted points away from them, by
AWAY at most: what is like them sinks, and what was declared still brings the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from ownjournal.ranking.interest import Interest
from ownjournal.ranking.lessons import Lesson, lessons_of
from ownjournal.ranking.linear import (
    Direction,
    Exact,
    Space,
    direction,
    length_of,
    ridge,
)
from ownjournal.ranking.pool import BACKGROUND, Against, Floats, Ints, Pool

PENALTY = 0.05
"""Divided by the root of the lessons' weights: the more was said, the closer the
direction keeps to it."""

DISMISSED = 1.0
"""How many articles of the background one that was dismissed counts as."""

SUPPOSED = 4.0
PSEUDO = 60
PSEUDO_OF = 50  # one of so many articles of a pool at most
ORDINARY = 0.6

TERMS = 150
"""Terms kept of a direction: the strongest; the others change no order seen."""

FEWEST = 1.0
"""Articles, by weight, from which on an interest counts in full: one that is known
only by what was liked long ago fades."""


AWAY = 0.15
"""How far a reader's refusals lead away where nothing was wanted: half of what a
followed topic counts, as articles of one topic are all somewhat alike."""


@dataclass(frozen=True, slots=True)
class _Taught:
    """Lessons as rows of a space of their own."""

    space: Space
    weights: Exact  # above 0 for what is wanted


def learnt(interest: Interest, pool: Pool, declared: Floats) -> Direction:
    """The direction of an interest; `declared` is (n,) what articles have of it."""
    lessons = lessons_of(interest)
    if not lessons:
        return nowhere(pool)
    taught = _taught(lessons, pool)
    wanted = taught.weights > 0
    if not wanted.any():
        shares = taught.weights
        length = AWAY * min(1.0, -float(shares.sum()) / FEWEST)
        return direction(*taught.space.sum(shares), TERMS, length)
    known = {lesson.candidate.pmid for lesson in lessons}
    rows = [pool.row_of[pmid] for pmid in known if pmid in pool.row_of]
    nearest = _nearest(taught, pool, declared, rows)
    found = _told_apart(taught, nearest, pool, rows)
    length = min(1.0, float(taught.weights[wanted].sum()) / FEWEST)
    return direction(*found, TERMS, length)


def nowhere(pool: Pool) -> Direction:
    """Of an interest that no article says anything of."""
    nothing = np.zeros(0, np.float32)
    meaning = np.zeros(len(pool.meaning_mean), np.float32)
    return Direction(nothing.astype(np.int32), nothing, meaning)


def _taught(lessons: Sequence[Lesson], pool: Pool) -> _Taught:
    """Those lessons that have a word, or a meaning, known in the pool."""
    terms, weights, starts, meanings, kept = [], [], [0], [], []
    for lesson in lessons:
        numbers, found = pool.vector(lesson.candidate)
        meaning = pool.meaning_of(lesson.candidate)
        if len(numbers) or meaning.any():
            terms.append(numbers)
            weights.append(found)
            starts.append(starts[-1] + len(numbers))
            meanings.append(meaning)
            kept.append(lesson.weight)
    empty = np.zeros(0, np.float32)
    data = np.concatenate([empty, *weights]).astype(np.float32)
    places = np.concatenate([empty, *terms]).astype(np.int32)
    words = csr_array((data, places, starts), shape=(len(kept), len(pool.idf)))
    shape = len(kept), len(pool.meaning_mean)
    meaning = np.array(meanings, np.float32).reshape(shape)
    return _Taught(Space(words, meaning), np.array(kept, np.float64))


def _nearest(taught: _Taught, pool: Pool, declared: Floats, known: list[int]) -> Ints:
    """Rows of the pool most like what is wanted, of those that are no lesson."""
    most = min(PSEUDO, len(pool) // PSEUDO_OF)
    if not most:
        return np.zeros(0, np.int32)
    shares = np.maximum(taught.weights, 0)
    words, meaning = taught.space.sum(shares / shares.sum())
    apart = words - ORDINARY * pool.mean
    found = direction(words, meaning, len(words), length_of(words, meaning))
    alike = likeness(found, pool) - ORDINARY * pool.ordinary
    near = alike / (length_of(apart, meaning) or 1.0) + declared
    near[known] = 0
    rows = _highest(near, most)
    return rows[near[rows] > 0].astype(np.int32)


def _highest(values: Exact | Floats, most: int) -> NDArray[np.intp]:
    """The rows of the highest values, rising; of equals the first."""
    edge = np.partition(values, -most)[-most]
    above, level = np.flatnonzero(values > edge), np.flatnonzero(values == edge)
    return np.sort(np.concatenate([above, level[: most - len(above)]]))


def _told_apart(
    taught: _Taught, nearest: Ints, pool: Pool, known: list[int]
) -> tuple[Exact, Exact]:
    """The direction, in terms and in meaning: of the lessons and of rows of the pool.

    A small pool has less than a background. What it lacks is imagined as articles
    that say nothing: one empty row stands for all of them, so that thirty articles
    of one subject are not taken for the whole of medicine.
    """
    apart = np.concatenate([nearest, np.array(known, np.int32)])
    kept = np.flatnonzero(~np.isin(pool.background, apart))
    own = Space(
        vstack([taught.space.words, pool.matrix[nearest]], format="csr"),
        np.concatenate([taught.space.meaning, pool.meaning[nearest]]),
    )
    wanted = taught.weights > 0
    total = taught.weights[wanted].sum() + SUPPOSED * (len(nearest) > 0)
    said = np.where(
        wanted, taught.weights / total, -taught.weights * DISMISSED / BACKGROUND
    )
    supposed = np.full(len(nearest), SUPPOSED / total / max(len(nearest), 1))
    others = np.full(len(kept) + 1, 1 / BACKGROUND)
    others[-1] += (BACKGROUND - len(kept)) / BACKGROUND
    sides = np.concatenate(
        [np.where(wanted, 1.0, -1.0), np.ones(len(nearest)), -np.ones(len(others))]
    )
    weights = np.concatenate([said, supposed, others])
    penalty = PENALTY / np.sqrt(np.abs(taught.weights).sum())
    gram = _gram(own, pool.against, kept)
    shares = ridge(gram, sides, weights / 2, penalty)
    return _sum(shares, own, pool.against.space, kept)


def _gram(own: Space, against: Against, kept: NDArray[np.intp]) -> Exact:
    """Of an interest's articles, what is kept of the background, and nothing."""
    here, end = len(own.meaning), len(own.meaning) + len(kept)
    gram = np.zeros((end + 1, end + 1))
    gram[:here, :here] = own.gram()
    alike = own.alike(against.space.meaning, against.turned)
    gram[:here, here:end] = alike[:, kept]
    gram[here:end, :here] = gram[:here, here:end].T
    gram[here:end, here:end] = against.gram[np.ix_(kept, kept)]
    return gram


def _sum(
    shares: Exact, own: Space, background: Space, kept: NDArray[np.intp]
) -> tuple[Exact, Exact]:
    """All of them added up by shares: in terms, and in meaning."""
    here = len(own.meaning)
    others = np.zeros(len(background.meaning))
    others[kept] = shares[here : here + len(kept)]
    words, meaning = own.sum(shares[:here])
    more_words, more_meaning = background.sum(others)
    return words + more_words, meaning + more_meaning


def likeness(found: Direction, pool: Pool) -> Floats:
    """(n,) how far each article of a pool lies in a direction."""
    return np.asarray(by_words(found, pool) + pool.meaning @ found.meaning, np.float32)


def likenesses(found: Sequence[Direction], pool: Pool) -> Floats:
    """(directions, n) the same of many, faster where articles have meanings."""
    meanings = np.array([each.meaning for each in found], np.float32)
    alike: Floats = meanings @ pool.meaning.T
    for place, each in enumerate(found):
        if len(each.terms):
            alike[place] += by_words(each, pool)
    return alike


def by_words(found: Direction, pool: Pool) -> Floats:
    """(n,) the part of likeness that rests on words."""
    return np.asarray(pool.by_term[found.terms].T @ found.weights, np.float32)
