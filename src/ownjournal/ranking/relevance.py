"""Relevance: how near an article is to one interest of a reader.

    nearness = SEEDS * likeness to the articles the reader wants (`learning`)
             + TOPICS * topic + WORDS * words + JOURNALS * journal
             + AUTHORS * author (`declared`)

Likeness is the cosine between the article and the direction of the interest, so
it lies in -1..1 and is near 0 for most; the others lie in 0..1. Relevance is
nearness in standard deviations over the pool, so that a narrow interest and a
broad one can be compared: one model for each interest, and the best one speaks
for the article. With one profile for all, an interest of two seeds beside one of
twenty is hardly ever served.

What was measured against it is in docs/ranking.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.declared import (
    Phrase,
    by_authors,
    by_journals,
    by_topics,
    by_words,
    phrases_of,
    topic_of,
    words_in,
)
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.learning import learnt, likeness
from ownjournal.ranking.lessons import lessons_of
from ownjournal.ranking.linear import Direction
from ownjournal.ranking.names import is_by
from ownjournal.ranking.pool import Floats, Ints, Pool

SEEDS, TOPICS, WORDS, JOURNALS, AUTHORS = 1.0, 0.3, 0.3, 0.1, 0.2

LEAST_SPREAD = 0.03
"""Nearness to an interest of one rare word is 0 nearly everywhere; without this
its few matches would stand 25 deviations out and shut other interests out."""


@dataclass(frozen=True, slots=True)
class Model:
    """An interest in the terms of one pool."""

    interest: Interest
    direction: Direction
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Nearness:
    """The parts of nearness for every article of a pool, each (n,)."""

    seeds: Floats
    topics: Floats
    words: Floats
    journals: Floats
    authors: Floats
    rows: Ints  # of articles that have anything of what was declared

    def declared(self) -> Floats:
        """The weighted sum of what was declared."""
        found = np.zeros(len(self.seeds), np.float32)
        found[self.rows] = self._declared()
        return found

    def total(self) -> Floats:
        """The weighted sum of all."""
        found: Floats = SEEDS * self.seeds
        found[self.rows] += self._declared()
        return found

    def _declared(self) -> Floats:
        rows = self.rows
        parts = TOPICS * self.topics[rows] + WORDS * self.words[rows]
        parts = parts + JOURNALS * self.journals[rows] + AUTHORS * self.authors[rows]
        return np.asarray(parts)


@dataclass(frozen=True, slots=True)
class Scored:
    """One interest over the whole pool."""

    model: Model
    parts: Nearness
    nearness: Floats  # (n,)
    relevance: NDArray[np.float64]  # (n,) nearness in standard deviations
    mean: float
    spread: float  # the standard deviation, or LEAST_SPREAD if that is more


def model_of(interest: Interest, pool: Pool) -> Model:
    """Learn an interest from its articles, in the pool's terms."""
    phrases = phrases_of(interest, pool)
    declared = _declared(interest, phrases, pool).declared()
    return Model(interest, learnt(interest, pool, declared), phrases)


def score(model: Model, pool: Pool) -> Scored:
    """Score one interest against every article of a pool."""
    return scored_by(likeness(model.direction, pool), model, pool)


def scored_by(alike: Floats, model: Model, pool: Pool) -> Scored:
    """Score one interest whose likeness, (n,), was computed already."""
    parts = replace(_declared(model.interest, model.phrases, pool), seeds=alike)
    nearness = parts.total()
    relevance = nearness.astype(np.float64)
    mean = float(relevance.mean()) if len(relevance) else 0.0
    relevance -= mean
    deviation = float(np.square(relevance).mean()) ** 0.5 if len(relevance) else 0.0
    spread = max(deviation, LEAST_SPREAD)
    relevance /= spread
    return Scored(model, parts, nearness, relevance, mean, spread)


def nearness_of_text(model: Model, article: dict[int, float]) -> float:
    """The part of nearness that rests on words, of one article's {term: weight}."""
    pairs = weights_of((model.direction.terms, model.direction.weights)).items()
    alike = sum(article.get(term, 0.0) * weight for term, weight in pairs)
    return SEEDS * alike + WORDS * words_in(article, model.phrases)


def relevance_of(candidate: Candidate, scored: Scored, pool: Pool) -> float:
    """The relevance an article would have, measured against this pool.

    For articles outside the pool, and to see what a change of words does.
    """
    model, interest = scored.model, scored.model.interest
    nearness = nearness_of_text(model, weights_of(pool.vector(candidate)))
    nearness += SEEDS * float(pool.meaning_of(candidate) @ model.direction.meaning)
    nearness += TOPICS * topic_of(candidate, interest)
    nearness += JOURNALS * (candidate.journal in interest.journals)
    nearness += AUTHORS * any(is_by(candidate, each) for each in interest.authors)
    return (nearness - scored.mean) / scored.spread


def weights_of(vector: tuple[Ints, Floats]) -> dict[int, float]:
    """A vector as {term: weight}."""
    terms, weights = vector
    return dict(zip(terms.tolist(), weights.tolist(), strict=True))


def nearest_seed(model: Model, row: int, pool: Pool) -> Candidate | None:
    """Of what the reader named or liked, the most like an article by its words.

    Of equals the one with the lowest PMID. What was retracted still shows what its
    reader works on, but is never named.
    """
    terms, weights = pool.rows.line(row)
    if not len(terms):
        return None
    best: tuple[float, Candidate] | None = None
    for seed in _wanted(model.interest):
        others, theirs = pool.vector(seed)
        here = np.searchsorted(terms, others)
        here[here == len(terms)] = 0
        same = terms[here] == others
        alike = float(weights[here[same]].astype(np.float64) @ theirs[same])
        if alike > 0 and (best is None or alike > best[0] + 1e-9):
            best = alike, seed
    return best[1] if best else None


def _wanted(interest: Interest) -> Iterator[Candidate]:
    for lesson in lessons_of(interest):
        if lesson.weight > 0 and lesson.candidate.integrity not in GRAVE:
            yield lesson.candidate


def _declared(interest: Interest, phrases: tuple[Phrase, ...], pool: Pool) -> Nearness:
    topics, by_topic = by_topics(interest, pool)
    words, by_word = by_words(phrases, pool)
    journals, by_journal = by_journals(interest, pool)
    authors, by_author = by_authors(interest, pool)
    return Nearness(
        seeds=np.zeros(len(pool), np.float32),
        topics=topics,
        words=words,
        journals=journals,
        authors=authors,
        rows=np.concatenate([by_topic, by_word, by_journal, by_author]),
    )
