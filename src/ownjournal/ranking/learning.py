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
from ownjournal.ranking.pool import BACKGROUND, Floats, Ints, Pool

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
    taught = _taught(lessons_of(interest), pool)
    wanted = taught.weights > 0
    if not wanted.any():
        shares = taught.weights
        length = AWAY * min(1.0, -float(shares.sum()) / FEWEST)
        return direction(*taught.space.sum(shares), TERMS, length)
    known = {lesson.candidate.pmid for lesson in lessons_of(interest)}
    rows = [pool.row_of[pmid] for pmid in known if pmid in pool.row_of]
    nearest = _nearest(taught, pool, declared, rows)
    shares, space = _told_apart(taught, nearest, pool, rows)
    length = min(1.0, float(taught.weights[wanted].sum()) / FEWEST)
    return direction(*space.sum(shares), TERMS, length)


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
    rows = np.argsort(-near, kind="stable")[:most]
    return np.sort(rows[near[rows] > 0]).astype(np.int32)


def _told_apart(
    taught: _Taught, nearest: Ints, pool: Pool, known: list[int]
) -> tuple[Exact, Space]:
    """What makes up the direction: shares of the lessons and of rows of the pool.

    A small pool has less than a background. What it lacks is imagined as articles
    that say nothing: one empty row stands for all of them, so that thirty articles
    of one subject are not taken for the whole of medicine.
    """
    apart = np.concatenate([nearest, np.array(known, np.int32)])
    background = np.setdiff1d(pool.background, apart)
    rows = np.concatenate([nearest, background])
    nothing = csr_array((1, len(pool.idf)), dtype=np.float32)
    space = Space(
        vstack([taught.space.words, pool.matrix[rows], nothing], format="csr"),
        np.concatenate(
            [
                taught.space.meaning,
                pool.meaning[rows],
                np.zeros((1, len(pool.meaning_mean)), np.float32),
            ]
        ),
    )
    wanted = taught.weights > 0
    total = taught.weights[wanted].sum() + SUPPOSED * (len(nearest) > 0)
    own = np.where(
        wanted, taught.weights / total, -taught.weights * DISMISSED / BACKGROUND
    )
    supposed = np.full(len(nearest), SUPPOSED / total / max(len(nearest), 1))
    others = np.full(len(background) + 1, 1 / BACKGROUND)
    others[-1] += (BACKGROUND - len(background)) / BACKGROUND
    sides = np.concatenate(
        [np.where(wanted, 1.0, -1.0), np.ones(len(nearest)), -np.ones(len(others))]
    )
    weights = np.concatenate([own, supposed, others])
    penalty = PENALTY / np.sqrt(np.abs(taught.weights).sum())
    return ridge(space.gram(), sides, weights / 2, penalty), space


def likeness(found: Direction, pool: Pool) -> Floats:
    """(n,) how far each article of a pool lies in a direction."""
    return np.asarray(by_words(found, pool) + pool.meaning @ found.meaning, np.float32)


def likenesses(found: Sequence[Direction], pool: Pool) -> Floats:
    """(directions, n) the same of many, faster where articles have meanings."""
    meanings = np.array([each.meaning for each in found], np.float32)
    alike: Floats = meanings @ pool.meaning.T
    for place, each in enumerate(found):
        alike[place] += by_words(each, pool)
    return alike


def by_words(found: Direction, pool: Pool) -> Floats:
    """(n,) the part of likeness that rests on words."""
    return np.asarray(pool.by_term[found.terms].T @ found.weights, np.float32)
