"""Our own order of an issue, as issues use it."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from bench.replay import Scores, Told
from bench.stream import ISSUE, Issue
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.feedback import Opinion, faded
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.standing import Standing, standing

DAYS = 7  # from one issue to the next

SUBJECTS = {
    "ACEInhibitors": ("ace inhibitor", "angiotensin converting enzyme inhibitor"),
    "ADHD": ("attention deficit hyperactivity disorder", "adhd"),
    "Antihistamines": ("antihistamine",),
    "AtypicalAntipsychotics": ("atypical antipsychotic",),
    "BetaBlockers": ("beta blocker", "adrenergic beta antagonist"),
    "CalciumChannelBlockers": ("calcium channel blocker", "calcium antagonist"),
    "Estrogens": ("estrogen", "hormone replacement"),
}
"""What the readers might name in their profiles: what the reviews are called."""


def relevance(issue: Issue, told: Sequence[Told]) -> Scores:
    """Relevance without evidence."""
    return view(issue, tuple(told)).relevance[issue.rows]


def with_evidence(issue: Issue, told: Sequence[Told]) -> Scores:
    """The score that composes an issue: relevance and evidence."""
    return view(issue, tuple(told)).score[issue.rows]


def declared(issue: Issue, told: Sequence[Told]) -> Scores:
    """Relevance where the reader has named each subject too, as a profile asks."""
    interests = [
        replace(
            _interest(issue.stream.articles, issue, each),
            words=tuple(words for name in each.names for words in SUBJECTS[name]),
        )
        for each in told
    ]
    return standing(issue.pool, interests).relevance[issue.rows]


def with_meaning(issue: Issue, told: Sequence[Told]) -> Scores:
    """Relevance where articles have vectors of meaning."""
    articles, pool = issue.stream.meant, issue.meant_pool
    interests = [_interest(articles, issue, each) for each in told]
    return standing(pool, interests).relevance[issue.rows]


def single(issue: Issue, told: Sequence[Told]) -> Scores:
    """Relevance with one profile for all subjects."""
    return relevance(issue, [Told.together(told)])


@lru_cache(maxsize=64)
def view(issue: Issue, told: tuple[Told, ...]) -> Standing:
    """One reader's view of the window; each subject is an interest."""
    articles = issue.stream.articles
    return standing(issue.pool, [_interest(articles, issue, each) for each in told])


def _interest(articles: Sequence[Candidate], issue: Issue, told: Told) -> Interest:
    def opinions(places: tuple[int, ...]) -> tuple[Opinion, ...]:
        ages = [(issue.start - place + ISSUE - 1) // ISSUE for place in places]
        weights = [faded(DAYS * age) for age in ages]
        pairs = zip(places, weights, strict=True)
        return tuple(Opinion(articles[place], weight) for place, weight in pairs)

    name = " and ".join(told.names)
    seeds = tuple(articles[place] for place in told.seeds)
    interest = Interest(name, name, seeds=seeds, liked=opinions(told.liked))
    refused = opinions(told.passed)
    if told.answered:
        return replace(interest, dismissed=refused)
    return replace(interest, passed=refused)
