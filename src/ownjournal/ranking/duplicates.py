"""Duplicates: the same work in another form is shown once, ever.

Two articles are one work if they share a PMID, a DOI, the title and first
author, or a trial registration, if NLM links them as forms of one work, or if
their words are nearly the same (cosine above NEARLY_SAME): an article that is
printed again with another DOI differs in a few words.
"""

from collections.abc import Iterable

import numpy as np

from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.pool import Floats, Ints, Pool
from ownjournal.ranking.terms import words_of

NEARLY_SAME = 0.9
LEAST_TERMS = 12
"""Shorter texts are compared by their other marks only: titles alone, such as
"Reply", are alike without being one work."""

GENERIC_TITLE = 3
"""Titles of up to this many words name no work: "Letter to the editor"."""

Mark = tuple[str, str]


def marks_of(candidate: Candidate) -> frozenset[Mark]:
    """What tells a work: two articles that share a mark are one work."""
    marks = {("pmid", str(candidate.pmid))}
    marks |= {("pmid", str(each)) for each in candidate.related_pmids}
    marks |= {("trial", each.strip().upper()) for each in candidate.registrations}
    if candidate.doi:
        marks.add(("doi", candidate.doi.strip().lower()))
    title = words_of(candidate.title)
    if len(title) > GENERIC_TITLE and candidate.first_author:
        name = " ".join([*title, "by", *words_of(candidate.first_author)[:1]])
        marks.add(("title", name))
    return frozenset(marks)


class Shown:
    """What a reader has had, in this issue and before."""

    def __init__(self, pool: Pool, already_shown: Iterable[int] = ()) -> None:
        self._pool = pool
        self._marks: set[Mark] = set()
        self._texts: list[tuple[Ints, Floats]] = []
        self._spread_out = np.zeros(len(pool.idf), np.float32)
        for pmid in already_shown:
            self._marks.add(("pmid", str(pmid)))
            if (row := pool.row_of.get(pmid)) is not None:
                self.add(row)

    def repeats(self, row: int) -> bool:
        """Whether a row of the pool is a work that was shown."""
        if not self._marks.isdisjoint(marks_of(self._pool.candidates[row])):
            return True
        terms, weights = self._pool.rows.line(row)
        return len(terms) >= LEAST_TERMS and self._nearest(terms, weights) > NEARLY_SAME

    def add(self, row: int) -> None:
        """Remember a row as shown."""
        self._marks |= marks_of(self._pool.candidates[row])
        terms, weights = self._pool.rows.line(row)
        if len(terms) >= LEAST_TERMS:
            self._texts.append((terms, weights))

    def _nearest(self, terms: Ints, weights: Floats) -> float:
        """The highest cosine between an article and those shown."""
        vector = self._spread_out
        vector[terms] = weights
        nearest = max((float(vector[t] @ w) for t, w in self._texts), default=0.0)
        vector[terms] = 0
        return nearest
