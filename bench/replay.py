"""Replay a stream of articles to readers, one issue after the other.

A reader is a systematic review: its first articles in time are the seeds, the
later ones are what it hopes to find. The stream comes in issues of 400; a
method orders each of them, knowing the seeds and whatever came before, and
nothing of what comes after: vocabularies and document frequencies are those of
the WINDOW articles up to and with the issue.

Protocol P1 of the ranking notes; data: Cohen et al. 2006, doi:10.1197/jamia.M1929.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import Abstract, Article, Markup, Section
from ownjournal.ranking.candidate import Candidate, candidate
from ownjournal.ranking.pool import Pool

ISSUE = 400
SHOWN = 20
WINDOW = 4_000

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Reader:
    """A review: what it wanted to find, in the order of the stream."""

    name: str
    wanted: tuple[int, ...]  # places in the stream
    wanted_pmids: frozenset[int]


@dataclass(frozen=True)
class Issue:
    """Some articles of the stream and the pool they stand in."""

    start: int  # place in the stream of the first
    pool: Pool
    rows: NDArray[np.intp]  # rows of the pool, in the order of the stream


@dataclass(frozen=True)
class Result:
    """How well a method served a reader."""

    ndcg_10: float  # mean over issues that hold anything wanted
    recall_20: float
    wss_95: float  # over the whole stream after the seeds

    def named(self) -> dict[str, float]:
        """The figures by the names they are reported under."""
        return {
            "nDCG@10": self.ndcg_10,
            "R@20": self.recall_20,
            "WSS@95": self.wss_95,
        }

    @staticmethod
    def mean(results: Sequence["Result"]) -> "Result":
        """The mean over readers, each counting the same."""
        parts = np.array([(r.ndcg_10, r.recall_20, r.wss_95) for r in results])
        return Result(*parts.mean(axis=0).tolist())


Method = Callable[[Issue, tuple[Candidate, ...], Reader], Scores]


def stream(folder: Path) -> list[Candidate]:
    """All articles, oldest first, judged from their text as if just published."""
    with gzip.open(folder / "ranking" / "stream_documents.jsonl.gz", "rt") as lines:
        return [_candidate(json.loads(line)) for line in lines]


def readers(folder: Path, articles: Sequence[Candidate]) -> list[Reader]:
    """The development readers; articles without any text cannot be wanted."""
    place = {each.pmid: n for n, each in enumerate(articles) if each.title}
    data = json.loads((folder / "ranking" / "readers_development.json").read_text())
    found = []
    for name, each in data.items():
        pmids = {int(pmid) for pmid in each["abstract_level_includes"]} & place.keys()
        places = tuple(sorted(place[pmid] for pmid in pmids))
        found.append(Reader(name, places, frozenset(pmids)))
    return found


def issues(articles: Sequence[Candidate], every: int = 1) -> Iterator[Issue]:
    """The issues of the stream, or every so-manieth of them."""
    for number, start in enumerate(range(0, len(articles), ISSUE)):
        if number % every:
            continue
        end = min(start + ISSUE, len(articles))
        pool = Pool.of(articles[max(0, end - WINDOW) : end])
        rows = [pool.row_of[each.pmid] for each in articles[start:end]]
        yield Issue(start, pool, np.array(rows, np.intp))


def replay(
    articles: Sequence[Candidate],
    served: Sequence[Reader],
    methods: dict[str, Method],
    *,
    seeds: int,
    every: int = 1,
) -> dict[str, Result]:
    """Serve every reader by every method; the mean over readers for each."""
    scores: dict[tuple[str, str], list[tuple[NDArray[np.bool_], Scores]]] = {}
    for issue in issues(articles, every):
        for reader in served:
            taught = reader.wanted[:seeds]
            places = np.arange(issue.start, issue.start + len(issue.rows))
            later = places > taught[-1]
            if not later.any():
                continue
            wanted = np.isin(places, reader.wanted)[later]
            known = tuple(articles[place] for place in taught)
            for name, method in methods.items():
                found = method(issue, known, reader)[later]
                scores.setdefault((name, reader.name), []).append((wanted, found))
    return {
        name: Result.mean([_result(scores[name, each.name]) for each in served])
        for name in methods
    }


def _result(parts: list[tuple[NDArray[np.bool_], Scores]]) -> Result:
    held = [part for part in parts if part[0].any()]
    everything = (
        np.concatenate([wanted for wanted, _ in parts]),
        np.concatenate([found for _, found in parts]),
    )
    return Result(
        float(np.mean([ndcg(*part, 10) for part in held])),
        float(np.mean([recall(*part, SHOWN) for part in held])),
        _saved_work(*everything),
    )


def ndcg(wanted: NDArray[np.bool_], found: Scores, depth: int) -> float:
    """Normalised discounted cumulative gain of the first `depth`."""
    gains = wanted[_order(found)][:depth]
    discounts = 1 / np.log2(np.arange(2, depth + 2))
    best = discounts[: min(depth, int(wanted.sum()))].sum()
    return float((gains * discounts[: len(gains)]).sum() / best)


def recall(wanted: NDArray[np.bool_], found: Scores, depth: int) -> float:
    """The share of what is wanted that stands among the first `depth`."""
    return float(wanted[_order(found)][:depth].sum() / wanted.sum())


def _saved_work(wanted: NDArray[np.bool_], found: Scores) -> float:
    """WSS@95: reading saved when 95 % of what is wanted has been found."""
    hits = np.cumsum(wanted[_order(found)])
    needed = np.ceil(0.95 * hits[-1])
    read = int(np.argmax(hits >= needed)) + 1
    return float((len(wanted) - read) / len(wanted) - 0.05)


def _order(found: Scores) -> NDArray[np.intp]:
    """Best first; of equals the later in the stream, which is the newer."""
    return np.lexsort((-np.arange(len(found)), -found))


def _candidate(row: dict[str, str]) -> Candidate:
    text = row.get("abstract")
    article = Article(
        pmid=int(row["pmid"]),
        title=Markup(row["title"]) if row.get("title") else None,
        abstract=Abstract((Section(Markup(text)),)) if text else None,
    )
    return candidate(article, judge(article))
