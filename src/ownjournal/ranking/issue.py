"""Compose an issue: choose what one reader gets, and say why of each.

Places, in this order: the lead; for the reader's practice, with one for every
interest that has anything, no interest above CEILING while another has
something to offer, and two articles at most of one section of a journal that
the reader does not follow; one or two from outside the interests, of the highest
quality and significance, so that a reader also learns what nobody asked for; one
to explore, of high quality and nearly about an interest, since what the reader
makes of it teaches most. Nothing comes twice, nothing is drawn by lot, and no
place is filled for the sake of filling it.

Variety comes from these places and not from a diversifying order: the known
ones cost a tenth of what a reader looks for (docs/ranking.md).
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ownjournal.ranking.duplicates import Trace
from ownjournal.ranking.exploring import near
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.reasons import (
    Reason,
    reason_near,
    reason_outside,
    reason_within,
)
from ownjournal.ranking.slot_names import SLOTS as SLOTS
from ownjournal.ranking.slots import Draft, drafted
from ownjournal.ranking.standing import EVIDENCE, Standing

RULES_VERSION = 2
"""Goes up with any change that could choose or order otherwise."""

LEAD_EVIDENCE = 2 * EVIDENCE
"""The lead is chosen with evidence counting three times as much as elsewhere."""


class Chosen(Struct, frozen=True):
    """One article of an issue, with the facts that chose it."""

    pmid: int
    slot: str  # one of SLOTS
    interest: str | None  # Interest.key; None for what stands outside
    relevance: float  # in standard deviations over the pool, to its interest
    quality: int
    significance: int
    terms: tuple[str, ...]  # at most 3, strongest first, all present in the article
    nearest_seed: int | None  # PMID
    why: str  # one true sentence
    propensity: float | None = None
    """Of the one to explore: 1 over the number that could have been it, for those
    who learn from what became of it. None: it was chosen for what it is."""


class Composition(Struct, frozen=True):
    """An issue before it is stored, in the order of SLOTS; practice by score."""

    chosen: tuple[Chosen, ...]
    considered: int  # articles in the pool that could have been chosen
    rules_version: int


def compose(
    pool: Pool,
    interests: Sequence[Interest],
    *,
    already_shown: frozenset[int] = frozenset(),
    traces: Sequence[Trace] = (),
    length: int = 12,
    view: Standing | None = None,
) -> Composition:
    """Compose one reader's issue of at most `length` articles.

    `already_shown` are PMIDs; `traces` tell works apart that come in another
    form. The same pool, interests and shown articles give the same issue, in
    whatever order they come. A reader without interests gets what is best for
    anyone. `view` is how these interests see the pool, where many readers were
    scored together.
    """
    draft = drafted(
        pool,
        interests,
        already_shown=already_shown,
        traces=traces,
        length=length,
        view=view,
    )
    chosen = tuple(_chosen(draft, row, slot) for row, slot in in_order(draft))
    considered = _considered(draft.view, pool, already_shown)
    return Composition(chosen, considered, RULES_VERSION)


def in_order(draft: Draft) -> list[tuple[int, str]]:
    """Rows and their slots in the order of the issue."""
    taken = draft.places.taken
    by_score = draft.view.order(draft.view.score, _of_slot(draft, "practice"))
    first = _lead(draft, by_score) or _of_slot(draft, "outside")[:1].tolist()
    placed = [(row, "lead") for row in first]
    placed += [(row, "practice") for row in by_score if row not in first]
    rest = [(row, place.slot) for row, place in taken.items() if row not in first]
    return placed + [each for each in rest if each[1] != "practice"]


def _of_slot(draft: Draft, slot: str) -> NDArray[np.intp]:
    places = draft.places.taken.items()
    return np.array([row for row, place in places if place.slot == slot], np.intp)


def _lead(draft: Draft, by_score: Sequence[int]) -> list[int]:
    """The best by score and by evidence once more, of what is not doubted."""
    candidates, view = draft.pool.candidates, draft.view
    rows = [row for row in by_score if candidates[row].integrity != "concern"]
    with_evidence = view.score + LEAD_EVIDENCE * draft.pool.evidence / 100
    return view.order(with_evidence, np.array(rows, np.intp))[:1]


def _considered(view: Standing, pool: Pool, shown_before: frozenset[int]) -> int:
    rows = [pool.row_of[pmid] for pmid in shown_before if pmid in pool.row_of]
    return int(view.allowed.sum() - view.allowed[rows].sum())


def _chosen(draft: Draft, row: int, slot: str) -> Chosen:
    view, candidate = draft.view, draft.pool.candidates[row]
    interest = draft.places.taken[row].interest
    reason = _reason(draft, row, slot)
    scored = None if interest is None else view.interests[interest]
    relevance = (view if scored is None else scored).relevance[row]
    return Chosen(
        pmid=candidate.pmid,
        slot=slot,
        interest=None if scored is None else scored.model.interest.key,
        relevance=round(float(relevance), 4),
        quality=candidate.quality,
        significance=candidate.significance,
        terms=reason.terms,
        nearest_seed=reason.seed,
        why=reason.sentence,
        propensity=1 / draft.explored if slot == "exploration" else None,
    )


def _reason(draft: Draft, row: int, slot: str) -> Reason:
    interest = draft.places.taken[row].interest
    if interest is None:
        asked = bool(draft.view.interests)
        return reason_outside(draft.pool.candidates[row], has_interests=asked)
    scored = draft.view.interests[interest]
    if slot == "exploration":
        by_headings = not near(draft.view)[row]
        return reason_near(scored, row, draft.pool, by_headings=by_headings)
    return reason_within(scored, row, draft.pool)
