"""What an article has of what a reader declared: topics, words, journals, authors.

    topic    1 for a main heading among the interest's or what its saved search
             finds, .7 for another heading
    words    1 - product over the words and phrases of (1 - match)
    match    0 unless every word of the phrase is there, else .5 + .5 * weight,
             the weight being that of its weakest word over .25, at most 1;
             halved for the words of a topic's name, which stand in for headings
             in the days before an article has any; and times 3 / (3 + articles
             that are wanted), though never below .4: articles say it better
    journal  1 in a journal of the interest
    author   1 by an author of the interest

All lie in 0..1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.lessons import lessons_of
from ownjournal.ranking.pool import Floats, Ints, Pool
from ownjournal.ranking.terms import NO_TERM, term_of, words_of

MINOR_HEADING = 0.7
FULL_WEIGHT = 0.25
NAME_SHARE = 0.5

AS_GOOD_AS = 3
"""Articles that say what an interest is as well as its words do."""

LEAST_SHARE = 0.4
"""With it a word alone still makes an article one about the interest."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words asked for together."""

    terms: Ints  # at least one
    share: float  # of 1


def phrases_of(interest: Interest, pool: Pool) -> tuple[Phrase, ...]:
    """The words of an interest in a pool's terms; those that can match anything."""
    wanted = sum(max(each.weight, 0.0) for each in lessons_of(interest))
    share = max(AS_GOOD_AS / (AS_GOOD_AS + wanted), LEAST_SHARE)
    phrases = [_phrase(words, share, pool) for words in sorted(set(interest.words))]
    if interest.topics:
        phrases.append(_phrase(interest.name, NAME_SHARE * share, pool))
    return tuple(each for each in phrases if len(each.terms))


def by_topics(interest: Interest, pool: Pool) -> tuple[Floats, Ints]:
    """(n,) the topic of each article, and the rows of those that have it."""
    found = np.zeros(len(pool), np.float32)
    topics = set(interest.topics)
    minor = [pool.with_topic[topic] for topic in topics & pool.with_topic.keys()]
    major = [
        pool.with_major_topic[topic] for topic in topics & pool.with_major_topic.keys()
    ]
    matching = np.array(
        [pool.row_of[pmid] for pmid in interest.matches if pmid in pool.row_of],
        np.int32,
    )
    found[_all_of(minor)] = MINOR_HEADING
    found[_all_of([*major, matching])] = 1.0
    return found, _all_of([*minor, matching])


def by_words(phrases: tuple[Phrase, ...], pool: Pool) -> tuple[Floats, Ints]:
    """(n,) the words of each article, and the rows of those that have them."""
    unmatched, found = np.ones(len(pool), np.float32), []
    for phrase in phrases:
        rows, weakest = _having_all(phrase, pool)
        strength = 0.5 + 0.5 * np.minimum(weakest / FULL_WEIGHT, 1)
        unmatched[rows] *= 1 - phrase.share * strength
        found.append(rows)
    return np.asarray(1 - unmatched, np.float32), _all_of(found)


def by_journals(interest: Interest, pool: Pool) -> tuple[Floats, Ints]:
    """(n,) whether each article is in a journal of the interest, and their rows."""
    journals = set(interest.journals) & pool.in_journal.keys()
    return _ones([pool.in_journal[journal] for journal in journals], pool)


def by_authors(interest: Interest, pool: Pool) -> tuple[Floats, Ints]:
    """(n,) whether each article is by an author of the interest, and their rows."""
    return _ones([pool.by_author(author) for author in set(interest.authors)], pool)


def _ones(several: Sequence[Ints], pool: Pool) -> tuple[Floats, Ints]:
    found = np.zeros(len(pool), np.float32)
    rows = _all_of(several)
    found[rows] = 1.0
    return found, rows


def _all_of(several: Sequence[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, np.int32), *several])


def topic_of(candidate: Candidate, interest: Interest) -> float:
    """The topic of one article."""
    wanted = set(interest.topics)
    if wanted.intersection(candidate.mesh_major) or candidate.pmid in interest.matches:
        return 1.0
    return MINOR_HEADING if wanted.intersection(candidate.mesh) else 0.0


def words_in(article: dict[int, float], phrases: tuple[Phrase, ...]) -> float:
    """The words of one article, from its {term: weight}."""
    unmatched = 1.0
    for phrase in phrases:
        weakest = min(article.get(term, 0.0) for term in phrase.terms.tolist())
        if weakest > 0:
            strength = 0.5 + 0.5 * min(weakest / FULL_WEIGHT, 1)
            unmatched *= 1 - phrase.share * strength
    return 1 - unmatched


def _phrase(words: str, share: float, pool: Pool) -> Phrase:
    """A phrase in the pool's terms; none where a word of it stands in no article."""
    forms = [word for word in words_of(words) if term_of(word) is not None]
    numbers = sorted({pool.vocabulary.known(word) for word in forms})
    if NO_TERM in numbers:
        numbers = []
    return Phrase(np.array(numbers, np.int32), share)


def _having_all(phrase: Phrase, pool: Pool) -> tuple[Ints, Floats]:
    """Rows that have every word of a phrase, and the weight of the weakest."""
    rows, weakest = pool.columns.line(int(phrase.terms[0]))
    for term in phrase.terms[1:]:
        others, weights = pool.columns.line(int(term))
        both, here, there = np.intersect1d(
            rows, others, assume_unique=True, return_indices=True
        )
        rows, weakest = both, np.minimum(weakest[here], weights[there])
    return rows, weakest
