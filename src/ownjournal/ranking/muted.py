"""Muted: what a reader wants in no issue.

An article is muted by a topic that is a main point of it, by its journal, by any
of its authors, and by words that stand in its title or abstract one after the
other. A topic that it only touches does not count.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.names import is_by
from ownjournal.ranking.pool import REMEMBERED, Ints, Pool
from ownjournal.ranking.terms import NO_TERM, term_of, words_of


class Muted(Struct, frozen=True):
    """All that one reader mutes; the order of parts does not matter."""

    topics: tuple[str, ...] = ()  # MeSH descriptor UIs, narrower ones included
    words: tuple[str, ...] = ()  # words or phrases
    journals: tuple[str, ...] = ()  # NLM ids
    authors: tuple[str, ...] = ()  # "Smith J", who is also "Smith JA"


def muted_rows(pool: Pool, muted: Muted) -> NDArray[np.bool_]:
    """(n,) whether each article of a pool is muted."""
    found = np.zeros(len(pool), np.bool_)
    for topic in muted.topics:
        found[pool.with_major_topic.get(topic, [])] = True
    for journal in muted.journals:
        found[pool.in_journal.get(journal, [])] = True
    for author in muted.authors:
        found[pool.by_author(author)] = True
    for words in muted.words:
        found[_rows_with(words, pool)] = True
    return found


def is_muted(candidate: Candidate, muted: Muted) -> bool:
    """Whether one article is, in a pool or not."""
    return (
        not set(muted.topics).isdisjoint(candidate.mesh_major)
        or candidate.journal in muted.journals
        or any(is_by(candidate, author) for author in muted.authors)
        or any(has_words(candidate, words) for words in muted.words)
    )


def has_words(candidate: Candidate, words: str) -> bool:
    """Whether title or abstract has the words in a row; case and signs are nothing."""
    wanted = words_of(words)
    row = f" {' '.join(wanted)} "
    texts = (candidate.title, candidate.abstract)
    return bool(wanted) and any(
        row in f" {' '.join(words_of(text))} " for text in texts
    )


def _rows_with(words: str, pool: Pool) -> Ints:
    """Rows that have the words in a row; kept, as many readers mute the same."""
    if words not in pool.with_words:
        if len(pool.with_words) >= REMEMBERED:
            pool.with_words.clear()
        rows = _having_a_word(words, pool)
        found = [row for row in rows if has_words(pool.candidates[row], words)]
        pool.with_words[words] = np.array(found, np.int32)
    return pool.with_words[words]


def _having_a_word(words: str, pool: Pool) -> list[int]:
    """Rows that have the rarest of the words; all rows where none of them is a term."""
    terms = [pool.vocabulary.known(word) for word in words_of(words) if term_of(word)]
    if NO_TERM in terms:
        return []
    if not terms:
        return list(range(len(pool)))
    lines = [pool.columns.line(term)[0] for term in terms]
    return [int(row) for row in min(lines, key=len)]
