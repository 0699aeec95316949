"""Choose a study design: by sure rules, else by the model or a weaker rule.

Every verdict has a probability, and of two the more probable one stands, unless
the rule is firm. That of
a rule is how often rules of its kind were right where people had labelled (see
`PRECISION`); that of the model is its calibrated own. What is less probable than
the threshold stays "unclear".
"""

import re
from collections.abc import Sequence

from ownjournal.appraisal.features import terms_of
from ownjournal.appraisal.finding import UNCLEAR, Finding, likely_design, sure_design
from ownjournal.appraisal.model import SparseModel
from ownjournal.appraisal.reading import Reading

FIRM = 0.75
"""A rule that is right this often is not overruled: the text names the design."""

MOST_WORDS = 3
"""Words and pairs of them that are told as the model's reasons."""

PRECISION = {
    "sure": {
        "": 0.86,
        "rct": 0.92,
        "title": 0.93,
        "type": 0.9,
        "journal": 0.95,
    },
    "likely": {
        "": 0.6,
        "title": 0.75,
        "title animal": 0.65,
        "abstract": 0.55,
        "abstract animal": 0.5,
        "abstract cohort": 0.45,
        "abstract cross-sectional": 0.35,
        "mesh animal": 0.85,
        "bench": 0.76,
        "case-control": 0.76,
        "economic": 0.85,
        "non-randomised-trial": 0.7,
        "qualitative": 0.5,
        "review": 0.7,
    },
}
"""Share of right verdicts of sure and of likely rules, by place and design, by
design, by place, or "" for the rest.

Counted on 565 articles labelled by hand (sure: 239 of 261 right, in titles 137 of
142; likely in titles 42 of 54, in abstracts 160 of 225), of trials also on 463
records of 2000 (192 of 196), less 2 to 10 in a hundred, as the rules were developed
on them. Where fewer than five were counted it is that of the group, or near it."""


def designs_of(
    reads: Sequence[Reading], model: SparseModel | None
) -> list[tuple[Finding, float | None]]:
    """The designs of articles and how probable each is; None of one unclear."""
    chosen: list[tuple[Finding, float | None]] = []
    open_: list[int] = []
    for place, read in enumerate(reads):
        sure = sure_design(read)
        finding = sure or likely_design(read)
        chosen.append((finding, _precision(finding, "sure" if sure else "likely")))
        if sure is None and (read.title.text or read.abstract.text):
            open_.append(place)
    if model is not None and open_:
        guesses = _guesses([reads[place] for place in open_], model)
        for place, guess in zip(open_, guesses, strict=True):
            chosen[place] = _better(*chosen[place], *guess)
    return chosen


def _precision(finding: Finding, kind: str) -> float | None:
    if finding.source is None:
        return None
    known = PRECISION[kind]
    for key in (f"{finding.source} {finding.design}", finding.design, finding.source):
        if key in known:
            return known[key]
    return known[""]


def _better(
    by_rule: Finding, chance: float | None, by_model: Finding, guessed: float
) -> tuple[Finding, float | None]:
    """The more probable of the two; where they agree, the rule's words stand."""
    if chance is not None and by_rule.design == by_model.design:
        return by_rule, max(chance, guessed)
    if by_model is UNCLEAR or guessed < (chance or 0) or (chance or 0) >= FIRM:
        return by_rule, chance
    return by_model, guessed


def _guesses(
    reads: Sequence[Reading], model: SparseModel
) -> list[tuple[Finding, float]]:
    """The model's best class for each article; UNCLEAR below its threshold."""
    documents = [terms_of(read) for read in reads]
    vectors = model.vectors(documents)
    chances = model.chances(vectors)
    best = chances.argmax(axis=1)
    found: list[tuple[Finding, float]] = []
    for row, place in enumerate(best.tolist()):
        chance = round(float(chances[row, place]), 3)
        if chance < model.thresholds[place]:
            found.append((UNCLEAR, chance))
            continue
        words = told_words(model.strongest(vectors, row, place, 4 * MOST_WORDS))
        found.append((Finding(model.classes[place], "model", words or None), chance))
    return found


_ONLY_SMALL = re.compile(r"\w{1,3}(?: \w{1,3})?")


def told_words(terms: Sequence[str]) -> str:
    """The words of terms for a reader: no flags, nothing twice, nothing in part."""
    told: list[str] = []
    for term in terms:
        kind, _, words = term.partition(":")
        if kind == "flag" or _ONLY_SMALL.fullmatch(words):
            continue
        if not any(words in each or each in words for each in told):
            told.append(words)
        if len(told) == MOST_WORDS:
            break
    return ", ".join(told)
