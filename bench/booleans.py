"""The real Boolean queries: read without loss, and answered as they are meant.

Each is exploded by the MeSH file of the shared data and asked of an index of the
pool; the same tree is read plainly, article by article, by the tests' own slow
evaluation (tests/search/oracle.py, so PYTHONPATH has tests in it).
"""

import gzip
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from bench.figures import Row
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Journal,
    JournalIssue,
    Markup,
    MeshHeading,
    PubDate,
    PublicationType,
    Qualifier,
    Section,
)
from ownjournal.pubmed.mesh import read_descriptors
from ownjournal.search.analysis import words
from ownjournal.search.atoms import STOP_WORDS
from ownjournal.search.document import Document, document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.explosion import exploded
from ownjournal.search.index import MAX_DEPTH
from ownjournal.search.lexer import Mark, read_tokens
from ownjournal.search.parser import parse
from ownjournal.search.qualifiers import NAMES
from ownjournal.search.query import And, Not, Query, leaves
from ownjournal.search.vocabulary import KnownJournal, Topic
from search.oracle import found

TODAY = date(2021, 6, 1)
QUERIES = 20
OFTEN = 6  # one of so many articles: the plain evaluation takes minutes then


@dataclass(frozen=True)
class Compared:
    """One query, and what came of it."""

    id: str
    problems: int
    lost: frozenset[str]  # words that were typed and are not in the tree
    hits: int
    hits_of_parts: int  # what stands between its ANDs and NOTs, each by itself
    right: bool  # all hits are those of the plain evaluation, of the parts too


def rows(shared: Path, every: int) -> Iterator[Row]:
    """How many of the queries are read without loss, and answered rightly."""
    every *= OFTEN
    results = list(compared(shared, every))
    whole = sum(not each.problems and not each.lost for each in results)
    right = sum(each.right for each in results)
    hits = sum(each.hits for each in results)
    parts = sum(each.hits_of_parts for each in results)
    asked: dict[str, Any] = {"unit": f"of {QUERIES}", "better": "higher"}
    yield Row(
        "search",
        "real Boolean queries: read without loss",
        whole,
        target=QUERIES,
        **asked,
    )
    yield Row(
        "search",
        "real Boolean queries: hits equal a plain evaluation",
        right,
        target=QUERIES,
        note=f"over every {every}th article of the pool: {hits:,} hits, and {parts:,} "
        "of the parts by themselves",
        **asked,
    )


def compared(shared: Path, every: int) -> Iterator[Compared]:
    """The queries, over one of so many articles of the pool."""
    mesh = Mesh(shared / "mesh" / "mesh2021_descriptors.tsv.gz")
    documents = list(_documents(shared, mesh, every))
    with tempfile.TemporaryDirectory() as place:
        index = EmbeddedIndex.open(Path(place) / "index")
        index.apply(documents, (), 1)
        lines = (shared / "search" / "boolean_queries.jsonl").read_text().splitlines()
        for line in lines:
            given = json.loads(line)
            parsed = parse(given["query"])
            assert parsed.query is not None
            query = exploded(parsed.query, mesh, TODAY)
            answers = [_answer(part, index, documents) for part in _parts(query)]
            yield Compared(
                given["id"],
                len(parsed.problems),
                _lost(given["query"], parsed.query),
                answers[0][0],
                sum(hits for hits, _ in answers[1:]),
                all(right for _, right in answers),
            )
        index.close()


def _parts(query: Query) -> Iterator[Query]:
    """The query, and what it is made of by AND and NOT."""
    yield query
    match query:
        case And(parts):
            for part in parts:
                yield from _parts(part)
        case Not(kept, removed):
            yield from _parts(kept)
            yield from _parts(removed)


def _answer(
    query: Query, index: EmbeddedIndex, documents: list[Document]
) -> tuple[int, bool]:
    """How many hits there are, and whether they are the right ones."""
    expected = found(query, documents)
    hits = index.search(query, limit=MAX_DEPTH, order="newest")
    same = [hit.pmid for hit in hits.hits] == expected[:MAX_DEPTH]
    return hits.total, same and hits.total == len(expected)


def _lost(text: str, query: Query) -> frozenset[str]:
    typed = Counter(
        word
        for token in read_tokens(text)
        if token.mark in (Mark.WORD, Mark.QUOTED)
        for word in words(token.text)
    )
    kept = Counter(
        word for leaf in leaves(query) for word in words(getattr(leaf, "text", ""))
    )
    return frozenset(typed - kept) - STOP_WORDS


class Mesh:
    """A `Vocabulary` of NLM's file, in memory."""

    def __init__(self, path: Path) -> None:
        self.by_name: dict[str, Topic] = {}
        self.places = defaultdict[str, list[str]](list)
        self.tree: dict[str, str] = {}
        for each in read_descriptors(path):
            topic = Topic(each.ui, each.name)
            for name in each.entry_terms:
                self.by_name.setdefault(name.lower(), topic)
            for number in each.tree_numbers:
                self.places[each.ui].append(f"{number}.")
                self.tree[f"{number}."] = each.ui
        for each in read_descriptors(path):
            self.by_name[each.name.lower()] = Topic(each.ui, each.name)

    def topics(self, names: Collection[str]) -> Mapping[str, Topic]:
        """See `Vocabulary`."""
        known = self.by_name
        return {name: known[name.lower()] for name in names if name.lower() in known}

    def narrower(self, uis: Collection[str]) -> Mapping[str, frozenset[str]]:
        """See `Vocabulary`."""
        return {
            ui: frozenset([ui]).union(
                below
                for number, below in self.tree.items()
                if number.startswith(tuple(self.places[ui]))
            )
            for ui in uis
        }

    def journals(
        self, names: Collection[str]
    ) -> Mapping[str, tuple[KnownJournal, ...]]:
        """See `Vocabulary`; none is known."""
        return {}

    def authors(self, names: Collection[str]) -> frozenset[str]:
        """See `Vocabulary`; none is known."""
        return frozenset()

    def abbreviations(self, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """See `Vocabulary`; none is known."""
        return {}


def _documents(shared: Path, mesh: Mesh, every: int) -> Iterator[Document]:
    """The pool as documents."""
    with gzip.open(shared / "pool" / "articles.jsonl.gz", "rt") as lines:
        for number, line in enumerate(islice(lines, 0, None, every)):
            article = _article(json.loads(line), mesh, number)
            yield document(article, judge(article))


def _article(given: dict[str, Any], mesh: Mesh, number: int) -> Article:
    """An article of the pool. Some headings get a subheading, since it has none."""
    letters = sorted(NAMES)[number % len(NAMES)]
    aspect = (Qualifier(None, NAMES[letters]),) if number % 3 else ()
    year = str(given.get("year") or "")
    topics = mesh.topics(given.get("mesh") or ())
    return Article(
        int(given["pmid"]),
        title=Markup(escape(given["title"], quote=False)) if given["title"] else None,
        abstract=Abstract((Section(Markup(escape(given["abstract"], quote=False))),))
        if given["abstract"]
        else None,
        journal=Journal(title=given.get("journal") or None),
        journal_issue=JournalIssue(PubDate(int(year) if year.isdigit() else None)),
        mesh=tuple(
            MeshHeading(
                topics[name].ui if name in topics else None, name, qualifiers=aspect
            )
            for name in given.get("mesh") or ()
        ),
        publication_types=tuple(
            PublicationType(None, name) for name in given.get("pt") or ()
        ),
    )
