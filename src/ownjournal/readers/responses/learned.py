"""What was learnt of each interest, told: how many articles, and which words.

The words are the strongest of the interest's direction, found as an issue finds
them, but among its own articles and a few hundred of the newest: an issue counts
all that came in, which takes too long for a page.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from ownjournal.catalogue import store
from ownjournal.ranking.candidate import Candidate, candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import model_of
from ownjournal.ranking.terms import COMMON
from ownjournal.readers.interests import of_reader
from ownjournal.readers.models import Reader
from ownjournal.readers.searches.matching import Matching

TOLD = 8  # words of one interest
BACKGROUND = 300  # articles, the newest


@dataclass(frozen=True, slots=True)
class Learnt:
    """One interest and what it rests on."""

    key: str
    name: str
    speaks: str  # what chooses for it, in a sentence
    counts: str  # "3 wanted, 1 not wanted, 2 passed over"
    words: tuple[str, ...]  # strongest first
    can_forget: bool  # something was said of an article


def learnt_of(reader: Reader, now: datetime) -> tuple[Learnt, ...]:
    """Those interests for which there is an article, in their order."""
    taught = [each for each in of_reader(reader, Matching([]), now) if each.articles()]
    if not taught:
        return ()
    known = [article for each in taught for article in each.articles()]
    pool = Pool.of([*_background(store.revision()), *known])
    return tuple(_learnt(each, pool) for each in taught)


def forget(reader: Reader, key: str, now: datetime) -> None:
    """Take back all that the reader said which belongs to an interest now."""
    for each in of_reader(reader, Matching([]), now):
        if each.key == key:
            said = [*each.liked, *each.dismissed]
            pmids = [opinion.candidate.pmid for opinion in said]
            reader.responses.filter(pmid__in=pmids).delete()


def _learnt(interest: Interest, pool: Pool) -> Learnt:
    wanted = len(interest.seeds) + len(interest.liked)
    counts = (
        (wanted, "wanted"),
        (len(interest.dismissed), "not wanted"),
        (len(interest.passed), "passed over"),
    )
    return Learnt(
        key=interest.key,
        name=interest.name,
        speaks=_speaks(interest),
        counts=", ".join(f"{number} {what}" for number, what in counts if number),
        words=_words(interest, pool) if wanted else (),
        can_forget=bool(interest.liked or interest.dismissed),
    )


def _speaks(interest: Interest) -> str:
    declared = (
        interest.topics or interest.words or interest.journals or interest.authors
    )
    if interest.key.startswith("search:") or declared:
        return "Chosen by what you follow, and by what was learnt from articles."
    return "Chosen by what was learnt from articles alone."


def _words(interest: Interest, pool: Pool) -> tuple[str, ...]:
    found = model_of(interest, pool).direction
    strongest = np.argsort(-found.weights, kind="stable")
    terms = pool.vocabulary.terms
    return tuple(
        term
        for place in strongest
        if found.weights[place] > 0
        and (term := terms[found.terms[place]]) not in COMMON
    )[:TOLD]


@lru_cache(maxsize=1)
def _background(revision: int) -> tuple[Candidate, ...]:
    """The newest articles at a revision, which they stand for."""
    kept = store.newest(BACKGROUND)
    return tuple(candidate(each.article, each.appraisal) for each in kept)
