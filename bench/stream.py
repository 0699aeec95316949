"""The stream: real articles in the order of time, and readers who want some of them.

A reader stands for a systematic review: the first articles in time that it
included are what the reader begins with, the later ones what it hopes to find.
Articles are judged from their text alone, as at the hour of publication.

Data: Cohen et al. 2006, doi:10.1197/jamia.M1929.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from msgspec.structs import replace as changed
from numpy.typing import NDArray

from bench.ranking_peers.spaces import Spaces, Texts
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import Abstract, Article, Markup, Section
from ownjournal.ranking.candidate import Candidate, candidate
from ownjournal.ranking.pool import Pool
from ownjournal.search.vectors import packed

ISSUE = 400
WINDOW = 4_000


@dataclass(frozen=True)
class Wish:
    """One subject of a reader, in places of the stream."""

    name: str
    wanted: tuple[int, ...]  # rising
    seeds: tuple[int, ...] = ()  # given from the beginning
    saved: tuple[int, ...] = ()  # liked as soon as they have come

    def seeded(self, seeds: int) -> "Wish":
        """With the first so many of what it wants as seeds."""
        return replace(self, seeds=self.wanted[:seeds])


@dataclass(frozen=True)
class Reader:
    """Whom issues are for."""

    name: str
    wishes: tuple[Wish, ...]

    @cached_property
    def wanted(self) -> frozenset[int]:
        """All that it wants."""
        return frozenset(place for wish in self.wishes for place in wish.wanted)

    def starts(self) -> int:
        """The place in the stream after which nothing is a seed."""
        return max(max(wish.seeds) for wish in self.wishes)


@dataclass(frozen=True, eq=False)
class Stream:
    """Articles, oldest first, and their texts for methods that are not ours."""

    articles: tuple[Candidate, ...]
    texts: Texts = field(repr=False)

    @cached_property
    def meant(self) -> tuple[Candidate, ...]:
        """The articles with their vectors of meaning, of which there must be some."""
        vectors = self.texts.vectors
        assert vectors is not None
        pairs = zip(self.articles, vectors, strict=True)
        return tuple(
            changed(each, meaning=packed(vector)) if vector.any() else each
            for each, vector in pairs
        )

    @classmethod
    def read(cls, folder: Path) -> "Stream":
        """The shared stream."""
        with gzip.open(folder / "ranking" / "stream_documents.jsonl.gz", "rt") as lines:
            articles = tuple(_candidate(json.loads(line)) for line in lines)
        return cls(articles, Texts(articles))


@dataclass(frozen=True, eq=False)
class Issue:
    """Some articles of the stream, and what was known when they came."""

    stream: Stream
    start: int  # place in the stream of the first
    end: int
    spaces: Spaces

    @cached_property
    def pool(self) -> Pool:
        """The window of articles up to and with the issue, as ranking knows it."""
        return Pool.of(self.stream.articles[max(0, self.end - WINDOW) : self.end])

    @cached_property
    def meant_pool(self) -> Pool:
        """The same, of articles with vectors of meaning."""
        return Pool.of(self.stream.meant[max(0, self.end - WINDOW) : self.end])

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """Rows of the pool, in the order of the stream."""
        articles = self.stream.articles[self.start : self.end]
        return np.array([self.pool.row_of[each.pmid] for each in articles], np.intp)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Places in the stream."""
        return np.arange(self.start, self.end)


def issues(stream: Stream, every: int = 1) -> Iterator[Issue]:
    """The issues of the stream, or every so-manieth of them."""
    size = len(stream.articles)
    for number, start in enumerate(range(0, size, ISSUE)):
        if not number % every:
            end = min(start + ISSUE, size)
            first = max(0, end - WINDOW)
            yield Issue(stream, start, end, Spaces(stream.texts, first, start, end))


def readers(folder: Path, articles: Sequence[Candidate]) -> list[Reader]:
    """The development readers; articles without any text cannot be wanted."""
    place = {each.pmid: n for n, each in enumerate(articles) if each.title}
    data = json.loads((folder / "ranking" / "readers_development.json").read_text())
    found = []
    for name, each in data.items():
        pmids = {int(pmid) for pmid in each["abstract_level_includes"]} & place.keys()
        wanted = tuple(sorted(place[pmid] for pmid in pmids))
        found.append(Reader(name, (Wish(name, wanted),)))
    return found


def _candidate(row: dict[str, str]) -> Candidate:
    text = row.get("abstract")
    article = Article(
        pmid=int(row["pmid"]),
        title=Markup(row["title"]) if row.get("title") else None,
        abstract=Abstract((Section(Markup(text)),)) if text else None,
    )
    return candidate(article, judge(article))
