"""What every index of the articles can do; `embedded` is one, in a folder.

An index follows the store by its revision clock. It remembers the revision of
its last commit, in the commit or after it, never before: after a crash the
caller repeats what the index may already hold, and repeating changes nothing.
The same calls with all documents from revision 0 rebuild a lost index.

Words, hit, document and term mean here what they mean to search engines.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

from msgspec import Struct

from ownjournal.search.document import Document
from ownjournal.search.facets import Count, Facets, Name
from ownjournal.search.query import Query
from ownjournal.search.similar import Read, Similar
from ownjournal.search.subjects import Subject

Order = Literal["best", "newest", "evidence"]

ListOrder = Literal["newest", "best"]

MAX_DEPTH = 10_000
"""How far down a result can be paged: offset plus limit."""


class Hit(Struct, frozen=True, array_like=True):
    """An article found; scores compare within one search only."""

    pmid: int
    score: float  # 0 where hits are ordered by date


class Hits(Struct, frozen=True, array_like=True):
    """One page of a result."""

    total: int  # exact, over all pages
    hits: tuple[Hit, ...]


class Place(Struct, frozen=True, array_like=True):
    """Where an article stands in a list."""

    pmid: int
    key: int  # 0 to below 2**63; a list goes from high to low, and no two are equal


class IndexBusy(Exception):
    """Another process is writing to the index."""


class IndexUnusable(Exception):
    """The index is damaged or of another version: it has to be rebuilt."""


class IndexAway(IndexUnusable):
    """The index cannot be reached now, and nothing is wrong with it: ask again."""


class TooDeep(Exception):
    """The page lies below MAX_DEPTH."""


class Writer(Protocol):
    """Takes documents in; nothing of it is found before `commit`.

    It needs the same memory for any number of documents, so a caller may put
    many files and commit once.
    """

    @property
    def revision(self) -> int:
        """The last revision committed."""

    def put(self, document: Document) -> None:
        """Add a document in place of the one with its PMID, if there is one."""

    def delete(self, pmid: int) -> None:
        """Take a document out; one that is not there is no error."""

    def commit(self, revision: int) -> None:
        """Publish everything since the last commit at once, and keep it on disk.

        Raises ValueError for a revision below the one committed.
        """


class Index(Protocol):
    """Finds articles. Any number of processes read, one at a time writes."""

    @property
    def revision(self) -> int:
        """The last revision committed; 0 for an index that was never written."""

    def apply(
        self, documents: Iterable[Document], deletions: Iterable[int], revision: int
    ) -> None:
        """Take in one revision, all or nothing: deletions first, then documents.

        A revision that is not above the index's own was applied before and
        changes nothing.
        """

    def writing(self) -> AbstractContextManager[Writer]:
        """Write in several commits. What is not committed at the end is dropped.

        Raises IndexBusy while another writes.
        """

    def rebuilding(self) -> AbstractContextManager[Writer]:
        """Write a new index beside this one; at a good end it takes its place.

        Searches are answered by the old one until then. After an error or a
        crash the next call goes on behind the last commit: ask the writer for
        its `revision`.

        Raises IndexBusy while another writes.
        """

    def check(self) -> None:
        """Read every byte of the index; raises IndexUnusable where one is wrong."""

    def held(self) -> Iterator[tuple[int, int]]:
        """The PMID and the revision of each document, by PMID, in little memory.

        To compare with the store. While another process writes, some are as they
        were before and some as they are now.
        """

    def search(
        self, query: Query, *, limit: int, offset: int = 0, order: Order = "best"
    ) -> Hits:
        """One page of the articles that a query finds.

        "best" is by BM25 over words, title words counting more, times what an
        article is worth (`standing.weight`); "newest" is by date; "evidence" is by
        `standing.evidence_class`, within a class as "best". Equals are ordered
        newest first, then by PMID, so that pages never overlap. Raises TooDeep
        where offset plus limit is above MAX_DEPTH.
        """

    def listed(
        self,
        query: Query,
        *,
        limit: int,
        order: ListOrder = "newest",
        after: int | None = None,
        before: int | None = None,
    ) -> tuple[Place, ...]:
        """The articles that a query finds, some at a time, however deep.

        "newest" is by date, "best" by `standing.rank`, then by date; equals are
        ordered by PMID. After the key of the last article of a page comes the next
        page, whatever arrived meanwhile. An article moves only when its own date or
        worth changes. An index of an older version lists the best by date.

        after   only articles behind this key
        before  only articles in front of this key, and of them the last `limit`
        """

    def count(self, query: Query) -> int:
        """How many articles a query finds."""

    def facets(
        self, query: Query, names: Collection[Name], *, limit: int = 20
    ) -> Facets:
        """The values that articles of the whole result have, counted exactly.

        limit   values of a facet with many, 1 to `facets.MOST`; see `facets.told`
        """

    def leading(
        self, query: Query, subject: Subject, *, limit: int
    ) -> tuple[Count, ...]:
        """The values of a subject that most articles of a result have, counted exactly.

        Most first, equals by value; see `subjects` for what the values are. An index
        of an older version tells none.

        limit   1 to `subjects.MOST`
        """

    def designs_by_year(self, query: Query) -> Mapping[tuple[int, str], int]:
        """How many articles of a result each year has of each design, each once.

        The year is the first that an article was published in, in print or
        electronically. Articles without one, or without a design, are left out.
        """

    def frequencies(self, words: Collection[str]) -> Mapping[str, int]:
        """How many articles have each of these terms in their text, roughly."""

    def beginning(self, prefix: str, most: int) -> Sequence[tuple[str, int]]:
        """Terms of the text that begin so and how many articles have them, roughly.

        The commonest first, as many as `most`; those of titles are not among them.
        """

    def similar(
        self, document: Document, read: Read, *, limit: int = 20
    ) -> tuple[Similar, ...]:
        """The articles most like a document, which need not be in the index.

        The index finds candidates, `read` gives their documents, and
        `similar.most_similar` says which of them are meant and in which order.
        An article that `read` does not give is left out.
        """

    def close(self) -> None:
        """Let go of files; the index is not used after it."""


def apply_to(
    index: Index, documents: Iterable[Document], deletions: Iterable[int], revision: int
) -> None:
    """What `Index.apply` promises, by the writer of an index."""
    with index.writing() as writer:
        if revision <= writer.revision:
            return
        for pmid in deletions:
            writer.delete(pmid)
        for document in documents:
            writer.put(document)
        writer.commit(revision)


def check_page(limit: int, offset: int) -> None:
    """Raises ValueError for a page that cannot be, and TooDeep."""
    if limit < 1 or offset < 0:
        raise ValueError(f"limit {limit}, offset {offset}")
    if offset + limit > MAX_DEPTH:
        raise TooDeep(f"Only the first {MAX_DEPTH:,} articles can be shown.")
