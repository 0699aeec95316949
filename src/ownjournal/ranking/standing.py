"""Standing: every article of a pool in one reader's order, before choosing.

    score = relevance of the best interest
          + EVIDENCE * evidence / 100 - NOT_CLINICAL (bench and animal work)

Evidence, the mean of quality and significance, is the same for all readers: a
reader's few articles are too few to learn from them which designs they prefer.
What has been retracted or withdrawn cannot be chosen at all; an article under
an expression of concern can, for a reader who works on it, but never leads and
never comes from outside the reader's interests.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import Scored, model_of, score

EVIDENCE = 2.0
NOT_CLINICAL = 2.0

FAR = 1e6
"""More than any relevance: puts what is not about an interest behind what is."""

LEAST_NEARNESS = 0.06
"""Below it an article is not about an interest, however little else there is:
a thin week gives a thin issue."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One reader's view of a pool of n articles and k interests."""

    interests: tuple[Scored, ...]  # in the order of their keys
    best: NDArray[np.intp]  # (n,) the interest that speaks for an article
    relevance: NDArray[np.float64]  # (n,) of that interest; 0 without interests
    about: NDArray[np.bool_]  # (k, n) near enough to be about an interest
    nearness: NDArray[np.float32]  # (n,) to that interest; 0 without interests
    allowed: NDArray[np.bool_]  # (n,) may be chosen
    sound: NDArray[np.bool_]  # (n,) may also be chosen for those who did not ask
    score: NDArray[np.float64]  # (n,)

    def order(self, values: NDArray[np.float64], rows: NDArray[np.intp]) -> list[int]:
        """Rows by falling value; of equals the newer, by PMID, comes first.

        Values are compared to six places: beyond them they depend on the order
        in which a processor adds.
        """
        keys = np.round(values[rows], 6)
        ordered: list[int] = rows[np.lexsort((-rows, -keys))].tolist()
        return ordered


def standing(pool: Pool, interests: Sequence[Interest]) -> Standing:
    """Score a pool for one reader."""
    return of_scored([score(model_of(each, pool), pool) for each in interests], pool)


def of_scored(each_scored: Sequence[Scored], pool: Pool) -> Standing:
    """One reader's view from interests that were scored already, in any order."""
    scored = tuple(sorted(each_scored, key=lambda each: each.model.interest.key))
    size = len(pool)
    relevance = np.zeros((max(len(scored), 1), size))
    nearness = np.zeros((max(len(scored), 1), size), np.float32)
    for place, each in enumerate(scored):
        relevance[place] = each.relevance
        nearness[place] = each.nearness
    about = nearness[: len(scored)] >= LEAST_NEARNESS
    # The nearest interest speaks, of those the article is about if there are any.
    heard = np.where(about, relevance, relevance - FAR) if scored else relevance
    best = _place_of_highest(heard)
    rows = np.arange(size)
    top = relevance[best, rows]
    return Standing(
        interests=scored,
        best=best,
        relevance=top,
        about=about,
        nearness=nearness[best, rows],
        allowed=pool.allowed,
        sound=pool.allowed & pool.clinical & ~pool.doubted,
        score=top + EVIDENCE * pool.evidence / 100 - NOT_CLINICAL * ~pool.clinical,
    )


def _place_of_highest(heard: NDArray[np.float64]) -> NDArray[np.intp]:
    """As `heard.argmax(axis=0)`, in a third of the time."""
    best, highest = np.zeros(heard.shape[1], np.intp), heard[0].copy()
    for place in range(1, len(heard)):
        higher = heard[place] > highest
        best[higher] = place
        highest[higher] = heard[place][higher]
    return best
