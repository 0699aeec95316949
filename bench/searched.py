"""A search as the site makes it, over articles in memory and an index on disk."""

import gzip
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from bench.booleans import TODAY, Mesh
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Journal,
    JournalIssue,
    Markup,
    PubDate,
    Section,
)
from ownjournal.pubmed.files import open_xml
from ownjournal.pubmed.records import read_records
from ownjournal.search.citation_matching import Matched, match
from ownjournal.search.citation_reading import read
from ownjournal.search.document import document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.explosion import exploded
from ownjournal.search.index import Hit
from ownjournal.search.mapping import read_as
from ownjournal.search.parser import parse
from ownjournal.search.query import Term
from ownjournal.search.relaxing import relaxed
from ownjournal.search.vocabulary import KnownJournal

MESH = Path("mesh") / "mesh2021_descriptors.tsv.gz"


class Searched(Mesh):
    """A catalogue that answers as the search page does; its own `Vocabulary`."""

    def __init__(self, shared: Path, place: Path, articles: Iterable[Article]) -> None:
        super().__init__(shared / MESH)
        self.articles = {each.pmid: each for each in articles}
        self.index = EmbeddedIndex.open(place)
        made = (document(each, judge(each)) for each in self.articles.values())
        self.index.apply(made, (), 1)
        self._journals = defaultdict[str, dict[str, KnownJournal]](dict)
        for each in self.articles.values():
            for name in names_of(each.journal):
                journal = KnownJournal(name, name)
                self._journals[name.lower()][name] = journal

    def journals(
        self, names: Collection[str]
    ) -> Mapping[str, tuple[KnownJournal, ...]]:
        """See `Vocabulary`."""
        known = self._journals
        return {
            name: tuple(known[name.lower()].values())
            for name in names
            if name.lower() in known
        }

    def authors(self, names: Collection[str]) -> frozenset[str]:
        """See `Vocabulary`."""
        return frozenset(name for name in names if self.index.count(Term(name, "au")))

    def cited(self, text: str) -> Matched | None:
        """What a text leads to as a citation."""
        citation = read(text, self)
        return None if citation is None else match(citation, self.index, self._read)

    def found(self, text: str, *, limit: int, mapped: bool = True) -> list[int]:
        """What a text finds as a query; what has most of its words, if none has all."""
        return [hit.pmid for hit in self.hits(text, limit=limit, mapped=mapped)]

    def hits(self, text: str, *, limit: int, mapped: bool = True) -> tuple[Hit, ...]:
        """The same with the scores."""
        query = parse(text).query
        if query is None:
            return ()
        if mapped:
            query = read_as(query, text, self).query
        for each in (query, relaxed(query)):
            if each is not None:
                hits = self.index.search(exploded(each, self, TODAY), limit=limit)
                if hits.total:
                    return hits.hits
        return ()

    def first(self, text: str) -> int | None:
        """The article that a text leads to, or the first one that it lists."""
        cited = self.cited(text)
        if cited is not None and cited.pmid is not None:
            return cited.pmid
        listed = cited.others if cited is not None else ()
        return next(iter([*listed, *self.found(text, limit=1)]), None)

    def _read(self, pmids: Sequence[int]) -> dict[int, Article]:
        return {pmid: self.articles[pmid] for pmid in pmids if pmid in self.articles}


def names_of(journal: Journal | None) -> Iterator[str]:
    """By which a journal is known."""
    if journal is not None:
        for name in (journal.title, journal.abbreviation, journal.medline_abbreviation):
            if name is not None:
                yield name


def pool(shared: Path) -> Iterator[Article]:
    """The articles of the pool, with what is known of them."""
    with gzip.open(shared / "pool" / "articles.jsonl.gz", "rt") as lines:
        for line in lines:
            yield _article(json.loads(line))


def _article(given: dict[str, Any]) -> Article:
    year, text = str(given.get("year") or ""), marked(given["abstract"])
    return Article(
        int(given["pmid"]),
        title=marked(given["title"]),
        abstract=Abstract((Section(text),)) if text else None,
        journal=Journal(title=given["journal"]) if given.get("journal") else None,
        journal_issue=JournalIssue(PubDate(int(year) if year.isdigit() else None)),
    )


def marked(text: str) -> Markup | None:
    """A plain text as records have it."""
    return Markup(escape(text, quote=False)) if text else None


def real(shared: Path) -> Iterator[Article]:
    """The complete records of the shared data, each PMID once."""
    known: set[int] = set()
    for path in sorted((shared / "pubmed").rglob("*.xml*")):
        if path.suffix == ".md5" or "old_format" in path.name:
            continue
        with open_xml(path) as file:
            for each in read_records(file):
                if isinstance(each, Article) and each.pmid not in known:
                    known.add(each.pmid)
                    yield each
