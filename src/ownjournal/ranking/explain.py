"""Explain: the whole arithmetic of one article for one reader.

The numbers are those that `compose` uses, from the same calls, and the rules
are those it met: nothing is reasoned out afterwards.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.ranking.duplicates import Trace
from ownjournal.ranking.exploring import near
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import in_order
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.reasons import reason_within
from ownjournal.ranking.relevance import (
    AUTHORS,
    JOURNALS,
    SEEDS,
    TOPICS,
    WORDS,
    Scored,
)
from ownjournal.ranking.slots import Draft, drafted, is_strange, is_worthy
from ownjournal.ranking.standing import EVIDENCE, LEAST_NEARNESS, NOT_CLINICAL

MOST_TOLD = 8
"""Interests whose arithmetic is told: a reader may have two hundred."""


class Part(Struct, frozen=True):
    """One step of an explanation: a heading and lines to be printed below it.

    A line that begins with a space is one of a table and is not to be wrapped.
    """

    heading: str
    lines: tuple[str, ...]


def explain(
    pool: Pool,
    interests: Sequence[Interest],
    pmid: int,
    *,
    already_shown: frozenset[int] = frozenset(),
    traces: Sequence[Trace] = (),
    length: int = 12,
) -> tuple[Part, ...]:
    """How an article's score comes about, and which rule put it in or kept it out.

    The arguments are those of `compose`.
    """
    row = pool.row_of.get(pmid)
    if row is None:
        told = f"PMID {pmid} is not among the {len(pool):,} articles considered."
        return (Part("Decision", (told,)),)
    draft = drafted(
        pool, interests, already_shown=already_shown, traces=traces, length=length
    )
    return (
        *_interests(draft, row),
        Part("Score", tuple(_score(draft, row, already_shown))),
        Part("Decision", tuple(_decision(draft, row, pmid in already_shown))),
    )


def _interests(draft: Draft, row: int) -> Iterator[Part]:
    """The interests it is nearest to; the others only counted."""
    told = [each for each in draft.view.interests if each.nearness[row] > 0]
    told.sort(key=lambda each: (-float(each.relevance[row]), each.model.interest.key))
    for scored in told[:MOST_TOLD]:
        name = scored.model.interest.name
        yield Part(f"Interest “{name}”", tuple(_of_interest(scored, row, draft.pool)))
    if others := len(draft.view.interests) - len(told[:MOST_TOLD]):
        noun = "interest" if others == 1 else "interests"
        line = (
            f"Nothing, or less, ties it to {others} {'other ' if told else ''}{noun}."
        )
        yield Part("Other interests", (line,))


def _of_interest(scored: Scored, row: int, pool: Pool) -> Iterator[str]:
    parts = scored.parts
    nearness, relevance = float(scored.nearness[row]), float(scored.relevance[row])
    yield from (
        _product("likeness to your articles", SEEDS, float(parts.seeds[row])),
        _product("topics", TOPICS, float(parts.topics[row])),
        _product("words", WORDS, float(parts.words[row])),
        _product("journals", JOURNALS, float(parts.journals[row])),
        _product("authors", AUTHORS, float(parts.authors[row])),
        _sum("nearness", nearness),
        _sum("less the mean of all", -scored.mean),
        f"  {'by the spread of all':<28}{'÷':>16} {scored.spread:8.3f}",
        _sum("relevance", relevance),
    )
    about = "about it" if nearness >= LEAST_NEARNESS else "not about it"
    yield f"An article is about an interest from {LEAST_NEARNESS:g} on: it is {about}."
    reason = reason_within(scored, row, pool)
    if reason.terms:
        yield f"Its strongest terms: {', '.join(reason.terms)}."
    if reason.seed is not None:
        yield f"The nearest of your articles: PMID {reason.seed}."


def _product(name: str, weight: float, value: float) -> str:
    return f"  {name:<28}{weight:>5.2f} × {value:>6.3f} = {weight * value:8.3f}"


def _sum(name: str, value: float) -> str:
    return f"  {name:<44} {value:8.3f}"


def _score(draft: Draft, row: int, shown_before: frozenset[int]) -> Iterator[str]:
    view, candidate = draft.view, draft.pool.candidates[row]
    evidence = float(draft.pool.evidence[row]) / 100
    if view.interests:
        best = int(view.best[row])
        name = view.interests[best].model.interest.name
        far = "It is about no interest; the nearest is"
        yield (
            f"“{name}” speaks for it." if view.about[best, row] else f"{far} “{name}”."
        )
    yield _sum("relevance", float(view.relevance[row]))
    yield _product("evidence, of 1", EVIDENCE, evidence)
    if not candidate.clinical:
        yield _sum("not clinical", -NOT_CLINICAL)
    yield _sum("score", float(view.score[row]))
    yield (
        f"Evidence is the mean of quality ({candidate.quality}) and significance "
        f"({candidate.significance}), the same for all readers."
    )
    before = [
        draft.pool.row_of[each] for each in shown_before & draft.pool.row_of.keys()
    ]
    open_to = view.allowed.copy()
    open_to[before] = False
    ranked = view.order(view.score, np.flatnonzero(open_to))
    if row in ranked:
        place = ranked.index(row) + 1
        yield f"By score it is number {place:,} of {len(ranked):,} considered."


def _decision(draft: Draft, row: int, shown_before: bool) -> Iterator[str]:
    placed = in_order(draft)
    for position, (each, slot) in enumerate(placed, start=1):
        if each == row:
            yield f"It has place {position} of {len(placed)}, as {NAMES[slot]}."
            yield draft.places.taken[row].rule
            if slot == "lead":
                yield "It leads, being first where evidence counts three times."
            return
    yield f"It has none of the {len(placed)} places."
    yield from _against(draft, row, shown_before)


NAMES = {
    "lead": "the lead",
    "practice": "one for the practice",
    "outside": "one from outside the interests",
    "exploration": "the one to explore",
}


def _against(draft: Draft, row: int, shown_before: bool) -> Iterator[str]:
    """Which rule kept an article out."""
    integrity = draft.pool.candidates[row].integrity
    if integrity in GRAVE:
        yield f"What is {integrity} cannot be chosen."
    elif shown_before:
        yield "It was shown before, or you named it as an example; nothing comes twice."
    elif rule := draft.places.refused.get(row):
        yield rule
    elif draft.view.about[:, row].any():
        yield _stood_lower(draft, row)
    elif draft.view.interests:
        yield from _against_from_elsewhere(draft, row)
    else:
        yield "Others have better evidence."


def _stood_lower(draft: Draft, row: int) -> str:
    places = draft.places.taken.items()
    scores = [
        float(draft.view.score[each])
        for each, place in places
        if place.slot == "practice"
    ]
    lowest = f"; the last of them has {min(scores):.3f}" if scores else ""
    return f"The places for the practice went to articles of a higher score{lowest}."


def _against_from_elsewhere(draft: Draft, row: int) -> Iterator[str]:
    yield "It is about no interest, so it has no place for the practice."
    if not draft.view.sound[row]:
        yield "Bench work and what is under concern do not come from outside."
    elif not is_worthy(draft.pool, row):
        yield "Its quality and significance are not high, so not from outside either."
    elif not is_strange(draft.view, row):
        yield "It is nearer than the median to an interest, so not from outside either."
    else:
        yield "Others from outside have better evidence."
    if near(draft.view)[row]:
        yield (
            "It is near an interest, but to explore there was one nearer of the best "
            "tenth by quality, or it is not among that tenth."
        )
