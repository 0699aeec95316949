"""Linear models in the space of a pool: words, and meaning where it is known.

A direction gives every article a number by one sum over its terms and, if the
articles have vectors of meaning, over these. `ridge` finds the direction that
tells some articles from others. It has a closed form, and needs only how alike
the articles are among themselves, so that it takes milliseconds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError
from scipy.linalg.lapack import dposv
from scipy.sparse import csr_array

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Exact = NDArray[np.float64]

MEANING = 0.3
"""How much likeness of meaning counts beside likeness of words."""


@dataclass(frozen=True, slots=True)
class Space:
    """Articles as vectors: a row of words and a row of meaning each."""

    words: csr_array  # (articles, terms) float32
    meaning: Floats  # (articles, dimensions), which may be none

    def gram(self) -> Exact:
        """How alike the articles are, each with each."""
        return self.alike(self.meaning, self.words.T.tocsr())

    def alike(self, meaning: Floats, turned: csr_array) -> Exact:
        """How alike each article is to each of others; their words by terms."""
        words = (self.words @ turned).toarray().astype(np.float64)
        return np.asarray(words + MEANING * (self.meaning @ meaning.T))

    def sum(self, shares: Exact) -> tuple[Exact, Exact]:
        """The articles added up by shares: in terms, and in meaning."""
        words = self.words.T @ shares
        return np.asarray(words), MEANING * (self.meaning.T @ shares)


@dataclass(frozen=True, slots=True)
class Direction:
    """Of length 1 before the weakest terms were left out; or nothing at all."""

    terms: Ints  # rising
    weights: Floats  # of the terms
    meaning: Floats  # (dimensions,)


def direction(words: Exact, meaning: Exact, most: int, length: float) -> Direction:
    """A vector as a direction of its `most` strongest terms, of a length."""
    size = length_of(words, meaning)
    scale = length / size if size > 0 else 0.0
    kept = np.flatnonzero(words).astype(np.int32)
    if len(kept) > most:
        strength = np.abs(words[kept])
        kept = np.sort(kept[np.argpartition(-strength, most)[:most]])
    weights = (scale * words[kept]).astype(np.float32)
    return Direction(kept, weights, (scale * meaning).astype(np.float32))


def length_of(words: Exact, meaning: Exact) -> float:
    """The length of a vector as `Space.sum` gives it."""
    return float(np.sqrt(words @ words + meaning @ meaning / MEANING))


def ridge(gram: Exact, wanted: Exact, weights: Exact, penalty: float) -> Exact:
    """Shares of articles that make up the direction which tells wanted from not.

    Least squares with a penalty on the length of the direction, in its dual form:
    it minimises the sum of weights * (wanted - f)^2 + penalty * length^2, where f
    is the article's number plus a constant. Saunders et al., Ridge regression
    learning algorithm in dual variables, 1998. `wanted` is 1 or -1 for each
    article, `weights` are above 0.
    """
    with_constant = gram + 1.0
    with_constant[np.diag_indices_from(gram)] += penalty / weights
    _, shares, failed = dposv(with_constant.T, wanted, lower=1, overwrite_a=1)
    if failed:
        raise LinAlgError("the articles are not told apart")
    return np.asarray(shares)
