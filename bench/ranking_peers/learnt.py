"""Methods that learn to tell positives from others.

Where a method needs others, they are what was passed over and 800 articles of the
past, drawn once; arxiv-sanity-lite takes all that is not liked, as it does itself.
They are re-implementations from the published settings of the programs.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC
from sklearn.utils.class_weight import compute_sample_weight

from bench.replay import Scores, Told
from bench.stream import Issue

ELAS_RATIO = 9.8
SEED = 7


def naive_bayes(issue: Issue, told: Told) -> Scores:
    """Multinomial naive Bayes on TF-IDF, as Emati has it (Kart et al. 2022).

    Both classes weigh the same: without that, ten positives beside 800 others are
    never heard. Of words and pairs, which serves it better than words alone.
    """
    pairs = issue.spaces.pairs
    matrix, labels = _examples(pairs, issue, told)
    model = MultinomialNB()
    model.fit(matrix, labels, sample_weight=compute_sample_weight("balanced", labels))
    found = model.predict_log_proba(pairs[issue.start :])
    return np.asarray(found @ [-1.0, 1.0], np.float64)


def logistic(issue: Issue, told: Told) -> Scores:
    """Logistic regression on TF-IDF of words and pairs, C 10, balanced."""
    model = LogisticRegression(C=10, class_weight="balanced", solver="liblinear")
    return _linear(model, issue.spaces.pairs, issue, told)


def elas_u4(issue: Issue, told: Told) -> Scores:
    """ASReview's ELAS u4: a linear SVM with C .11, others weighing 1 / 9.8."""
    model = LinearSVC(loss="squared_hinge", C=0.11, random_state=SEED)
    return _linear(model, issue.spaces.pairs, issue, told, ratio=ELAS_RATIO)


def arxiv_sanity(issue: Issue, told: Told) -> Scores:
    """arxiv-sanity-lite: a balanced linear SVM with C .01 against all the rest."""
    matrix = issue.spaces.arxiv
    rest = np.setdiff1d(np.arange(issue.spaces.first, issue.end), told.positives)
    rows = np.concatenate([told.positives, rest])
    labels = np.arange(len(rows)) < len(told.positives)
    model = LinearSVC(
        class_weight="balanced", C=0.01, tol=1e-6, max_iter=10_000, random_state=SEED
    )
    model.fit(matrix[rows], labels)
    return np.asarray(model.decision_function(matrix[issue.start :]))


def _linear(
    model: LogisticRegression | LinearSVC,
    matrix: csr_matrix,
    issue: Issue,
    told: Told,
    ratio: float | None = None,
) -> Scores:
    """Fit on the columns that any example has, the others weigh nothing."""
    examples, labels = _examples(matrix, issue, told)
    used = np.unique(examples.indices)
    weights = None if ratio is None else _balanced(labels, ratio)
    model.fit(examples[:, used], labels, sample_weight=weights)
    weight = np.zeros(matrix.shape[1])
    weight[used] = model.coef_[0]
    return np.asarray(matrix[issue.start :] @ weight)


def _examples(
    matrix: csr_matrix, issue: Issue, told: Told
) -> tuple[csr_matrix, NDArray[np.bool_]]:
    others = np.setdiff1d([*told.passed, *issue.spaces.background], told.positives)
    labels = np.arange(len(told.positives) + len(others)) < len(told.positives)
    return vstack([matrix[told.positives], matrix[others]]).tocsr(), labels


def _balanced(labels: NDArray[np.bool_], ratio: float) -> NDArray[np.float64]:
    """All others together weigh one in `ratio` of the positives; the mean is 1."""
    others = labels.sum() / (ratio * (~labels).sum())
    weights = np.where(labels, 1.0, others)
    return np.asarray(weights * len(labels) / weights.sum())
