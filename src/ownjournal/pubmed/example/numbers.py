"""The figures of an invented abstract, computed from its own counts.

Texts are Markup: "<" is written "&lt;". Intervals are 95% and use 1.96.
Sources: Altman, Practical Statistics for Medical Research, 1991 (risk and odds
ratio by the log method, difference of means); Wilson, J Am Stat Assoc 1927.
"""

import math
from typing import NamedTuple

Z = 1.96


class Estimate(NamedTuple):
    """A point and its interval, rounded as printed, and the two-sided p."""

    point: float
    low: float
    high: float
    p: float

    def verdict(self, neutral: float, *, wanted: str) -> str:
        """Judge by the printed interval: "benefit", "harm" or "none".

        `wanted` is the side that is good for the patient, "lower" or "higher".
        """
        if self.low <= neutral <= self.high:
            return "none"
        return "benefit" if (self.high < neutral) == (wanted == "lower") else "harm"


def two_sided_p(z: float) -> float:
    """Of a standard normal deviate."""
    return math.erfc(abs(z) / math.sqrt(2.0))


def _on_log_scale(log_point: float, error: float) -> Estimate:
    return Estimate(
        round(math.exp(log_point), 2),
        round(math.exp(log_point - Z * error), 2),
        round(math.exp(log_point + Z * error), 2),
        two_sided_p(log_point / error),
    )


def risk_ratio(events: int, people: int, events_2: int, people_2: int) -> Estimate:
    """First group over second; no count of events may be 0."""
    error = math.sqrt(1 / events - 1 / people + 1 / events_2 - 1 / people_2)
    return _on_log_scale(math.log(events / people / (events_2 / people_2)), error)


def odds_ratio(events: int, people: int, events_2: int, people_2: int) -> Estimate:
    """First group over second; each has people with and without the event."""
    free, free_2 = people - events, people_2 - events_2
    error = math.sqrt(1 / events + 1 / free + 1 / events_2 + 1 / free_2)
    return _on_log_scale(math.log(events * free_2 / (free * events_2)), error)


def rate_ratio(events: int, years: int, events_2: int, years_2: int) -> Estimate:
    """Of incidence rates over person-years."""
    error = math.sqrt(1 / events + 1 / events_2)
    return _on_log_scale(math.log(events / years / (events_2 / years_2)), error)


def mean_difference(
    mean: float,
    sd: float,
    people: int,
    mean_2: float,
    sd_2: float,
    people_2: int,
    digits: int,
) -> Estimate:
    """First group minus second, of the means as printed."""
    error = math.sqrt(sd * sd / people + sd_2 * sd_2 / people_2)
    point = mean - mean_2
    return Estimate(
        round(point, digits) + 0.0,
        round(point - Z * error, digits) + 0.0,
        round(point + Z * error, digits) + 0.0,
        two_sided_p(point / error),
    )


def proportion(events: int, people: int) -> Estimate:
    """In per cent, with Wilson's interval; p means nothing here."""
    share = events / people
    middle = (share + Z * Z / (2 * people)) / (1 + Z * Z / people)
    half = (
        Z
        * math.sqrt(share * (1 - share) / people + Z * Z / (4 * people * people))
        / (1 + Z * Z / people)
    )
    low, high = middle - half, middle + half
    return Estimate(
        round(100 * share, 1),
        round(100 * max(low, 0.0), 1),
        round(100 * min(high, 1.0), 1),
        1.0,
    )


def count(number: int) -> str:
    """As "1,204"."""
    return f"{number:,}"


def of(events: int, people: int) -> str:
    """As "34 of 412 (8.3%)"."""
    return f"{events:,} of {people:,} ({100 * events / people:.1f}%)"


def ratio_text(estimate: Estimate) -> str:
    """As "0.81, 95% CI 0.68 to 0.97"."""
    return f"{estimate.point:.2f}, 95% CI {estimate.low:.2f} to {estimate.high:.2f}"


def difference_text(estimate: Estimate, unit: str, digits: int) -> str:
    """As "-2.8 mm Hg, 95% CI -5.1 to -0.5"."""
    return (
        f"{estimate.point:.{digits}f}{unit}, "
        f"95% CI {estimate.low:.{digits}f} to {estimate.high:.{digits}f}"
    )


def percent_text(estimate: Estimate) -> str:
    """As "84.2%, 95% CI 79.9 to 87.7"."""
    return f"{estimate.point:.1f}%, 95% CI {estimate.low:.1f} to {estimate.high:.1f}"


def accuracy_text(found: int, people: int) -> str:
    """As "84.2% (85 of 101; 95% CI 75.9 to 90.0)"."""
    share = proportion(found, people)
    return (
        f"{share.point:.1f}% ({found:,} of {people:,}; "
        f"95% CI {share.low:.1f} to {share.high:.1f})"
    )


def p_text(p: float) -> str:
    """As "p=0.023", "p=0.41" or "p&lt;0.001"."""
    if p < 0.001:
        return "p&lt;0.001"
    return f"p={p:.3f}" if p < 0.0995 else f"p={p:.2f}"
