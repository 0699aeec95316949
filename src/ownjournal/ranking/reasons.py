"""Reasons: say of a chosen article, truly, why it was chosen.

The terms named are words of the article whose removal lowers its score, found
by removing them: an explanation that only correlates with the score is none.
"""

from dataclasses import dataclass
from math import sqrt

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.declared import words_in
from ownjournal.ranking.pool import REMEMBERED, Pool
from ownjournal.ranking.relevance import (
    SEEDS,
    WORDS,
    Model,
    Scored,
    nearest_seed,
    weights_of,
)
from ownjournal.ranking.terms import COMMON, term_of, words_of

NAMED_TERMS = 3
TRIED_TERMS = 12
TOO_COMMON = 0.2
"""A term in more of the pool's articles than this share explains nothing."""

SMALL_POOL = 50
"""Below it no term is too common: a pool of one article has only such."""

LEAST_LOSS = 1e-4
"""Of nearness: what goes by less may be the rounding of a sum."""

NOTHING_LEFT = 1e-6
"""Of the square of an article's length: no word is left."""

SHORT_TITLE = 80
"""Characters of a seed's title that a reason quotes."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article was chosen: the facts, and the sentence made of them."""

    terms: tuple[str, ...]
    seed: int | None  # PMID
    sentence: str


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words of the article, and the terms that go when they are removed."""

    words: str
    terms: frozenset[int]
    loss: float  # of nearness


def reason_within(scored: Scored, row: int, pool: Pool) -> Reason:
    """Why an article was chosen for an interest."""
    facts = _facts(scored, row)
    interest = scored.model.interest
    begins = "Matches your search" if interest.matches else "For"
    return _reason(f"{begins} “{interest.name}”", facts, scored, row, pool)


def reason_near(scored: Scored, row: int, pool: Pool, *, by_headings: bool) -> Reason:
    """Why an article that is nearly about an interest was chosen to explore."""
    quality = pool.candidates[row].quality
    facts = [
        *_facts(scored, row),
        *(["PubMed indexes it under what often goes with it"] if by_headings else ()),
        f"of the best tenth by quality ({quality} of 100), it is the nearest",
    ]
    name = scored.model.interest.name
    begins = f"To explore, near “{name}” though not surely about it"
    return _reason(begins, facts, scored, row, pool)


def _reason(
    begins: str, facts: list[str], scored: Scored, row: int, pool: Pool
) -> Reason:
    cues = _cues(scored.model, row, pool)
    seed = nearest_seed(scored.model, row, pool)
    if cues:
        facts.append(f"it names {_listed([each.words for each in cues])}")
    if seed is not None and seed.title:
        facts.append(f"its words are closest to “{_short(seed.title)}”")
    facts += _design(pool.candidates[row])
    named = tuple(each.words for each in cues)
    sentence = f"{begins}: {'; '.join(facts)}." if facts else f"{begins}."
    return Reason(named, None if seed is None else seed.pmid, sentence)


def reason_outside(candidate: Candidate, *, has_interests: bool) -> Reason:
    """Why an article was chosen without regard to any interest."""
    place = "Outside your interests" if has_interests else "You follow no interest yet"
    facts = [
        f"{place}: chosen for quality ({candidate.quality} of 100) "
        f"and significance ({candidate.significance} of 100) alone",
        *_design(candidate),
    ]
    return Reason((), None, f"{'; '.join(facts)}.")


def _facts(scored: Scored, row: int) -> list[str]:
    facts = []
    if scored.parts.topics[row] > 0 and not scored.model.interest.matches:
        facts.append("PubMed indexes it there")
    if scored.parts.journals[row] > 0:
        facts.append("it is in a journal you follow")
    if scored.parts.authors[row] > 0:
        facts.append("it is by an author you follow")
    return facts


def _design(candidate: Candidate) -> list[str]:
    design = DESIGNS.get(candidate.design)
    if design is None or design.code == "unclear":
        return []
    return [f"design: {design.name.lower()}"]


class _Text:
    """The words of one article, as a model sees them."""

    def __init__(self, model: Model, row: int, pool: Pool) -> None:
        self.weights = weights_of(pool.rows.line(row))
        self.pull = weights_of((model.direction.terms, model.direction.weights))
        self.phrases = model.phrases
        self.asked = {int(term) for each in model.phrases for term in each.terms}
        self.asked &= self.weights.keys()
        shared = self.weights.keys() & self.pull.keys()
        self._alike = sum(self.weights[t] * self.pull[t] for t in sorted(shared))
        self._whole = self._nearness(frozenset())

    def loss(self, removed: frozenset[int]) -> float:
        """How much nearness goes when terms of the article are removed.

        What is left is scaled to length 1 again, as that of any article.
        """
        return self._whole - self._nearness(removed)

    def _nearness(self, removed: frozenset[int]) -> float:
        gone = sorted(removed)
        left = 1 - sum(self.weights[term] ** 2 for term in gone)
        if left < NOTHING_LEFT:
            return 0.0
        alike = self._alike
        alike -= sum(self.weights[term] * self.pull.get(term, 0.0) for term in gone)
        asked = {t: self.weights[t] / sqrt(left) for t in self.asked - removed}
        return SEEDS * alike / sqrt(left) + WORDS * words_in(asked, self.phrases)


def _cues(model: Model, row: int, pool: Pool) -> list[_Cue]:
    """At most three cues, strongest first, whose joint removal lowers nearness."""
    text = _Text(model, row, pool)
    chosen: list[_Cue] = []
    gone: frozenset[int] = frozenset()
    for cue in _ranked(model, row, text, pool):
        if len(chosen) == NAMED_TERMS:
            break
        both = gone | cue.terms
        if gone.isdisjoint(cue.terms) and text.loss(both) > LEAST_LOSS:
            chosen.append(cue)
            gone = both
    return chosen


def _ranked(model: Model, row: int, text: _Text, pool: Pool) -> list[_Cue]:
    candidate = pool.candidates[row]
    words = f"{candidate.title} {candidate.abstract}".lower()
    strength = dict(text.pull)
    for phrase in model.phrases:
        if all(term in text.weights for term in phrase.terms.tolist()):
            strength.update(dict.fromkeys(phrase.terms.tolist(), 1.0))
    shared = [term for term in text.weights.keys() & strength if _tells(term, pool)]
    shared.sort(key=lambda term: (-text.weights[term] * strength[term], term))
    stand = _forms(words, row, pool)
    forms = {term: stand[term] for term in shared[:TRIED_TERMS] if term in stand}
    cues = [
        _Cue(word, frozenset({term}), text.loss(frozenset({term})))
        for term, word in forms.items()
        if term in text.asked or term_of(word) not in COMMON
    ]
    cues += _phrase_cues(model, text, words, pool)
    cues = [each for each in cues if each.loss > LEAST_LOSS]
    # Of equals the phrase comes first: it says the same in the reader's words.
    return sorted(
        cues, key=lambda each: (-round(each.loss, 6), -len(each.terms), each.words)
    )


def _phrase_cues(model: Model, text: _Text, words: str, pool: Pool) -> list[_Cue]:
    """The reader's own phrases of two words or more that stand in the text."""
    found = []
    for phrase in sorted({each.strip().lower() for each in model.interest.words}):
        terms = frozenset(
            pool.vocabulary.known(word) for word in words_of(phrase) if term_of(word)
        )
        if len(terms) > 1 and phrase in words and terms <= text.weights.keys():
            found.append(_Cue(phrase, terms, text.loss(terms)))
    return found


def _tells(term: int, pool: Pool) -> bool:
    articles = int(pool.columns.starts[term + 1] - pool.columns.starts[term])
    return len(pool) < SMALL_POOL or articles <= TOO_COMMON * len(pool)


def _forms(text: str, row: int, pool: Pool) -> dict[int, str]:
    """The first word in the text of each term, as it stands there in lower case.

    Kept with the pool, as many readers get the same articles.
    """
    if row not in pool.forms:
        if len(pool.forms) >= REMEMBERED:
            pool.forms.clear()
        words = words_of(text)[::-1]  # of each term the first is put last
        pool.forms[row] = dict(
            zip(pool.vocabulary.all_known(words), words, strict=True)
        )
    return pool.forms[row]


def _listed(words: list[str]) -> str:
    quoted = [f"“{each}”" for each in words]
    if len(quoted) == 1:
        return quoted[0]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _short(title: str) -> str:
    title = title.rstrip(".")
    if len(title) <= SHORT_TITLE:
        return title
    return title[:SHORT_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
