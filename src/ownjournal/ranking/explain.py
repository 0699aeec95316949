"""Explain: the whole arithmetic of one article for one reader, line by line."""

from collections.abc import Sequence

import numpy as np

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.reasons import reason_within
from ownjournal.ranking.relevance import JOURNALS, SEEDS, TOPICS, WORDS, Scored
from ownjournal.ranking.standing import (
    EVIDENCE,
    LEAST_NEARNESS,
    NOT_CLINICAL,
    Standing,
    standing,
)


def explain(pool: Pool, interests: Sequence[Interest], pmid: int) -> tuple[str, ...]:
    """Lines that say how an article's score comes about, to be printed as they are.

    The numbers are those that `compose` uses, from the same calls.
    """
    row = pool.row_of.get(pmid)
    if row is None:
        return (f"PMID {pmid} is not among the {len(pool):,} articles considered.",)
    view = standing(pool, interests)
    lines = [f"PMID {pmid}: {pool.candidates[row].title}"]
    for scored in view.interests:
        lines += _of_interest(scored, row, pool)
    lines += _of_score(view, row, pool)
    return tuple(lines)


def _of_interest(scored: Scored, row: int, pool: Pool) -> list[str]:
    parts, interest = scored.parts, scored.model.interest
    nearness = float(scored.nearness[row])
    far = f", below {LEAST_NEARNESS}: not about it" if nearness < LEAST_NEARNESS else ""
    lines = [
        f"Interest “{interest.name}” ({interest.key}):",
        f"  nearness {nearness:.3f} = {SEEDS:g} × {parts.seeds[row]:.3f} (seeds)"
        f" + {TOPICS:g} × {parts.topics[row]:.3f} (topics)"
        f" + {WORDS:g} × {parts.words[row]:.3f} (words)"
        f" + {JOURNALS:g} × {parts.journals[row]:.3f} (journals){far}",
        f"  relevance {scored.relevance[row]:.3f} = ({nearness:.3f} - {scored.mean:.3f}"
        f" mean of the pool) / {scored.spread:.3f} spread of the pool",
    ]
    if terms := reason_within(scored, row, pool).terms:
        lines.append(f"  strongest terms: {', '.join(terms)}")
    return lines


def _of_score(view: Standing, row: int, pool: Pool) -> list[str]:
    candidate = pool.candidates[row]
    evidence = float(pool.evidence[row])
    lines = []
    if view.interests:
        speaks = view.interests[int(view.best[row])].model.interest.name
        lines.append(f"“{speaks}” speaks for it: relevance {view.relevance[row]:.3f}")
    lines.append(
        f"Evidence: quality {candidate.quality}, significance {candidate.significance}:"
        f" {EVIDENCE:g} × {evidence:g} / 100 = {EVIDENCE * evidence / 100:.3f}"
    )
    if not candidate.clinical:
        lines.append(f"Not clinical: -{NOT_CLINICAL:g}")
    if candidate.integrity in GRAVE:
        lines.append(f"It cannot be chosen: {candidate.integrity}.")
    ranked = view.order(view.score, np.flatnonzero(view.allowed))
    place = (
        f", place {ranked.index(row) + 1:,} of {len(ranked):,}" if row in ranked else ""
    )
    lines.append(f"Score {view.score[row]:.3f}{place}")
    return lines
