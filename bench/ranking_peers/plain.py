"""Methods that learn nothing: the newest, and a saved search."""

import numpy as np

from bench.replay import Scores, Told
from bench.stream import Issue

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


def newest(issue: Issue, told: Told) -> Scores:
    """No profile at all."""
    return issue.places.astype(np.float64)


def keywords(issue: Issue, told: Told) -> Scores:
    """A saved search: its words count 2 in the title and 1 in the abstract."""
    words = " ".join(KEYWORDS[name] for name in told.names).split()
    found = []
    for article in issue.stream.articles[issue.start : issue.end]:
        title = set(article.title.lower().split())
        abstract = set(article.abstract.lower().split())
        found.append(sum(2 * (word in title) + (word in abstract) for word in words))
    return np.array(found, np.float64)
