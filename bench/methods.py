"""Ways to order an issue for a reader: ours, and those it is measured against."""

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.replay import Issue, Method, Reader, Scores
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.standing import standing

KEYWORDS = {
    "ACEInhibitors": "angiotensin converting enzyme ace inhibitor inhibitors",
    "ADHD": "attention deficit hyperactivity disorder adhd stimulant methylphenidate",
    "Antihistamines": "antihistamine antihistamines allergic rhinitis urticaria",
    "AtypicalAntipsychotics": "atypical antipsychotic antipsychotics schizophrenia",
    "BetaBlockers": "beta blocker blockers blocking adrenergic",
    "CalciumChannelBlockers": "calcium channel blocker blockers antagonist",
    "Estrogens": "estrogen estrogens estradiol menopausal hormone replacement",
}
"""What the readers might type into a saved search, from the reviews' names."""


def interest_of(seeds: tuple[Candidate, ...]) -> Interest:
    """An interest that is known by its seeds alone."""
    return Interest("reader", "The reader's subject", seeds=seeds)


def ours(issue: Issue, seeds: tuple[Candidate, ...], reader: Reader) -> Scores:
    """Relevance as issues use it, without evidence."""
    view = standing(issue.pool, [interest_of(seeds)])
    return view.interests[0].relevance[issue.rows]


def ours_with_evidence(
    issue: Issue, seeds: tuple[Candidate, ...], reader: Reader
) -> Scores:
    """The score that composes an issue: relevance and evidence."""
    return standing(issue.pool, [interest_of(seeds)]).score[issue.rows]


def newest(issue: Issue, seeds: tuple[Candidate, ...], reader: Reader) -> Scores:
    """No profile at all."""
    return np.arange(len(issue.rows), dtype=np.float64)


def keywords(issue: Issue, seeds: tuple[Candidate, ...], reader: Reader) -> Scores:
    """A saved search: its words count 2 in the title and 1 in the abstract."""
    words = KEYWORDS[reader.name].split()
    found = []
    for row in issue.rows:
        article = issue.pool.candidates[row]
        title = set(article.title.lower().split())
        abstract = set(article.abstract.lower().split())
        found.append(sum(2 * (word in title) + (word in abstract) for word in words))
    return np.array(found, np.float64)


def rocchio() -> Method:
    """Rocchio with the weights of SMART: .75 of the seeds less .15 of the rest.

    TF-IDF of words, sublinear, as scikit-learn has it, fitted on the window.
    """
    fitted: dict[int, tuple[TfidfVectorizer, NDArray[np.float64]]] = {}

    def method(issue: Issue, seeds: tuple[Candidate, ...], reader: Reader) -> Scores:
        if issue.start not in fitted:
            fitted.clear()
            vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
            texts = [_text(each) for each in issue.pool.candidates]
            fitted[issue.start] = vectorizer, vectorizer.fit_transform(texts)
        vectorizer, matrix = fitted[issue.start]
        liked = vectorizer.transform([_text(each) for each in seeds]).mean(axis=0)
        query = 0.75 * np.asarray(liked) - 0.15 * np.asarray(matrix.mean(axis=0))
        return np.asarray(matrix[issue.rows] @ query.T).ravel()

    return method


def _text(article: Candidate) -> str:
    return f"{article.title} {article.abstract}"
