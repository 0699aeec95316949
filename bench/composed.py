"""What issues are made of: three interests, of which one is known well.

Interests are three development readers, seeded 20, 4 and 2. An issue is made
from each 400 articles of the stream, nothing being shown twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec.structs import replace

from bench.figures import Row
from bench.measures import ndcg
from bench.ranked import trios
from bench.stream import Issue, Reader, Stream, issues
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.duplicates import marks_of
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import Chosen, compose
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import model_of, relevance_of, score
from ownjournal.ranking.standing import Standing, standing

AREA = "ranking"


@dataclass
class Subscriber:
    """Three readers in one, and the issues they got."""

    reader: Reader
    interests: list[Interest]
    shown: list[Candidate] = field(default_factory=list)
    composed: list[float] = field(default_factory=list)
    ordered: list[float] = field(default_factory=list)
    told: list[bool] = field(default_factory=list)
    all_served: list[bool] = field(default_factory=list)
    percentiles: list[float] = field(default_factory=list)  # of outside articles
    strange: list[bool] = field(default_factory=list)  # of the same


def rows(stream: Stream, served: Sequence[Reader], every: int) -> Iterator[Row]:
    """Make the issues of every fourth of the 35 trios."""
    subscribers = [_subscriber(stream, each) for each in trios(served)]
    for issue in issues(stream, every):
        for each in subscribers:
            if issue.start > each.reader.starts():
                _compose(each, issue)
    kept = np.mean([np.mean(each.composed) for each in subscribers])
    full = np.mean([np.mean(each.ordered) for each in subscribers])
    yield _row("nDCG@10 kept by composing", float(kept / full), 0.97)
    yield Row(AREA, "repeats", _repeats(subscribers), "articles", "lower", 0, 0)
    yield _mean("named terms whose removal lowers the score", subscribers, "told", 1.0)
    yield _mean("issues that serve every active interest", subscribers, "all_served")
    yield _mean(
        "outside articles: place by quality or significance in the pool",
        subscribers,
        "percentiles",
        0.95,
    )
    yield _mean(
        "outside articles: below the median relevance", subscribers, "strange", 1.0
    )


def _subscriber(stream: Stream, reader: Reader) -> Subscriber:
    interests = [
        Interest(
            wish.name,
            wish.name,
            seeds=tuple(stream.articles[place] for place in wish.seeds),
        )
        for wish in reader.wishes
    ]
    return Subscriber(reader, interests)


def _compose(each: Subscriber, issue: Issue) -> None:
    articles = issue.stream.articles[issue.start : issue.end]
    pool = Pool.of(articles)
    view = standing(pool, each.interests)
    before = frozenset(article.pmid for article in each.shown)
    chosen = compose(pool, each.interests, already_shown=before).chosen
    each.shown += [pool.candidates[pool.row_of[one.pmid]] for one in chosen]
    each.told += [_is_true(one, each.interests, pool) for one in chosen if one.terms]
    each.all_served.append(_active(view) <= {one.interest for one in chosen})
    for one in chosen:
        if one.slot == "outside":
            _see_outside(each, pool.row_of[one.pmid], pool, view)
    gold = {articles[place - issue.start].pmid for place in _wanted(each, issue)}
    wanted = np.array([one.pmid in gold for one in pool.candidates])
    if wanted.any():
        places = {pool.row_of[one.pmid]: n for n, one in enumerate(chosen)}
        composed = np.array([-places.get(row, len(pool)) for row in range(len(pool))])
        each.composed.append(ndcg(wanted, composed.astype(float), 10))
        each.ordered.append(ndcg(wanted, view.score, 10))


def _wanted(each: Subscriber, issue: Issue) -> list[int]:
    return [p for p in each.reader.wanted if issue.start <= p < issue.end]


def _active(view: Standing) -> set[str | None]:
    """Interests that any article may be chosen for."""
    near = view.about & view.allowed
    pairs = zip(view.interests, near, strict=True)
    return {each.model.interest.key for each, active in pairs if active.any()}


def _see_outside(each: Subscriber, row: int, pool: Pool, view: Standing) -> None:
    """Its place among all articles by its better value, and how strange it is."""
    one = pool.candidates[row]
    quality = np.mean([other.quality <= one.quality for other in pool.candidates])
    reach = np.mean(
        [other.significance <= one.significance for other in pool.candidates]
    )
    each.percentiles.append(float(max(quality, reach)))
    each.strange.append(bool(view.relevance[row] <= np.median(view.relevance)))


def _is_true(chosen: Chosen, interests: Sequence[Interest], pool: Pool) -> bool:
    """Whether the article scores lower without the terms that a reason names."""
    interest = next(each for each in interests if each.key == chosen.interest)
    scored = score(model_of(interest, pool), pool)
    article = pool.candidates[pool.row_of[chosen.pmid]]
    stems = "|".join(re.escape(term.rstrip("s")) for term in chosen.terms)
    words = re.compile(rf"\b(?:{stems})s?\b", re.IGNORECASE)
    poorer = replace(
        article,
        title=words.sub(" ", article.title),
        abstract=words.sub(" ", article.abstract),
    )
    return relevance_of(poorer, scored, pool) < relevance_of(article, scored, pool)


def _repeats(subscribers: Sequence[Subscriber]) -> int:
    """Articles shown to one reader that share a mark with an earlier one."""
    count = 0
    for each in subscribers:
        marks: set[tuple[str, str]] = set()
        for article in each.shown:
            count += not marks.isdisjoint(marks_of(article))
            marks |= marks_of(article)
    return count


def _mean(
    figure: str,
    subscribers: Sequence[Subscriber],
    kept: str,
    target: float | None = None,
) -> Row:
    """The mean of what was noted of all issues."""
    values = [value for each in subscribers for value in getattr(each, kept)]
    return _row(figure, float(np.mean(values)), target)


def _row(figure: str, value: float, target: float | None) -> Row:
    return Row(AREA, figure, value, "share", "higher", target, target)
