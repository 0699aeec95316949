"""Methods that compare what texts are about, in few dimensions."""

import numpy as np
from numpy.typing import NDArray

from bench.replay import Scores, Told
from bench.stream import Issue


def lsa_centroid(issue: Issue, told: Told) -> Scores:
    """The cosine to the mean of the positives in 200 dimensions of LSA."""
    return _near(issue.spaces.topics, issue, told)


def minilm_centroid(issue: Issue, told: Told) -> Scores:
    """The same with vectors of all-MiniLM-L6-v2; noughts where there are none."""
    vectors = issue.spaces.texts.vectors
    if vectors is None:
        return np.zeros(issue.end - issue.start)
    return _near(vectors[: issue.end], issue, told)


def _near(rows: NDArray[np.float32], issue: Issue, told: Told) -> Scores:
    return np.asarray(rows[issue.start :] @ rows[told.positives].mean(axis=0), float)
