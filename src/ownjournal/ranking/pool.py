"""Pool: the articles that issues are made from, ready to be scored.

It is built once and shared by all readers. Articles stand in the order of
their PMIDs, whatever order they came in, so that every sum over them is the
same each time. Term weights are TF-IDF, tf ** .7 * idf, each article's vector
scaled to length 1; words of the title count twice, as in Lin and Wilbur 2007,
doi:10.1186/1471-2105-8-423. Where articles bring vectors of meaning, these stand
beside the words, less their mean.

The matrix is kept by rows (what is in this article) and by columns (which
articles have this term), since a reader asks for a few hundred terms of many
thousands.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.linear import Exact, Space
from ownjournal.ranking.names import Names
from ownjournal.ranking.terms import COMMON, NO_TERM, Vocabulary, words_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

READ_AT_ONCE = 4096
"""Articles turned into counts at a time; bounds the memory of building."""

PRIOR = 200
"""Imagined articles that a pool's counts are joined with."""

TIMES = 0.7
"""The power of how often a term stands in an article."""

BACKGROUND = 300
"""Articles that stand for all the others when an interest is learnt."""

REMEMBERED = 2_000
"""Articles of which something is kept beside the arrays; 15 kB each at most."""

_MIXED = np.uint64(0x9E3779B97F4A7C15)

FORMAT = 2
"""Of the saved form; another one is refused."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """A sparse matrix by rows or by columns: one line's cells lie together."""

    starts: Ints  # (lines + 1,) where each line begins
    places: Ints  # (cells,) the other coordinate, rising within a line
    weights: Floats  # (cells,)

    def line(self, number: int) -> tuple[Ints, Floats]:
        """Places and weights of one row, or of one column."""
        cells = slice(self.starts[number], self.starts[number + 1])
        return self.places[cells], self.weights[cells]


@dataclass(frozen=True, slots=True)
class Against:
    """The background as a space of its own, and what every interest asks of it."""

    space: Space
    turned: csr_array  # (terms, articles), its words
    gram: Exact

    @classmethod
    def of(cls, words: csr_array, meaning: Floats) -> "Against":
        """Of these rows of a pool."""
        space = Space(words, meaning)
        turned = words.T.tocsr()
        return cls(space, turned, space.alike(meaning, turned))


@dataclass(frozen=True, slots=True)
class Headings:
    """Headings by number, and those of each article, one article after the other."""

    starts: Ints  # (n + 1,) where each article begins
    places: Ints  # numbers of headings
    articles: Ints  # how many articles have each

    @classmethod
    def of(cls, headings: Sequence[tuple[str, ...]]) -> "Headings":
        """Of each article by row; a heading given twice counts once."""
        numbers: dict[str, int] = {}
        places, starts = array("i"), array("i", [0])
        for each in headings:
            places.extend(numbers.setdefault(ui, len(numbers)) for ui in set(each))
            starts.append(len(places))
        found = np.array(places, np.int32)
        counts = np.bincount(found, minlength=len(numbers)).astype(np.int32)
        return cls(np.array(starts, np.int32), found, counts)

    def cells(self, rows: NDArray[np.intp]) -> tuple[Ints, Ints]:
        """The headings of some articles, and how many each has."""
        counts = self.starts[rows + 1] - self.starts[rows]
        ends = np.cumsum(counts)
        within = np.arange(counts.sum()) - np.repeat(ends - counts, counts)
        return self.places[np.repeat(self.starts[rows], counts) + within], counts


@dataclass(frozen=True, slots=True)
class Pool:
    """Articles and their terms; n articles, m terms."""

    candidates: tuple[Candidate, ...]  # by rising PMID, each PMID once
    vocabulary: Vocabulary
    terms: tuple[str, ...]  # m, by number
    idf: Floats  # (m,)
    rows: Sparse  # n lines
    columns: Sparse  # m lines
    quality: Ints  # (n,) 0 to 100
    significance: Ints  # (n,) 0 to 100
    evidence: Floats  # (n,) the mean of both
    with_topic: dict[str, Ints]  # descriptor UI → rows
    with_major_topic: dict[str, Ints]
    in_journal: dict[str, Ints]  # NLM id → rows
    row_of: dict[int, int]  # PMID → row
    names: Names
    matrix: csr_array  # (n, m), the same cells as `rows`
    by_term: csr_array  # (m, n), the same cells as `columns`
    mean: NDArray[np.float64]  # (m,) of all rows, and PRIOR empty ones
    ordinary: Floats  # (n,) likeness of each row to the mean
    background: Ints  # rows, at most BACKGROUND, drawn by PMID
    meaning: Floats  # (n, d); 0 for an article without; d is 0 where none has it
    meaning_mean: Floats  # (d,) what was taken from each
    clinical: NDArray[np.bool_]  # (n,)
    allowed: NDArray[np.bool_]  # (n,) may be chosen: neither retracted nor withdrawn
    doubted: NDArray[np.bool_]  # (n,) under an expression of concern
    against: Against  # what interests are told from
    headings: Headings
    vectors: dict[Candidate, tuple[Ints, Floats]] = field(default_factory=dict)
    """Of articles asked for last, as one reader's are asked for again and again."""
    forms: dict[int, dict[int, str]] = field(default_factory=dict)
    """Row → term → the word that it stands as; of those asked for last."""
    with_words: dict[str, Ints] = field(default_factory=dict)
    """Words that readers mute → rows that have them one after the other."""
    marks: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    sketches: dict[int, bytes] = field(default_factory=dict)
    needed: dict[int, tuple[int, ...]] = field(default_factory=dict)
    hashes: dict[int, bytes] = field(default_factory=dict)
    """Row → what tells its work again, and term → its part in that (duplicates.py)."""

    def __len__(self) -> int:
        return len(self.candidates)

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> "Pool":
        """Build a pool; a PMID given twice counts once."""
        ordered = sorted(candidates, key=lambda each: (each.pmid, each.title))
        unique = tuple({each.pmid: each for each in ordered}.values())
        vocabulary = Vocabulary()
        counts = _counts(unique, vocabulary)
        terms = vocabulary.terms
        idf = _idf(counts, terms)
        return cls._assembled(unique, terms, _weighted(counts, idf), idf)

    @classmethod
    def _assembled(
        cls,
        candidates: tuple[Candidate, ...],
        terms: Sequence[str],
        matrix: csr_array,
        idf: Floats,
    ) -> "Pool":
        by_column = matrix.tocsc()
        mean = matrix.sum(axis=0, dtype=np.float64) / (len(candidates) + PRIOR)
        meaning, known = _meanings(candidates)
        meaning_mean = meaning.sum(axis=0) / max(int(known.sum()), 1)
        meaning[known] -= meaning_mean
        states = [each.integrity for each in candidates]
        background = _drawn([each.pmid for each in candidates])
        quality = np.array([each.quality for each in candidates], np.int32)
        significance = np.array([each.significance for each in candidates], np.int32)
        return cls(
            candidates=candidates,
            vocabulary=Vocabulary(terms),
            terms=tuple(terms),
            idf=idf,
            rows=Sparse(matrix.indptr, matrix.indices, matrix.data),
            columns=Sparse(by_column.indptr, by_column.indices, by_column.data),
            quality=quality,
            significance=significance,
            evidence=((quality + significance) / 2).astype(np.float32),
            with_topic=_rows_by([each.mesh for each in candidates]),
            with_major_topic=_rows_by([each.mesh_major for each in candidates]),
            in_journal=_rows_by(
                [(each.journal,) if each.journal else () for each in candidates]
            ),
            row_of={each.pmid: row for row, each in enumerate(candidates)},
            names=Names.of(candidates),
            matrix=matrix,
            by_term=csr_array(
                (by_column.data, by_column.indices, by_column.indptr),
                shape=(len(idf), len(candidates)),
            ),
            mean=mean,
            ordinary=np.asarray(matrix @ mean.astype(np.float32), np.float32),
            background=background,
            meaning=meaning,
            meaning_mean=meaning_mean,
            clinical=np.array([each.clinical for each in candidates], np.bool_),
            allowed=np.array([each not in GRAVE for each in states], np.bool_),
            doubted=np.array([each == "concern" for each in states], np.bool_),
            against=Against.of(matrix[background], meaning[background]),
            headings=Headings.of([each.mesh for each in candidates]),
        )

    def by_author(self, author: str) -> Ints:
        """Rows of the articles by an author, "Smith J"."""
        return self.names.rows_by(author, self.candidates)

    def meaning_of(self, candidate: Candidate) -> Floats:
        """(d,) the vector of meaning of an article that need not be in the pool."""
        size = len(self.meaning_mean)
        vector = _unpacked(candidate.meaning)
        if len(vector) != size:
            return np.zeros(size, np.float32)
        return np.asarray(vector - self.meaning_mean)

    def vector(self, candidate: Candidate) -> tuple[Ints, Floats]:
        """Terms and weights of an article that need not be in the pool.

        Words that the pool does not know count for nothing, not even for the
        length of the vector.
        """
        if candidate not in self.vectors:
            if len(self.vectors) >= REMEMBERED:
                self.vectors.clear()
            self.vectors[candidate] = self._vector(candidate)
        return self.vectors[candidate]

    def _vector(self, candidate: Candidate) -> tuple[Ints, Floats]:
        words = words_of(_text(candidate))
        counts = Counter(self.vocabulary.all_known(words))
        del counts[NO_TERM]
        found = sorted(counts)
        terms = np.array(found, np.int32)
        times = np.array([counts[term] for term in found], np.int64)
        weights = (times**TIMES).astype(np.float32) * self.idf[terms]
        length = float(np.linalg.norm(weights))
        return terms, weights / length if length else weights

    def save(self, path: Path) -> None:
        """Write the pool as an .npz of plain arrays, so that none need rebuild it."""
        packed = msgspec.msgpack.encode((self.candidates, self.vocabulary.terms))
        with path.open("wb") as file:
            np.savez(
                file,
                format=np.array(FORMAT),
                packed=np.frombuffer(packed, np.uint8),
                idf=self.idf,
                starts=self.rows.starts,
                places=self.rows.places,
                weights=self.rows.weights,
            )

    @classmethod
    def load(cls, path: Path) -> "Pool":
        """Read a saved pool. Raises ValueError for a form of another version."""
        with np.load(path, allow_pickle=False) as saved:
            if int(saved["format"]) != FORMAT:
                raise ValueError(f"{path.name} is a pool of another version")
            candidates, terms = msgspec.msgpack.decode(
                saved["packed"].tobytes(),
                type=tuple[tuple[Candidate, ...], tuple[str, ...]],
            )
            parts = (saved["weights"], saved["places"], saved["starts"])
            matrix = csr_array(parts, shape=(len(candidates), len(terms)))
            return cls._assembled(candidates, terms, matrix, saved["idf"])


def _text(candidate: Candidate) -> str:
    return f"{candidate.title} {candidate.title} {candidate.abstract}"


def _counts(candidates: Sequence[Candidate], vocabulary: Vocabulary) -> list[csr_array]:
    """How often each term stands in each article, in blocks of rows."""
    blocks = []
    for start in range(0, len(candidates), READ_AT_ONCE):
        block = candidates[start : start + READ_AT_ONCE]
        numbers, starts = array("i"), array("i", [0])
        for each in block:
            numbers.extend(map(vocabulary.__getitem__, words_of(_text(each))))
            starts.append(len(numbers))
        blocks.append(_counted(numbers, starts))
    return blocks


def _counted(numbers: "array[int]", starts: "array[int]") -> csr_array:
    """Rows of term numbers, repeated and in reading order, as counts."""
    places = np.frombuffer(numbers, np.int32) if numbers else np.empty(0, np.int32)
    ends = np.frombuffer(starts, np.int32)
    is_term = places != NO_TERM
    kept = np.concatenate([[0], np.cumsum(is_term)])[ends].astype(np.int32)
    places = places[is_term]
    wide = int(places.max(initial=0)) + 1
    ones = np.ones(len(places), np.float32)
    block = csr_array((ones, places, kept), shape=(len(ends) - 1, wide))
    block.sum_duplicates()
    return block


def _idf(blocks: Sequence[csr_array], terms: Sequence[str]) -> Floats:
    """ln((1 + n) / (1 + df)) for each term: above 0, as no term is in all of them.

    n and df count PRIOR imagined articles too, in which the words that any
    abstract holds stand as often as they do, and no others. They decide in a
    pool of thirty and are forgotten in one of thirty thousand.
    """
    known = np.array([COMMON.get(term, 0.0) for term in terms])
    matching = 1 + PRIOR * known
    total = 1 + PRIOR
    for block in blocks:
        matching += np.bincount(block.indices, minlength=len(terms))
        total += block.shape[0]
    return np.log(total / matching).astype(np.float32)


def _weighted(blocks: Sequence[csr_array], idf: Floats) -> csr_array:
    """The counts of all blocks as one matrix of rows of length 1."""
    starts, total = [np.zeros(1, np.int32)], 0
    for block in blocks:
        block.data = block.data**TIMES * idf[block.indices]
        rows = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))
        squares = np.bincount(rows, block.data**2, minlength=block.shape[0])
        block.data /= np.sqrt(squares)[rows].astype(np.float32)
        starts.append((block.indptr[1:] + total).astype(np.int32))
        total += block.nnz
    indptr = np.concatenate(starts)
    if not total:
        return csr_array(np.zeros((len(indptr) - 1, len(idf)), np.float32))
    indices = np.concatenate([block.indices for block in blocks])
    data = np.concatenate([block.data for block in blocks])
    return csr_array((data, indices, indptr), shape=(len(indptr) - 1, len(idf)))


def _rows_by(keys_of_rows: Sequence[tuple[str, ...]]) -> dict[str, Ints]:
    """Which rows have a key, by key."""
    rows: dict[str, list[int]] = {}
    for row, keys in enumerate(keys_of_rows):
        for key in keys:
            rows.setdefault(key, []).append(row)
    return {key: np.array(found, np.int32) for key, found in rows.items()}


def _drawn(pmids: Sequence[int]) -> Ints:
    """Rows drawn by a hash of their PMIDs: the same ones, whatever stands beside."""
    hashes = np.array(pmids, np.uint64) * _MIXED
    return np.sort(np.argsort(hashes, kind="stable")[:BACKGROUND]).astype(np.int32)


def _meanings(candidates: Sequence[Candidate]) -> tuple[Floats, NDArray[np.bool_]]:
    """(n, d) vectors of meaning, and which articles have one of the usual size."""
    sizes = [len(each.meaning) if each.meaning else 0 for each in candidates]
    size = max(sizes, default=0)
    found = np.zeros((len(sizes), size), np.float32)
    known = np.array([bool(size) and each == size for each in sizes], np.bool_)
    for row in np.flatnonzero(known).tolist():
        found[row] = _unpacked(candidates[row].meaning)
    return found, known


def _unpacked(meaning: bytes | None) -> Floats:
    """A vector of length 1."""
    vector = np.frombuffer(meaning or b"", np.int8).astype(np.float32)
    return vector / (float(np.linalg.norm(vector)) or 1.0)
