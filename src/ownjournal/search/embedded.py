"""The index in a folder: tantivy, nothing else to install.

Any number of processes open the same folder and find what was committed last;
a writer exists only while something is written, one at a time. Nothing is
stored but the index itself: articles come from the store by their PMID.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Self

import tantivy
from tantivy import Occur
from tantivy import Query as Engine

from ownjournal.search import columns, subjects, tallies
from ownjournal.search import folder as folders
from ownjournal.search.columns import (
    PMIDS,
    READABLE,
    SCHEMA,
    SCHEMA_VERSION,
    WRITABLE,
)
from ownjournal.search.document import Document
from ownjournal.search.engine import create, open_engine, total, trouble_told
from ownjournal.search.facets import MOST, Count, Facets, Name, told
from ownjournal.search.folder import Stamp, State, stamp
from ownjournal.search.index import (
    MAX_DEPTH,
    Hit,
    Hits,
    IndexUnusable,
    ListOrder,
    Order,
    Place,
    apply_to,
    check_page,
)
from ownjournal.search.lowering import Lowering, is_scored
from ownjournal.search.query import Query
from ownjournal.search.similar import (
    CANDIDATES,
    Read,
    Similar,
    is_heading,
    most_similar,
    profile,
    strongest,
)
from ownjournal.search.subjects import Subject
from ownjournal.search.tallies import Tally, counts_of
from ownjournal.search.tantivy_parts import TantivyParts

HEAP_BYTES = 64_000_000
"""Of the writer; a segment is written when it is full. More is hardly faster."""

_MORE = 32  # hits asked for behind a page, to order equals at its end
_AT_ONCE = 100_000  # PMIDs that are listed in one step, if there are so many
Page = Callable[[Engine, int, int], Hits]


class EmbeddedIndex:
    """An `Index` in a folder of its own. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._opened: _Opened | None = None
        self._seen: tuple[int, ...] = ()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Never fails: an index that is not there is empty and at revision 0.

        One that cannot be used says so by IndexUnusable when it is used, and
        `rebuilding` repairs it.
        """
        return cls(folder)

    @property
    def revision(self) -> int:
        """See `Index`; 0 where no index was ever made.

        0 too for one of an older version that still answers, as everything has
        to be put in again.
        """
        path = folders.live(self._folder)
        if path is None:
            return 0
        state = folders.check_quickly(path, READABLE)
        return state.revision if state.schema in WRITABLE else 0

    def apply(
        self, documents: Iterable[Document], deletions: Iterable[int], revision: int
    ) -> None:
        """See `Index`."""
        apply_to(self, documents, deletions, revision)

    @contextmanager
    def writing(self) -> Iterator["EmbeddedWriter"]:
        """See `Index`; the first call makes the folder."""
        with folders.only_writer(self._folder):
            path = folders.live(self._folder)
            if path is None:
                path = folders.promote(self._folder, create(self._folder))
            folders.tidy(self._folder)
            with _writer(path) as writer:
                yield writer

    @contextmanager
    def rebuilding(self) -> Iterator["EmbeddedWriter"]:
        """See `Index`; the new index grows in `building` beside the live one."""
        with folders.only_writer(self._folder):
            path = self._folder / folders.BUILDING
            try:
                folders.check_quickly(path, WRITABLE)
            except IndexUnusable:
                create(self._folder)
            with _writer(path) as writer:
                yield writer
            folders.promote(self._folder, path)

    def check(self) -> None:
        """See `Index`; reads about a gigabyte a second."""
        path = folders.live(self._folder)
        if path is None:
            return
        folders.check_bytes(path)
        while True:
            state = folders.check_quickly(path, READABLE)
            meta = stamp(path / "meta.json")
            held, noted = _Opened(path).documents(), folders.noted_documents(path)
            ours = folders.opstamp(path) == state.opstamp
            if meta == stamp(path / "meta.json"):
                break  # nobody wrote meanwhile
        if held != noted or (ours and held != state.documents):
            raise IndexUnusable(f"The index in {path} lost documents.")

    def search(
        self, query: Query, *, limit: int, offset: int = 0, order: Order = "best"
    ) -> Hits:
        """See `Index`. A query without words is always ordered by date."""
        check_page(limit, offset)
        opened = self._current()
        if opened is None:
            return Hits(0, ())
        return opened.search(query, limit, offset, order)

    def listed(
        self,
        query: Query,
        *,
        limit: int,
        order: ListOrder = "newest",
        after: int | None = None,
        before: int | None = None,
    ) -> tuple[Place, ...]:
        """See `Index`."""
        opened = self._current()
        if opened is None:
            return ()
        if before is None:
            return tuple(opened.listed(query, limit, order, after))
        return tuple(reversed(opened.listed(query, limit, order, after, before)))

    def count(self, query: Query) -> int:
        """See `Index`."""
        return self.search(query, limit=1, order="newest").total

    def facets(
        self, query: Query, names: Collection[Name], *, limit: int = 20
    ) -> Facets:
        """See `Index`."""
        if not 1 <= limit <= MOST:
            raise ValueError(f"limit {limit}")
        opened = self._current()
        found = Tally() if opened is None else opened.tally(query, names)
        return {name: told(name, counts_of(found, name), limit) for name in names}

    def leading(
        self, query: Query, subject: Subject, *, limit: int
    ) -> tuple[Count, ...]:
        """See `Index`."""
        if not 1 <= limit <= subjects.MOST:
            raise ValueError(f"limit {limit}")
        opened = self._current()
        return () if opened is None else opened.leading(query, subject, limit)

    def designs_by_year(self, query: Query) -> dict[tuple[int, str], int]:
        """See `Index`."""
        opened = self._current()
        return {} if opened is None else opened.designs_by_year(query)

    def held(self) -> Iterator[tuple[int, int]]:
        """See `Index`."""
        opened = self._current()
        if opened is not None:
            yield from opened.held(0, PMIDS)

    def frequencies(self, words: Collection[str]) -> dict[str, int]:
        """See `Index`."""
        opened = self._current()
        if opened is None:
            return dict.fromkeys(words, 0)
        return {word: opened.frequency(word) for word in words}

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """See `Index`."""
        opened = self._current()
        return [] if opened is None else opened.beginning(prefix, most)

    def similar(
        self, document: Document, read: Read, *, limit: int = 20
    ) -> tuple[Similar, ...]:
        """See `Index`."""
        opened = self._current()
        if opened is None:
            return ()
        found = opened.candidates(document)
        return most_similar(
            document, read(found), opened.frequency, opened.documents(), limit
        )

    def close(self) -> None:
        """See `Index`; a later search opens it again."""
        with self._lock:
            self._opened = None
            self._seen = ()

    def _current(self) -> "_Opened | None":
        """The live index as of its last commit; two file stats when nothing changed.

        Looks again where another index took its place while this one was opened.
        """
        with self._lock:
            while True:
                seen = stamp(folders.live_file(self._folder))
                try:
                    return self._as_of(seen)
                except IndexUnusable:
                    self._opened = None
                    if seen == stamp(folders.live_file(self._folder)):
                        raise

    def _as_of(self, seen: Stamp) -> "_Opened | None":
        if self._opened is None or seen != self._seen:
            path = folders.live(self._folder)
            self._opened = None if path is None else _Opened(path)
            self._seen = seen
        elif (meta := stamp(self._opened.meta)) != self._opened.stamp:
            self._opened.reload(meta)
        return self._opened


class _Opened:
    """One index of the folder, as of a commit."""

    def __init__(self, path: Path) -> None:
        self._version = folders.check_quickly(path, READABLE).schema
        self.path = path
        self.meta = path / "meta.json"
        self.stamp = stamp(self.meta)  # before opening: a later commit is noticed
        with trouble_told(path):
            self._index = open_engine(path)
            self._searcher = self._index.searcher()

    def reload(self, meta: Stamp) -> None:
        """See the last commit."""
        with trouble_told(self.path):
            self._index.reload()
            self._searcher = self._index.searcher()
        self.stamp = meta

    def documents(self) -> int:
        """How many there are."""
        return self._searcher.num_docs

    def search(self, query: Query, limit: int, offset: int, order: Order) -> Hits:
        """See `Index`."""
        with trouble_told(self.path):
            asked = Lowering(TantivyParts(self._searcher)).lower(query)
            by_score = order != "newest" and is_scored(query)
            page = self._best if by_score else self._newest
            if order == "evidence":
                return self._by_evidence(asked, page, limit, offset)
            return page(asked, limit, offset)

    def listed(
        self,
        query: Query,
        limit: int,
        order: ListOrder,
        after: int | None = None,
        before: int | None = None,
    ) -> list[Place]:
        """See `Index`; with `before` from there on upwards."""
        column = order if self._has(order) else "newest"
        upwards = before is not None
        with trouble_told(self.path):
            asked = Lowering(TantivyParts(self._searcher)).lower(query)
            if after is not None or before is not None:
                parts = (asked, columns.beyond(column, after, before))
                asked = Engine.boolean_query([(Occur.Must, each) for each in parts])
            found = self._searcher.search(
                asked,
                limit,
                count=False,
                order_by_field=column,
                order=tantivy.Order.Asc if upwards else tantivy.Order.Desc,
            )
        return [Place(columns.pmid_of(key), key) for key, _ in found.hits]

    def _has(self, column: str) -> bool:
        return self._version >= columns.NEW.get(column, 0)

    def tally(self, query: Query, names: Collection[Name]) -> Tally:
        """All values of facets, counted; those of columns not there have none."""
        names = [each for each in names if self._has(each)]
        with trouble_told(self.path):
            asked = Lowering(TantivyParts(self._searcher)).lower(query)
            return tallies.tally(self._searcher, asked, names)

    def leading(self, query: Query, subject: Subject, most: int) -> tuple[Count, ...]:
        """See `Index`."""
        if not self._has(tallies.MANY[subject]):
            return ()
        with trouble_told(self.path):
            asked = Lowering(TantivyParts(self._searcher)).lower(query)
            return tallies.leading(self._searcher, asked, subject, most)

    def designs_by_year(self, query: Query) -> dict[tuple[int, str], int]:
        """See `Index`."""
        with trouble_told(self.path):
            asked = Lowering(TantivyParts(self._searcher)).lower(query)
            return tallies.designs_by_year(self._searcher, asked)

    def held(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """See `Index`; PMIDs from `low` to below `high`."""
        searcher = self._searcher
        among = columns.pmids_between(low, high)
        with trouble_told(self.path):
            some = total(searcher.search(among, 1, order_by_field="newest"))
            if 0 < some <= _AT_ONCE:
                found = searcher.search(among, some, order_by_field="newest").hits
                places = [at for _, at in found]
                changed = searcher.fast_field_values("revision", places)
        if some > _AT_ONCE:
            middle = (low + high) // 2
            yield from self.held(low, middle)
            yield from self.held(middle, high)
        elif some:
            pmids = (columns.pmid_of(key) for key, _ in found)
            revisions = (int(each or 0) for each in changed)
            yield from sorted(zip(pmids, revisions, strict=True))

    def _by_evidence(self, asked: Engine, page: Page, limit: int, offset: int) -> Hits:
        """Each class is a result of its own; only those of the page are asked for."""
        held = tallies.classes(self._searcher, asked)
        hits: list[Hit] = []
        before = 0
        for each, count in held.items():
            start = max(offset - before, 0)
            if start < count and len(hits) < limit:
                within = columns.within_class(asked, each)
                hits += page(within, limit - len(hits), start).hits
            before += count
        return Hits(before, tuple(hits))

    def _newest(self, asked: Engine, limit: int, offset: int) -> Hits:
        """By date and PMID, which one column holds."""
        result = self._searcher.search(
            asked, limit, order_by_field="newest", offset=offset
        )
        hits = tuple(Hit(columns.pmid_of(key), 0.0) for key, _ in result.hits)
        return Hits(total(result), hits)

    def _best(self, asked: Engine, limit: int, offset: int) -> Hits:
        """By score; the engine leaves the order of equals open, so it is made here.

        All equals of the last hit of the page are looked at, unless there are
        more of them than can be paged through.
        """
        searcher = self._searcher
        end = offset + limit
        most = end + _MORE
        while True:
            result = searcher.search(asked, most, weight_by_field="standing")
            found = result.hits
            if len(found) < most or found[-1][0] < found[end - 1][0]:
                break
            if most > MAX_DEPTH:
                break
            most *= 4
        keys = searcher.fast_field_values("newest", [at for _, at in found])
        scored = ((hit[0], int(key or 0)) for hit, key in zip(found, keys, strict=True))
        ordered = sorted(scored, reverse=True)[offset:end]
        hits = tuple(Hit(columns.pmid_of(key), score) for score, key in ordered)
        return Hits(total(result), hits)

    def frequency(self, term: str) -> int:
        """How many articles have a term of `similar`, roughly."""
        if is_heading(term):
            return self._searcher.doc_freq("codes", term)
        columns = ("title", "text")
        return max(self._searcher.doc_freq(column, term) for column in columns)

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """Terms of the text that begin so, the commonest first."""
        with trouble_told(self.path):
            return self._searcher.terms_with_prefix("text", prefix, limit=most)

    def candidates(self, document: Document) -> list[int]:
        """The PMIDs of those that have most of the document's strongest terms.

        Nothing but terms is asked and nothing counted, so that the engine can
        pass over most of their postings.
        """
        searcher = self._searcher
        with trouble_told(self.path):
            wanted = strongest(profile(document), self.frequency, self.documents())
            parts = [
                (Occur.Should, Engine.boost_query(part, weight))
                for term, weight in wanted
                for part in self._anywhere(term)
            ]
            query = Engine.boolean_query(parts)
            found = searcher.search(query, CANDIDATES + 1, count=False).hits
            keys = searcher.fast_field_values("newest", [at for _, at in found])
        return [columns.pmid_of(int(key or 0)) for key in keys]

    def _anywhere(self, term: str) -> list[Engine]:
        if is_heading(term):
            return [Engine.term_query(SCHEMA, "codes", term, index_option="basic")]
        return [Engine.term_query(SCHEMA, each, term) for each in ("title", "text")]


class EmbeddedWriter:
    """A `Writer` to one index of the folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = folders.check_quickly(path, WRITABLE)
        with trouble_told(path):
            self._index = open_engine(path)
            self._writer = self._index.writer(HEAP_BYTES, 1)
            # What a killed commit left has the names that a repeat will use.
            self._writer.garbage_collect_files()

    @property
    def revision(self) -> int:
        """The last revision committed."""
        return self._state.revision

    def put(self, document: Document) -> None:
        """See `Writer`."""
        self.delete(document.pmid)
        with trouble_told(self._path):
            self._writer.add_document(columns.row(document))

    def delete(self, pmid: int) -> None:
        """See `Writer`."""
        with trouble_told(self._path):
            self._writer.delete_documents_by_term("pmid", pmid)

    def commit(self, revision: int) -> None:
        """The engine commits first: a crash before the state repeats a revision."""
        if revision < self.revision:
            raise ValueError(f"revision {revision} after {self.revision}")
        with trouble_told(self._path):
            opstamp = self._writer.commit()
            self._index.reload()
            documents = self._index.searcher().num_docs
            self._state = State(
                SCHEMA_VERSION, revision, opstamp, documents, self._state.settings
            )
            folders.write_state(self._path, self._state)

    def end(self) -> None:
        """Drop what is not committed, and wait until segments are merged."""
        with trouble_told(self._path):
            self._writer.wait_merging_threads()


@contextmanager
def _writer(path: Path) -> Iterator[EmbeddedWriter]:
    writer = EmbeddedWriter(path)
    try:
        yield writer
    finally:
        writer.end()
