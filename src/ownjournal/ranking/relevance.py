"""Relevance: how near an article is to one interest of a reader.

    nearness = SEEDS * cosine to the centroid of the seeds
             + TOPICS * topic + WORDS * words + JOURNALS * journal

    topic    1 for a main heading among the interest's, .7 for another heading;
             1 for what a saved search finds
    words    1 - product over the words and phrases of (1 - match)
    match    0 unless every word of the phrase is there, else .5 + .5 * weight,
             the weight being that of its weakest word over .25, at most 1;
             halved for the words of a topic's name, which stand in for headings
             in the days before an article has any
    journal  1 in a journal of the interest

All four lie in 0..1. Relevance is nearness in standard deviations over the
pool, so that a narrow interest and a broad one can be compared: one model for
each interest, and the best one speaks for the article. With one profile for
all, an interest of two seeds beside one of twenty is hardly ever served.

The centroid is Rocchio's without negatives (Rocchio 1971; SMART). What was
measured against it is in docs/ranking.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Floats, Ints, Pool
from ownjournal.ranking.terms import NO_TERM, term_of, words_of

SEEDS, TOPICS, WORDS, JOURNALS = 1.0, 0.3, 0.3, 0.1
MINOR_HEADING = 0.7
FULL_WEIGHT = 0.25
NAME_SHARE = 0.5
LEAST_SPREAD = 0.03
"""Nearness to an interest of one rare word is 0 nearly everywhere; without this
its few matches would stand 25 deviations out and shut other interests out."""

SEED_TERMS = 300
"""Terms kept of a centroid: the strongest; the others change no order seen."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words asked for together."""

    terms: Ints  # at least one
    share: float  # 1, or NAME_SHARE


@dataclass(frozen=True, slots=True)
class Model:
    """An interest in the terms of one pool."""

    interest: Interest
    seed_terms: Ints
    seed_weights: Floats  # (len(seed_terms),) parts of a vector of length 1
    phrases: tuple[Phrase, ...]

    def terms(self) -> set[int]:
        """All terms that can raise the nearness of an article."""
        asked = [int(term) for each in self.phrases for term in each.terms]
        return {*map(int, self.seed_terms), *asked}


@dataclass(frozen=True, slots=True)
class Nearness:
    """The four parts of nearness for every article of a pool, each (n,)."""

    seeds: Floats
    topics: Floats
    words: Floats
    journals: Floats

    def total(self) -> Floats:
        """Their weighted sum."""
        parts = SEEDS * self.seeds + TOPICS * self.topics
        return np.asarray(parts + WORDS * self.words + JOURNALS * self.journals)


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
    """Read an interest in the pool's terms."""
    terms, weights = _centroid(interest.seeds, pool)
    phrases = [_phrase(words, 1.0, pool) for words in sorted(set(interest.words))]
    if interest.topics:
        phrases.append(_phrase(interest.name, NAME_SHARE, pool))
    known = tuple(each for each in phrases if len(each.terms))
    return Model(interest, terms, weights, known)


def score(model: Model, pool: Pool) -> Scored:
    """Score one interest against every article of a pool."""
    parts = Nearness(
        seeds=_by_seeds(model, pool),
        topics=_by_topics(model.interest, pool),
        words=_by_words(model, pool),
        journals=_by_journals(model.interest, pool),
    )
    nearness = parts.total()
    exact = nearness.astype(np.float64)
    mean = float(exact.mean()) if len(exact) else 0.0
    spread = max(float(exact.std()) if len(exact) else 0.0, LEAST_SPREAD)
    relevance = (exact - mean) / spread
    return Scored(model, parts, nearness, relevance, mean, spread)


def nearness_of_text(model: Model, article: dict[int, float]) -> float:
    """The part of nearness that rests on words, of one article's {term: weight}."""
    return SEEDS * _cosine(model, article) + WORDS * _match(model, article)


def relevance_of(candidate: Candidate, scored: Scored, pool: Pool) -> float:
    """The relevance an article would have, measured against this pool.

    For articles outside the pool, and to see what a change of words does.
    """
    interest = scored.model.interest
    wanted = set(interest.topics)
    topic = MINOR_HEADING if wanted.intersection(candidate.mesh) else 0.0
    if wanted.intersection(candidate.mesh_major) or candidate.pmid in interest.matches:
        topic = 1.0
    nearness = nearness_of_text(scored.model, weights_of(pool.vector(candidate)))
    nearness += TOPICS * topic + JOURNALS * (candidate.journal in interest.journals)
    return (nearness - scored.mean) / scored.spread


def weights_of(vector: tuple[Ints, Floats]) -> dict[int, float]:
    """A vector as {term: weight}."""
    terms, weights = vector
    return dict(zip(terms.tolist(), weights.tolist(), strict=True))


def nearest_seed(model: Model, row: int, pool: Pool) -> Candidate | None:
    """The seed most like an article; of equals the one with the lowest PMID.

    A retracted seed still shows what its reader works on, but is never named.
    """
    article = weights_of(pool.rows.line(row))
    best: tuple[float, Candidate] | None = None
    for seed in _in_order(model.interest.seeds):
        if seed.integrity in ("retracted", "withdrawn"):
            continue
        pairs = weights_of(pool.vector(seed)).items()
        likeness = sum(article.get(term, 0.0) * weight for term, weight in pairs)
        if likeness > 0 and (best is None or likeness > best[0] + 1e-9):
            best = likeness, seed
    return best[1] if best else None


def _in_order(seeds: Sequence[Candidate]) -> list[Candidate]:
    return list({each.pmid: each for each in sorted(seeds, key=_pmid)}.values())


def _pmid(candidate: Candidate) -> int:
    return candidate.pmid


def _centroid(seeds: Sequence[Candidate], pool: Pool) -> tuple[Ints, Floats]:
    """The strongest terms of the seeds' mean vector, scaled to length 1."""
    total = np.zeros(len(pool.idf), np.float64)
    for seed in _in_order(seeds):
        terms, weights = pool.vector(seed)
        total[terms] += weights
    strongest = np.argsort(-total, kind="stable")[:SEED_TERMS]
    kept = np.sort(strongest[total[strongest] > 0]).astype(np.int32)
    length = float(np.linalg.norm(total[kept]))
    return kept, (total[kept] / (length or 1.0)).astype(np.float32)


def _phrase(words: str, share: float, pool: Pool) -> Phrase:
    """A phrase in the pool's terms; none where a word of it stands in no article."""
    forms = [word for word in words_of(words) if term_of(word) is not None]
    numbers = sorted({pool.vocabulary.known(word) for word in forms})
    if NO_TERM in numbers:
        numbers = []
    return Phrase(np.array(numbers, np.int32), share)


def _by_seeds(model: Model, pool: Pool) -> Floats:
    cosine = np.zeros(len(pool), np.float32)
    for term, weight in zip(model.seed_terms, model.seed_weights, strict=True):
        rows, weights = pool.columns.line(int(term))
        cosine[rows] += weight * weights
    return cosine


def _by_topics(interest: Interest, pool: Pool) -> Floats:
    found = np.zeros(len(pool), np.float32)
    topics = set(interest.topics)
    for topic in topics & pool.with_topic.keys():
        found[pool.with_topic[topic]] = MINOR_HEADING
    for topic in topics & pool.with_major_topic.keys():
        found[pool.with_major_topic[topic]] = 1.0
    matching = [pool.row_of[pmid] for pmid in interest.matches if pmid in pool.row_of]
    found[matching] = 1.0
    return found


def _by_words(model: Model, pool: Pool) -> Floats:
    unmatched = np.ones(len(pool), np.float32)
    for phrase in model.phrases:
        weakest = np.full(len(pool), np.inf, np.float32)
        for term in phrase.terms:
            weight = np.zeros(len(pool), np.float32)
            rows, weights = pool.columns.line(int(term))
            weight[rows] = weights
            np.minimum(weakest, weight, out=weakest)
        strength = 0.5 + 0.5 * np.minimum(weakest / FULL_WEIGHT, 1)
        strength[weakest <= 0] = 0
        unmatched *= 1 - phrase.share * strength
    return np.asarray(1 - unmatched, np.float32)


def _by_journals(interest: Interest, pool: Pool) -> Floats:
    found = np.zeros(len(pool), np.float32)
    for journal in set(interest.journals) & pool.in_journal.keys():
        found[pool.in_journal[journal]] = 1.0
    return found


def _cosine(model: Model, article: dict[int, float]) -> float:
    pairs = weights_of((model.seed_terms, model.seed_weights)).items()
    return sum(article.get(term, 0.0) * weight for term, weight in pairs)


def _match(model: Model, article: dict[int, float]) -> float:
    unmatched = 1.0
    for phrase in model.phrases:
        weakest = min(article.get(term, 0.0) for term in phrase.terms.tolist())
        if weakest > 0:
            strength = 0.5 + 0.5 * min(weakest / FULL_WEIGHT, 1)
            unmatched *= 1 - phrase.share * strength
    return 1 - unmatched
