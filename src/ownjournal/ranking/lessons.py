"""Lessons: what the articles of an interest teach, each once and with its weight.

    seed        +1, always: it was declared, and is taken back by removing it
    liked       + its weight
    dismissed   - its weight
    passed over - PASSED times its weight

Where a reader contradicts herself, the heavier of liked and dismissed holds, which
is the later one, as weights fade; of equal weight, neither. Of what was only
passed over anything else that was said holds. What was never shown is no lesson.
"""

from collections.abc import Iterable

from msgspec import Struct

from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.feedback import Opinion
from ownjournal.ranking.interest import Interest

PASSED = 0.15


class Lesson(Struct, frozen=True):
    """An article and what it says of an interest."""

    candidate: Candidate
    weight: float  # below 0 for what is not wanted; never 0


def lessons_of(interest: Interest) -> tuple[Lesson, ...]:
    """All lessons of an interest, by rising PMID."""
    weights: dict[int, float] = {}
    known: dict[int, Candidate] = {}
    for opinions, sign in ((interest.liked, 1.0), (interest.dismissed, -1.0)):
        for pmid, opinion in _heaviest(opinions).items():
            weight = sign * opinion.weight
            other = weights.get(pmid, 0.0)
            weights[pmid] = _heavier(weight, other)
            known[pmid] = opinion.candidate
    for pmid, opinion in _heaviest(interest.passed).items():
        if pmid not in weights:
            weights[pmid] = -PASSED * opinion.weight
            known[pmid] = opinion.candidate
    for seed in sorted(interest.seeds, key=lambda each: (each.pmid, each.title)):
        weights[seed.pmid], known[seed.pmid] = 1.0, seed
    return tuple(
        Lesson(known[pmid], weights[pmid]) for pmid in sorted(weights) if weights[pmid]
    )


def _heavier(one: float, other: float) -> float:
    if abs(one) == abs(other):
        return 0.0
    return max(one, other, key=abs)


def _heaviest(opinions: Iterable[Opinion]) -> dict[int, Opinion]:
    found: dict[int, Opinion] = {}
    for each in opinions:
        best = found.get(each.candidate.pmid)
        if each.weight > 0 and (best is None or each.weight > best.weight):
            found[each.candidate.pmid] = each
    return found
