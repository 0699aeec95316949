"""Duplicates: the same work in another form is shown once, ever.

Two articles are one work if they share a PMID, a DOI, the title and first
author, or a trial registration, if NLM links them as forms of one work, or if
their words are nearly the same (cosine above NEARLY_SAME): an article that is
printed again with another DOI differs in a few words.

What was shown in earlier issues is known by its trace: its marks, and its words
as a short vector whose cosines are nearly those of the words. So nothing of an
old article need be read again, and no later change of it alters what was decided.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from msgspec import Struct

from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.pool import Floats, Ints, Pool
from ownjournal.ranking.terms import words_of

NEARLY_SAME = 0.9
LEAST_TERMS = 12
"""Shorter texts are compared by their other marks only: titles alone, such as
"Reply", are alike without being one work."""

GENERIC_TITLE = 3
"""Titles of up to this many words name no work: "Letter to the editor"."""

SKETCHED = 128
"""Numbers in the sketch of an article's words. Of two texts with a cosine of .9,
their sketches have one of .9, give or take .02."""

SLACK = 0.01  # of a cosine, for what is rounded

Mark = tuple[str, str]

FORMS = {
    "pmid": "NLM links them as forms of one work",
    "doi": "they have the same DOI",
    "title": "they have the same title and first author",
    "trial": "they report the same registered trial, {value}",
    "words": "their words are nearly the same",
}
"""Kinds of marks and how a sentence says what two articles share."""


class Trace(Struct, frozen=True, array_like=True):
    """What is kept of an article that was shown, to know the work again."""

    pmid: int
    marks: tuple[Mark, ...]  # sorted
    sketch: bytes = b""  # SKETCHED numbers of a byte each; b"" for a short text


class Repeat(Struct, frozen=True):
    """What an article repeats, and what they share."""

    pmid: int
    kind: str  # a key of FORMS
    value: str = ""

    def told(self) -> str:
        """What is shared, as the end of a sentence."""
        return FORMS[self.kind].format(value=self.value)


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


def trace_of(candidate: Candidate, pool: Pool) -> Trace:
    """What to keep of an article that is shown; words count as in the pool."""
    marks = tuple(sorted(marks_of(candidate)))
    return Trace(candidate.pmid, marks, _sketch(*pool.vector(candidate), pool))


def _marks(row: int, pool: Pool) -> tuple[Mark, ...]:
    """The marks of an article of the pool, sorted; kept with it."""
    if row not in pool.marks:
        pool.marks[row] = tuple(sorted(marks_of(pool.candidates[row])))
    return pool.marks[row]


def _sketch_of(row: int, pool: Pool) -> bytes:
    """The sketch of an article of the pool; kept with it, as it is short."""
    if row not in pool.sketches:
        pool.sketches[row] = _sketch(*pool.rows.line(row), pool)
    return pool.sketches[row]


def _hash(term: int, pool: Pool) -> bytes:
    """A bit for each random direction; kept with the pool."""
    if term not in pool.hashes:
        text = pool.terms[term].encode()
        pool.hashes[term] = blake2b(text, digest_size=SKETCHED // 8).digest()
    return pool.hashes[term]


def _sketch(terms: Ints, weights: Floats, pool: Pool) -> bytes:
    """An article's vector seen from SKETCHED random directions.

    A direction is plus or minus for each term, by a hash of the term, so that
    it is the same in every pool. Source: Achlioptas, Database-friendly random
    projections, 2003, doi:10.1016/S0022-0000(03)00025-4.
    """
    if len(terms) < LEAST_TERMS:
        return b""
    hashes = b"".join([_hash(term, pool) for term in terms.tolist()])
    bits = np.frombuffer(hashes, np.uint8)
    signs = np.unpackbits(bits).reshape(-1, SKETCHED) * 2.0 - 1
    seen = weights.astype(np.float64) @ signs
    scaled = np.round(seen * (127 / np.abs(seen).max())).astype(np.int8)
    return bytes(scaled.tobytes())


class Shown:
    """What a reader has had, in this issue and before, and what was its seed."""

    def __init__(
        self,
        pool: Pool,
        already_shown: Iterable[int] = (),
        traces: Iterable[Trace] = (),
        seeds: Iterable[Candidate] = (),
    ) -> None:
        self._pool = pool
        self._holders: dict[Mark, int] = {}
        self._texts: list[tuple[Ints, Floats, int]] = []
        self._texts_with: dict[int, list[int]] = {}  # places, by a term they need
        self._spread_out = np.zeros(len(pool.idf), np.float32)
        in_order = sorted(traces, key=lambda each: each.pmid)
        self._sketches = _Sketches([each for each in in_order if each.sketch])
        for trace in in_order:
            self._hold(trace.marks, trace.pmid)
        for seed in sorted(seeds, key=lambda each: each.pmid):
            self._hold(marks_of(seed), seed.pmid)
            terms, weights = pool.vector(seed)
            self._remember(seed.pmid, terms, weights, _needed(terms, weights))
        for pmid in sorted(already_shown):
            self._hold((("pmid", str(pmid)),), pmid)
            if (row := pool.row_of.get(pmid)) is not None:
                self.add(row)

    def repeats(self, row: int) -> Repeat | None:
        """The work that a row of the pool repeats, if it was shown."""
        for kind, value in _marks(row, self._pool):
            if (pmid := self._holders.get((kind, value))) is not None:
                return Repeat(pmid, kind, value)
        terms, weights = self._pool.rows.line(row)
        if len(terms) < LEAST_TERMS:
            return None
        near = self._near(terms, weights)
        if near is None and self._sketches:
            near = self._sketches.near(_sketch_of(row, self._pool))
        return None if near is None else Repeat(near, "words")

    def add(self, row: int) -> None:
        """Remember a row as shown."""
        pool, pmid = self._pool, self._pool.candidates[row].pmid
        self._hold(_marks(row, pool), pmid)
        self._remember(pmid, *pool.rows.line(row), _needed_of(row, pool))

    def _remember(
        self, pmid: int, terms: Ints, weights: Floats, needed: Sequence[int]
    ) -> None:
        if len(terms) >= LEAST_TERMS:
            for term in needed:
                self._texts_with.setdefault(term, []).append(len(self._texts))
            self._texts.append((terms, weights, pmid))

    def _hold(self, marks: Iterable[Mark], pmid: int) -> None:
        for mark in marks:
            self._holders.setdefault(mark, pmid)

    def _near(self, terms: Ints, weights: Floats) -> int | None:
        """The first of those shown whose words are nearly the same."""
        shared = self._texts_with.keys() & terms.tolist()
        places = sorted({n for term in shared for n in self._texts_with[term]})
        if not places:
            return None
        vector = self._spread_out
        vector[terms] = weights
        texts = (self._texts[place] for place in places)
        near = (p for t, w, p in texts if float(vector[t] @ w) > NEARLY_SAME)
        found = next(near, None)
        vector[terms] = 0
        return found


def _needed_of(row: int, pool: Pool) -> tuple[int, ...]:
    """What `_needed` finds for an article of the pool; kept with it."""
    if row not in pool.needed:
        pool.needed[row] = _needed(*pool.rows.line(row))
    return pool.needed[row]


def _needed(terms: Ints, weights: Floats) -> tuple[int, ...]:
    """Terms of which any text with a cosine above NEARLY_SAME has one: the strongest.

    A text without them has a cosine of at most the length of what they leave.
    """
    if not len(terms):
        return ()
    order = np.argsort(-weights)
    squares = np.cumsum(weights[order] ** 2)
    left = squares[-1] - squares
    enough = int(np.searchsorted(-left, -((NEARLY_SAME - SLACK) ** 2))) + 1
    return tuple(terms[order[:enough]].tolist())


class _Sketches:
    """The sketches of what was shown before, side by side."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self._pmids = [each.pmid for each in traces]
        self._seen = _directions(b"".join(each.sketch for each in traces))

    def __len__(self) -> int:
        return len(self._pmids)

    def near(self, sketch: bytes) -> int | None:
        """The first with a cosine above NEARLY_SAME to an article's sketch."""
        if not sketch:
            return None
        cosines = self._seen @ _directions(sketch)[0]
        near = np.flatnonzero(cosines > NEARLY_SAME)
        return self._pmids[int(near[0])] if len(near) else None


def _directions(sketches: bytes) -> Floats:
    """(n, SKETCHED) sketches as vectors of length 1."""
    seen = np.frombuffer(sketches, np.int8).reshape(-1, SKETCHED).astype(np.float32)
    lengths: Floats = np.linalg.norm(seen, axis=1, keepdims=True)
    return np.asarray(seen / lengths)
