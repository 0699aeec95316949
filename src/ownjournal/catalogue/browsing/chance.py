"""How much more often a topic stands on some articles than on all others.

The lift of a topic is the ratio of two shares: of these articles that have it, and
of all others that do. It is told with its 95 % confidence interval, and topics are
ranked by the lower end of it, so that one that a few articles have by chance does
not come before one that many have. Of a thousand topics that are looked at, some
stand out by chance all the same.
"""

import math
from collections.abc import Mapping

from msgspec import Struct

Z = 1.959964  # of the normal distribution, for 95 %
LEAST = 3  # articles with a topic, for it to be looked at
_NONE = 0.5  # in place of 0 other articles, for which there is no ratio


class Lift(Struct, frozen=True):
    """A ratio of shares, and the ends of its 95 % confidence interval."""

    ratio: float
    low: float
    high: float
    articles: int  # of these that have the topic
    elsewhere: bool = True  # False: no other article has it, and the ratio is a guess


def lift(having: int, these: int, others_having: int, others: int) -> Lift:
    """How many times as often these articles have something as the others.

    having         of these articles, at least 1
    these          articles, at least `having`
    others_having  of the other articles; 0 counts as one half
    others         articles, at least `others_having` and 1

    ln(ratio) ± Z · √(1/having − 1/these + 1/others_having − 1/others)

    Raises ValueError for counts that cannot be.

    Source: Katz, Baptista, Azen and Pike, Obtaining confidence intervals for the
    risk ratio in cohort studies, Biometrics 34 (1978) 469-474, doi:10.2307/2530610.
    """
    if not (1 <= having <= these and 0 <= others_having <= others and others):
        counts = f"{having} of {these}, {others_having} of {others}"
        raise ValueError(counts)
    among_others = others_having or _NONE
    ratio = (having / these) / (among_others / others)
    variance = 1 / having - 1 / these + 1 / among_others - 1 / others
    width = math.exp(Z * math.sqrt(max(variance, 0.0)))
    return Lift(ratio, ratio / width, ratio * width, having, others_having > 0)


def lifts(
    having: Mapping[str, int],
    these: int,
    all_having: Mapping[str, int],
    everything: int,
) -> dict[str, Lift]:
    """The lifts of all topics that at least LEAST of these articles have.

    having      articles with each topic, of `these`
    all_having  the same of all articles, of `everything`, these among them

    Empty where there are no others. Counts may be of two moments of an index that
    is written to: what cannot be is cut down to what can.
    """
    others = everything - these
    if others < 1:
        return {}
    return {
        topic: lift(
            min(count, these),
            these,
            min(max(all_having.get(topic, 0) - count, 0), others),
            others,
        )
        for topic, count in having.items()
        if count >= LEAST <= these
    }


def standing_out(found: Mapping[str, Lift]) -> list[tuple[str, Lift]]:
    """Those whose whole interval lies above 1, by its lower end; equals by topic."""
    kept = [(topic, each) for topic, each in found.items() if each.low > 1]
    return sorted(kept, key=lambda each: (-each[1].low, each[0]))


def bridging(
    left: Mapping[str, Lift], right: Mapping[str, Lift], both: Mapping[str, int]
) -> list[str]:
    """Topics that stand out with each of two subjects and on no article about both.

    left, right  lifts among the articles about one subject and not the other
    both         articles with each topic, of those about both

    Ranked by the lower of the two lower ends: a bridge is as strong as its weaker
    side. That nobody has written of a topic with both may have many reasons.

    After Swanson, Fish oil, Raynaud's syndrome, and undiscovered public knowledge,
    Perspect Biol Med 30 (1986) 7-18, doi:10.1353/pbm.1986.0087.
    """
    strength = {
        topic: min(each.low, right[topic].low)
        for topic, each in left.items()
        if topic in right and not both.get(topic)
    }
    kept = (topic for topic, least in strength.items() if least > 1)
    return sorted(kept, key=lambda topic: (-strength[topic], topic))
