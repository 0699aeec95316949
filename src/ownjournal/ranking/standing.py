"""Standing: every article of a pool in one reader's order, before choosing.

    score = relevance of the best interest
          + EVIDENCE * evidence / 100 - NOT_CLINICAL (bench and animal work)

Evidence, the mean of quality and significance, is the same for all readers: a
reader's few articles are too few to learn from them which designs they prefer.
What has been retracted or withdrawn cannot be chosen at all; an article under
an expression of concern can, for a reader who works on it, but never leads and
never comes from outside the reader's interests.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import Scored, model_of, score

EVIDENCE = 2.0
NOT_CLINICAL = 2.0

LEAST_NEARNESS = 0.06
"""Below it an article is not about an interest, however little else there is:
a thin week gives a thin issue."""

FIRST = 100
"""Rows that are put in order before the others; an issue rarely needs more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One reader's view of a pool of n articles and k interests."""

    interests: tuple[Scored, ...]  # in the order of their keys
    best: NDArray[np.intp]  # (n,) the interest that speaks for an article
    relevance: NDArray[np.float64]  # (n,) of that interest; 0 without interests
    about: NDArray[np.bool_]  # (k, n) near enough to be about an interest
    about_any: NDArray[np.bool_]  # (n,) about one of them at least
    nearness: NDArray[np.float32]  # (n,) to that interest; 0 without interests
    allowed: NDArray[np.bool_]  # (n,) may be chosen
    sound: NDArray[np.bool_]  # (n,) may also be chosen for those who did not ask
    score: NDArray[np.float64]  # (n,)

    def order(self, values: NDArray[np.float64], rows: NDArray[np.intp]) -> list[int]:
        """Rows by falling value; of equals the newer, by PMID, comes first.

        Values are compared to six places: beyond them they depend on the order
        in which a processor adds.
        """
        return _ordered(np.round(values[rows], 6), rows)

    def best_first(
        self, values: NDArray[np.float64], rows: NDArray[np.intp]
    ) -> Iterator[int]:
        """The same order, for who needs the first few: only they are sorted at once."""
        keys = np.round(values[rows], 6)
        if len(rows) > 2 * FIRST:
            high = keys >= np.partition(keys, -FIRST)[-FIRST]
            yield from _ordered(keys[high], rows[high])
            keys, rows = keys[~high], rows[~high]
        yield from _ordered(keys, rows)


def _ordered(keys: NDArray[np.float64], rows: NDArray[np.intp]) -> list[int]:
    ordered: list[int] = rows[np.lexsort((-rows, -keys))].tolist()
    return ordered


def standing(pool: Pool, interests: Sequence[Interest]) -> Standing:
    """Score a pool for one reader."""
    return of_scored([score(model_of(each, pool), pool) for each in interests], pool)


def of_scored(each_scored: Sequence[Scored], pool: Pool) -> Standing:
    """One reader's view from interests that were scored already, in any order."""
    scored = tuple(sorted(each_scored, key=lambda each: each.model.interest.key))
    size = len(pool)
    about = np.array([each.nearness >= LEAST_NEARNESS for each in scored], np.bool_)
    about = about.reshape(len(scored), size)
    best, top, near, about_any = _heard(scored, about)
    return Standing(
        interests=scored,
        best=best,
        relevance=top,
        about=about,
        about_any=about_any,
        nearness=near,
        allowed=pool.allowed,
        sound=pool.allowed & pool.clinical & ~pool.doubted,
        score=top + EVIDENCE * pool.evidence / 100 - NOT_CLINICAL * ~pool.clinical,
    )


def _heard(
    scored: Sequence[Scored], about: NDArray[np.bool_]
) -> tuple[
    NDArray[np.intp], NDArray[np.float64], NDArray[np.float32], NDArray[np.bool_]
]:
    """Which interest speaks for each article, and its relevance and nearness.

    The nearest, of those that the article is about if there are any; last, whether
    there are.
    """
    size = about.shape[1]
    best = np.zeros(size, np.intp)
    if not scored:
        return (
            best,
            np.zeros(size),
            np.zeros(size, np.float32),
            np.zeros(size, np.bool_),
        )
    top, near = scored[0].relevance.copy(), scored[0].nearness.copy()
    is_about = about[0].copy()
    for place, each in enumerate(scored[1:], start=1):
        higher = each.relevance > top
        higher &= about[place] == is_about
        higher |= about[place] & ~is_about
        best[higher] = place
        np.copyto(top, each.relevance, where=higher)
        np.copyto(near, each.nearness, where=higher)
        is_about |= about[place]
    return best, top, near, is_about
