"""Compose an issue: choose what one reader gets, and say why of each.

Places, in this order: the lead; for the reader's practice, with one for every
interest that has anything, and no interest above CEILING while another has
something to offer; one or two from outside the interests, of the highest
quality and significance, so that a reader also learns what nobody asked for.
Nothing comes twice, nothing is drawn by lot, and no place is filled for the
sake of filling it.

Variety comes from these places and not from a diversifying order: the known
ones cost a tenth of what a reader looks for (docs/ranking.md).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil

import numpy as np
from msgspec import Struct

from ownjournal.appraisal.signs import HIGH_QUALITY, HIGH_SIGNIFICANCE
from ownjournal.ranking.duplicates import Shown
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.reasons import reason_outside, reason_within
from ownjournal.ranking.standing import EVIDENCE, Standing, standing

RULES_VERSION = 1
"""Goes up with any change that could choose or order otherwise."""

CEILING = 0.4
"""The share of an issue that one interest may take while others have more."""

LEAD_EVIDENCE = 2 * EVIDENCE
"""The lead is chosen with evidence counting three times as much as elsewhere."""


class Chosen(Struct, frozen=True):
    """One article of an issue, with the facts that chose it."""

    pmid: int
    slot: str  # "lead", "practice" or "outside"
    interest: str | None  # Interest.key; None for what stands outside
    relevance: float  # in standard deviations over the pool, of its best interest
    quality: int
    significance: int
    terms: tuple[str, ...]  # at most 3, strongest first, all present in the article
    nearest_seed: int | None  # PMID
    why: str  # one true sentence


class Composition(Struct, frozen=True):
    """An issue before it is stored: lead, practice by falling score, outside."""

    chosen: tuple[Chosen, ...]
    considered: int  # articles in the pool that could have been chosen
    rules_version: int


def compose(
    pool: Pool,
    interests: Sequence[Interest],
    *,
    already_shown: frozenset[int] = frozenset(),
    length: int = 12,
) -> Composition:
    """Compose one reader's issue of at most `length` articles.

    The same pool, interests and shown articles give the same issue, in whatever
    order they come. A reader without interests gets what is best for anyone.
    """
    view = standing(pool, interests)
    shown = Shown(pool, already_shown)
    if interests:
        outside = _outside(view, pool, shown, _places_outside(length))
        practice = _practice(view, shown, length, length - len(outside))
    else:
        practice, outside = {}, _best(view, shown, length)
    chosen = _in_slots(view, pool, practice, outside)
    considered = _considered(view, pool, already_shown)
    return Composition(chosen, considered, RULES_VERSION)


def _places_outside(length: int) -> int:
    return 2 if length >= 8 else 1 if length >= 3 else 0


def _considered(view: Standing, pool: Pool, shown_before: frozenset[int]) -> int:
    rows = [pool.row_of[pmid] for pmid in shown_before if pmid in pool.row_of]
    return int(view.allowed.sum() - view.allowed[rows].sum())


def _take(rows: Iterable[int], shown: Shown, places: int) -> list[int]:
    """The first rows that repeat nothing; each is remembered as shown."""
    taken: list[int] = []
    for row in rows:
        if len(taken) >= places:
            break
        if not shown.repeats(row):
            shown.add(row)
            taken.append(row)
    return taken


def _best(view: Standing, shown: Shown, places: int) -> list[int]:
    return _take(view.order(view.score, np.flatnonzero(view.allowed)), shown, places)


def _outside(view: Standing, pool: Pool, shown: Shown, places: int) -> list[int]:
    """The best of what no interest is about: unexpected, but never random."""
    if not len(pool):
        return []
    strange = view.relevance <= np.median(view.relevance)
    rows = np.flatnonzero(view.allowed & strange & ~view.about.any(axis=0))
    worthy = [row for row in rows.tolist() if _worthy(pool, row)]
    evidence = pool.evidence.astype(np.float64)
    return _take(view.order(evidence, np.array(worthy, np.intp)), shown, places)


def _worthy(pool: Pool, row: int) -> bool:
    """Of a quality or significance that interests anyone in medicine."""
    each = pool.candidates[row]
    high = each.quality >= HIGH_QUALITY or each.significance >= HIGH_SIGNIFICANCE
    return high and each.clinical and each.integrity != "concern"


def _practice(view: Standing, shown: Shown, length: int, places: int) -> dict[int, int]:
    """Rows for the reader's practice, each with the interest it was chosen for."""
    taken = _floor(view, shown, places)
    counts = Counter(taken.values())
    near = view.about.any(axis=0) & view.allowed
    ordered = view.order(view.score, np.flatnonzero(near))
    ceiling = ceil(CEILING * length)
    # The second round lifts the ceiling: it holds only while others have more.
    for most in (ceiling, length):
        for row in ordered:
            interest = int(view.best[row])
            if len(taken) >= places:
                return taken
            if counts[interest] < most and not shown.repeats(row):
                shown.add(row)
                taken[row] = interest
                counts[interest] += 1
    return taken


def _floor(view: Standing, shown: Shown, places: int) -> dict[int, int]:
    """The best article of each interest that has any, best interest first."""
    offers: list[tuple[list[int], int]] = []
    for interest in range(len(view.interests)):
        near = view.about[interest] & view.allowed
        own = near & (view.best == interest)
        rows = np.flatnonzero(own if own.any() else near)
        if len(rows):
            offers.append((view.order(view.score, rows), interest))
    offers.sort(key=lambda each: (-round(view.score[each[0][0]], 6), each[1]))
    taken: dict[int, int] = {}
    for rows_in_order, interest in offers[:places]:
        for row in _take(rows_in_order, shown, 1):
            taken[row] = interest
    return taken


def _in_slots(
    view: Standing, pool: Pool, practice: dict[int, int], outside: list[int]
) -> tuple[Chosen, ...]:
    by_score = view.order(view.score, np.array(list(practice), np.intp))
    evidence = LEAD_EVIDENCE * pool.evidence / 100
    leading = [row for row in by_score if pool.candidates[row].integrity != "concern"]
    first = view.order(view.score + evidence, np.array(leading, np.intp))[:1]
    first = first or outside[:1]
    chosen = [_chosen(view, pool, row, "lead", practice.get(row)) for row in first]
    for row in by_score:
        if row not in first:
            chosen.append(_chosen(view, pool, row, "practice", practice[row]))
    for row in outside:
        if row not in first:
            chosen.append(_chosen(view, pool, row, "outside", None))
    return tuple(chosen)


def _chosen(
    view: Standing, pool: Pool, row: int, slot: str, interest: int | None
) -> Chosen:
    candidate = pool.candidates[row]
    if interest is None:
        reason = reason_outside(candidate, has_interests=bool(view.interests))
        key, relevance = None, float(view.relevance[row])
    else:
        scored = view.interests[interest]
        reason = reason_within(scored, row, pool)
        key, relevance = scored.model.interest.key, float(scored.relevance[row])
    return Chosen(
        pmid=candidate.pmid,
        slot=slot,
        interest=key,
        relevance=round(relevance, 4),
        quality=candidate.quality,
        significance=candidate.significance,
        terms=reason.terms,
        nearest_seed=reason.seed,
        why=reason.sentence,
    )
