"""Methods that compare words with those of the seeds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bench.ranking_peers.spaces import held
from bench.replay import Scores, Told
from bench.stream import Issue

TERMS = 50
K1, B = 1.2, 0.75


def bm25(issue: Issue, told: Told) -> Scores:
    """The 50 strongest terms of the positives by TF-IDF, asked for with BM25.

    Robertson and Zaragoza 2009, doi:10.1561/1500000019; a term counts as much as
    it weighs in the mean of the positives.
    """
    spaces = issue.spaces
    asked = np.asarray(spaces.words[told.positives].mean(axis=0)).ravel()
    terms = np.argsort(-asked, kind="stable")[:TERMS]
    window = spaces.counts[spaces.first :]
    total = window.shape[0]
    rare = held(window[:, terms])
    idf = np.log(1 + (total - rare + 0.5) / (rare + 0.5))
    counts = spaces.counts[issue.start :][:, terms].toarray()
    lengths = np.asarray(spaces.counts[issue.start :].sum(axis=1))
    damped = K1 * (1 - B + B * lengths / (window.sum() / total))
    parts = counts * (K1 + 1) / (counts + damped)
    return np.asarray(parts @ (idf * asked[terms]), np.float64)


def rocchio(issue: Issue, told: Told) -> Scores:
    """Rocchio with the weights of SMART: .75 of the positives less .15 of the rest.

    The rest is what was passed over, else the background.
    """
    words = issue.spaces.words
    others = list(told.passed) or issue.spaces.background
    query = 0.75 * _mean(words, told.positives) - 0.15 * _mean(words, others)
    return np.asarray(words[issue.start :] @ query)


def pmra(issue: Issue, told: Told) -> Scores:
    """PubMed's related articles (Lin and Wilbur 2007): the mean over the positives."""
    related = issue.spaces.related
    return np.asarray(related[issue.start :] @ _mean(related, told.positives))


def _mean(matrix: csr_matrix, rows: Sequence[int] | NDArray[np.intp]) -> Scores:
    return np.asarray(matrix[rows].mean(axis=0), np.float64).ravel()
