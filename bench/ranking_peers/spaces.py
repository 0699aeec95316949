"""Texts as numbers, for the methods of others: made once, fitted on the past only.

Words are counted once for the whole stream. What depends on how often they stand
(which words there are, how rare they are, which dimensions a text has) comes from
the window of articles up to and with an issue, and nothing later.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer

from bench.ranking_peers.meaning import Vectors, vectors_of
from ownjournal.ranking.candidate import Candidate

Dense = NDArray[np.float32]
DIMENSIONS = 200
LAMBDA, MU = 0.022, 0.013
SEED = 5


class Texts:
    """All articles of a stream, counted in the ways that methods ask for."""

    def __init__(self, articles: Sequence[Candidate]) -> None:
        self.articles = articles

    @cached_property
    def words(self) -> csr_matrix:
        """Words that are no stop words."""
        return self._counted(stop_words="english")

    @cached_property
    def titled(self) -> csr_matrix:
        """The same words, those of the title counted twice."""
        titles = [each.title for each in self.articles]
        vectorizer = CountVectorizer(dtype=np.float32, stop_words="english")
        vectorizer.fit(self._plain())
        return (self.words + vectorizer.transform(titles)).tocsr()

    @cached_property
    def pairs(self) -> csr_matrix:
        """Words and pairs of words."""
        return self._counted(ngram_range=(1, 2))

    @cached_property
    def arxiv(self) -> csr_matrix:
        """As arxiv-sanity-lite reads a text."""
        return self._counted(
            strip_accents="unicode",
            stop_words="english",
            token_pattern=r"(?u)\b[a-zA-Z_][a-zA-Z0-9_]+\b",
            ngram_range=(1, 2),
        )

    @cached_property
    def vectors(self) -> Vectors | None:
        """One vector of meaning for each article; None without the extra."""
        return vectors_of(self.articles)

    def _counted(self, **options: object) -> csr_matrix:
        vectorizer = CountVectorizer(dtype=np.float32, **options)
        return vectorizer.fit_transform(self._plain()).tocsr()

    def _plain(self) -> list[str]:
        return [f"{each.title} {each.abstract}" for each in self.articles]


class Spaces:
    """Articles 0..end as they stand in the window first..end of a stream.

    Rows are places in the stream, so that seeds from before the window have one.
    """

    def __init__(self, texts: Texts, first: int, start: int, end: int) -> None:
        self.texts = texts
        self.first, self.start, self.end = first, start, end

    @cached_property
    def counts(self) -> csr_matrix:
        """How often each word of the window stands in an article."""
        return self._kept(self.texts.words)

    @cached_property
    def related(self) -> csr_matrix:
        """The parts of PubMed's related articles; see `pmra_weights`."""
        return pmra_weights(self._kept(self.texts.titled), self.first)

    @cached_property
    def words(self) -> csr_matrix:
        """TF-IDF of words, sublinear, as scikit-learn has it."""
        return tf_idf(self.counts, self.first)

    @cached_property
    def pairs(self) -> csr_matrix:
        """TF-IDF of words and pairs, sublinear; none that is in over 95 %."""
        return tf_idf(self._kept(self.texts.pairs, most=0.95), self.first)

    @cached_property
    def arxiv(self) -> csr_matrix:
        """With the settings of arxiv-sanity-lite."""
        counts = self._kept(self.texts.arxiv, least=5, most=0.1, features=20_000)
        return tf_idf(counts, self.first)

    @cached_property
    def topics(self) -> Dense:
        """Latent semantic analysis of `words`, in rows of length 1."""
        size = min(DIMENSIONS, self.end - self.first - 1)
        model = TruncatedSVD(size, n_iter=2, random_state=SEED)
        model.fit(self.words[self.first :])
        return of_length_one(model.transform(self.words).astype(np.float32))

    @cached_property
    def background(self) -> NDArray[np.intp]:
        """800 articles of before the issue, drawn once; most are about other things.

        In the first issue of all, there being no other, of the issue itself.
        """
        past = np.arange(self.first, self.start or self.end)
        drawn = np.random.default_rng(SEED + self.start)
        return np.sort(drawn.choice(past, min(800, len(past)), replace=False))

    def _kept(
        self,
        counts: csr_matrix,
        *,
        least: int = 1,
        most: float = 1.0,
        features: int | None = None,
    ) -> csr_matrix:
        """The words that stand in so many articles of the window, and no others."""
        window = counts[self.first : self.end]
        found = held(window)
        kept = np.flatnonzero((found >= least) & (found <= most * window.shape[0]))
        if features and len(kept) > features:
            totals = np.asarray(window.sum(axis=0)).ravel()[kept]
            kept = np.sort(kept[np.argsort(-totals, kind="stable")[:features]])
        return counts[: self.end][:, kept]


def held(counts: csr_matrix) -> NDArray[np.float64]:
    """In how many rows each column stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.float64)


def tf_idf(counts: csr_matrix, first: int) -> csr_matrix:
    """(1 + ln tf) * (1 + ln((1 + n) / (1 + df))) in rows of length 1.

    n and df are those of the rows from `first` on.
    """
    total = counts.shape[0] - first
    idf = 1 + np.log((1 + total) / (1 + held(counts[first:])))
    weights = counts.copy()
    weights.data = (1 + np.log(weights.data)) * idf[weights.indices].astype(np.float32)
    rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    squares = np.bincount(rows, weights.data**2, minlength=weights.shape[0])
    weights.data /= np.sqrt(squares)[rows].astype(np.float32)
    return weights


def pmra_weights(counts: csr_matrix, first: int) -> csr_matrix:
    """sqrt(idf) / (1 + (mu/lambda)^(k-1) exp((lambda-mu) l)), k times in l words.

    Lin and Wilbur 2007, doi:10.1186/1471-2105-8-423, with their parameters; the
    product of two rows is their score. A text counts for 400 words at most.
    """
    total = counts.shape[0] - first
    idf = np.log(total / np.maximum(held(counts[first:]), 1))
    lengths = np.minimum(np.asarray(counts.sum(axis=1)).ravel(), 400)
    of_row = np.repeat(lengths, np.diff(counts.indptr))
    odds = (MU / LAMBDA) ** (counts.data - 1) * np.exp((LAMBDA - MU) * of_row)
    weights = counts.copy()
    weights.data = (np.sqrt(idf)[counts.indices] / (1 + odds)).astype(np.float32)
    return weights


def of_length_one(rows: Dense) -> Dense:
    """Each row divided by its length; a row of noughts stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths, lengths, 1), np.float32)
