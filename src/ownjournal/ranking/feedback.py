"""Feedback: what a reader said of articles that were shown.

Its weight halves every six months, so that an interest follows its reader; what
was declared, seeds and topics, does not fade. Of what was never shown nothing
is concluded.
"""

from msgspec import Struct

from ownjournal.ranking.candidate import Candidate

HALF_LIFE_DAYS = 182


class Opinion(Struct, frozen=True):
    """An article, and how much what was said of it counts."""

    candidate: Candidate
    weight: float  # 1 fresh, halves every half-life


def faded(days: float) -> float:
    """The weight of what was said so many days ago; 1 for today and the future."""
    return float(0.5 ** (max(days, 0.0) / HALF_LIFE_DAYS))
