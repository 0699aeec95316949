"""Our own order of an issue, as issues use it."""

from collections.abc import Sequence
from functools import lru_cache

from bench.replay import Scores, Told
from bench.stream import Issue
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.standing import Standing, standing

DAYS = 7  # from one issue to the next


def relevance(issue: Issue, told: Sequence[Told]) -> Scores:
    """Relevance without evidence."""
    return view(issue, tuple(told)).relevance[issue.rows]


def with_evidence(issue: Issue, told: Sequence[Told]) -> Scores:
    """The score that composes an issue: relevance and evidence."""
    return view(issue, tuple(told)).score[issue.rows]


def single(issue: Issue, told: Sequence[Told]) -> Scores:
    """Relevance with one profile for all subjects."""
    return relevance(issue, [Told.together(told)])


@lru_cache(maxsize=64)
def view(issue: Issue, told: tuple[Told, ...]) -> Standing:
    """One reader's view of the window; each subject is an interest."""
    return standing(issue.pool, [_interest(issue, each) for each in told])


def _interest(issue: Issue, told: Told) -> Interest:
    articles = issue.stream.articles
    name = " and ".join(told.names)
    return Interest(name, name, seeds=tuple(articles[p] for p in told.seeds))
