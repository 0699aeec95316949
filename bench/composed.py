"""What issues are made of: three interests, of which one is known well.

Interests are three development readers, seeded 20, 4 and 2. An issue is made
from each 400 articles of the stream, nothing being shown twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from msgspec.structs import replace

from bench.figures import Row
from bench.replay import ISSUE, SHOWN, Issue, Reader, issues, ndcg, recall
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.duplicates import marks_of
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import Chosen, compose
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import model_of, relevance_of, score
from ownjournal.ranking.standing import standing

SEEDS = (20, 4, 2)


@dataclass
class Trio:
    """Three readers in one, and how it went."""

    readers: tuple[Reader, ...]
    interests: list[Interest]
    shown: list[Candidate] = field(default_factory=list)
    each: list[list[float]] = field(default_factory=lambda: [[], [], []])
    alone: list[list[float]] = field(default_factory=lambda: [[], [], []])
    composed: list[float] = field(default_factory=list)
    ordered: list[float] = field(default_factory=list)
    told: list[bool] = field(default_factory=list)

    def starts(self) -> int:
        """The place in the stream after which nothing is a seed."""
        pairs = zip(self.readers, SEEDS, strict=True)
        return max(reader.wanted[seeds - 1] for reader, seeds in pairs)


def rows(
    articles: Sequence[Candidate], served: Sequence[Reader], every: int
) -> Iterator[Row]:
    """Replay the stream to every fourth of the 35 trios."""
    trios = [_trio(articles, each) for each in list(combinations(served, 3))[::4]]
    for issue in issues(articles, every):
        for trio in trios:
            if issue.start > trio.starts():
                _serve(trio, issue)
                _compose(trio, articles[issue.start : issue.start + ISSUE])
    yield _worst(trios)
    kept = np.mean([np.mean(trio.composed) for trio in trios])
    full = np.mean([np.mean(trio.ordered) for trio in trios])
    yield _row("nDCG@10 kept by composing", float(kept / full), 0.97)
    yield Row("ranking", "repeats", _repeats(trios), "articles", "lower", target=0)
    told = [each for trio in trios for each in trio.told]
    yield _row("named terms whose removal lowers the score", float(np.mean(told)), 1.0)


def _trio(articles: Sequence[Candidate], readers: tuple[Reader, ...]) -> Trio:
    interests = [
        Interest(
            reader.name,
            reader.name,
            seeds=tuple(articles[place] for place in reader.wanted[:seeds]),
        )
        for reader, seeds in zip(readers, SEEDS, strict=True)
    ]
    return Trio(readers, interests)


def _serve(trio: Trio, issue: Issue) -> None:
    """Recall of each interest by our scores, and by one profile for all."""
    everything = tuple(seed for each in trio.interests for seed in each.seeds)
    profile = [Interest("all", "All", seeds=everything)]
    many = standing(issue.pool, trio.interests).relevance[issue.rows]
    one = standing(issue.pool, profile).relevance[issue.rows]
    places = np.arange(issue.start, issue.start + len(issue.rows))
    for number, reader in enumerate(trio.readers):
        wanted = np.isin(places, reader.wanted)
        if wanted.any():
            trio.each[number].append(recall(wanted, many, SHOWN))
            trio.alone[number].append(recall(wanted, one, SHOWN))


def _compose(trio: Trio, articles: Sequence[Candidate]) -> None:
    pool = Pool.of(articles)
    before = frozenset(each.pmid for each in trio.shown)
    chosen = compose(pool, trio.interests, already_shown=before).chosen
    trio.shown += [pool.candidates[pool.row_of[each.pmid]] for each in chosen]
    trio.told += [_is_true(each, trio.interests, pool) for each in chosen if each.terms]
    gold = _gold(trio, articles)
    wanted = np.array([each.pmid in gold for each in pool.candidates])
    if wanted.any():
        view = standing(pool, trio.interests)
        places = {pool.row_of[each.pmid]: n for n, each in enumerate(chosen)}
        composed = np.array([-places.get(row, len(pool)) for row in range(len(pool))])
        trio.composed.append(ndcg(wanted, composed.astype(float), 10))
        trio.ordered.append(ndcg(wanted, view.score, 10))


def _gold(trio: Trio, articles: Sequence[Candidate]) -> set[int]:
    wanted = {pmid for reader in trio.readers for pmid in reader.wanted_pmids}
    return wanted & {each.pmid for each in articles}


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


def _worst(trios: Sequence[Trio]) -> Row:
    ours = [min(float(np.mean(each)) for each in trio.each) for trio in trios]
    single = [min(float(np.mean(each)) for each in trio.alone) for trio in trios]
    return Row(
        "ranking",
        "three interests seeded 20/4/2: worst R@20",
        float(np.mean(ours)),
        "share",
        "higher",
        target=0.35,
        peer="one profile for all",
        peer_value=float(np.mean(single)),
    )


def _repeats(trios: Sequence[Trio]) -> int:
    """Articles shown to one reader that share a mark with an earlier one."""
    count = 0
    for trio in trios:
        marks: set[tuple[str, str]] = set()
        for article in trio.shown:
            count += not marks.isdisjoint(marks_of(article))
            marks |= marks_of(article)
    return count


def _row(figure: str, value: float, target: float) -> Row:
    return Row("ranking", figure, value, "share", "higher", target=target)
