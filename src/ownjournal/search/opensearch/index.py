"""The index in an OpenSearch cluster, behind an alias.

Sharding, replication and failover are the cluster's. Here is what makes it an
`Index` like the embedded one: the same terms, the same scores (BM25 with statistics
of all shards, times what an article is worth), whole revisions only, and no answer
from some of the shards alone.

An index of a version of our columns has a name of its own; the alias leads to the
one that is read. `rebuilding` fills another one behind the alias "…-building", has
its shards copied when all is in, which is less work than to index in every copy, and
moves both aliases in one step.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self, TypeVar
from uuid import uuid4

from ownjournal.search import tallies
from ownjournal.search.document import Document
from ownjournal.search.facets import MOST, Count, Facets, Name, told
from ownjournal.search.index import (
    Hits,
    IndexAway,
    IndexUnusable,
    ListOrder,
    Order,
    Place,
    apply_to,
    check_page,
)
from ownjournal.search.opensearch import columns
from ownjournal.search.opensearch.address import read_address
from ownjournal.search.opensearch.cluster import Cluster, Conflict, NotThere
from ownjournal.search.opensearch.fitness import check_shards, check_versions
from ownjournal.search.opensearch.lock import Held, only_writer
from ownjournal.search.opensearch.searching import Searcher
from ownjournal.search.opensearch.state import Seen, begin, look
from ownjournal.search.opensearch.writer import OpenSearchWriter
from ownjournal.search.query import Query
from ownjournal.search.similar import Read, Similar, most_similar
from ownjournal.search.subjects import MOST as MOST_OF_A_SUBJECT
from ownjournal.search.subjects import Subject

T = TypeVar("T")
LOOK_SECONDS = 0.5
"""Between looks at the copies of a new index."""

IDLE_LOOKS = 60
"""Looks at which no copy is being made, after which it is read without."""

TRIES = 12
"""Times that a search is repeated which a commit overtook."""


class OpenSearchIndex:
    """An `Index` in a cluster. Safe to use from several threads."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._name = cluster.address.name
        self._searcher: Searcher | None = None

    @classmethod
    def open(cls, url: str) -> Self:
        """The index at the address of SEARCH_URL; asks nothing yet.

        Raises BadAddress.
        """
        return cls(Cluster(read_address(url)))

    @property
    def revision(self) -> int:
        """See `Index`; 0 where none was made, or one that must be built anew."""
        seen = self._look()
        if seen is None or seen.state.schema not in columns.WRITABLE:
            return 0
        return seen.state.revision

    # Writing

    def apply(
        self, documents: Iterable[Document], deletions: Iterable[int], revision: int
    ) -> None:
        """See `Index`."""
        apply_to(self, documents, deletions, revision)

    @contextmanager
    def writing(self) -> Iterator[OpenSearchWriter]:
        """See `Index`; the first call makes the index."""
        with self._locked() as held:
            seen = self._look(columns.WRITABLE)
            if seen is None:
                seen = self._created(self._name, copies=self._cluster.address.replicas)
            with _writer(self._cluster, seen, held) as writer:
                yield writer

    @contextmanager
    def rebuilding(self) -> Iterator[OpenSearchWriter]:
        """See `Index`; the new index grows behind an alias of its own."""
        with self._locked() as held:
            try:
                seen = look(self._cluster, self._building, columns.WRITABLE)
            except IndexAway:
                raise
            except IndexUnusable:
                self._remove_behind(self._building)
                seen = None
            if seen is None:
                seen = self._created(self._building, copies=0)
            with _writer(self._cluster, seen, held) as writer:
                yield writer
            self._copy(seen.index)
            self._promote(seen.index)

    @contextmanager
    def _locked(self) -> Iterator[Held]:
        lock = f"{self._name}-lock"
        try:
            self._cluster.ask(
                lambda client: client.indices.create(
                    index=lock,
                    body={
                        "settings": {
                            "number_of_shards": 1,
                            "auto_expand_replicas": "0-2",
                        }
                    },
                )
            )
        except (Conflict, IndexUnusable) as error:
            if isinstance(error, IndexAway) or "already_exists" not in str(error):
                raise
        with only_writer(self._cluster, lock) as held:
            yield held

    @property
    def _building(self) -> str:
        return f"{self._name}-building"

    def _created(self, alias: str, copies: int) -> Seen:
        """A new index with its first state, and an alias that leads to it."""
        check_versions(self._cluster)
        name = f"{self._name}-v{columns.SCHEMA_VERSION}-{uuid4().hex[:12]}"
        body = {
            "settings": columns.index_settings(self._cluster.address.shards, copies),
            "mappings": columns.mapping(),
        }
        self._allow_long_queries()
        self._cluster.ask(
            lambda client: client.indices.create(
                index=name, body=body, params={"wait_for_active_shards": "1"}
            )
        )
        seen = begin(self._cluster, name)
        self._move([{"add": {"index": name, "alias": alias}}])
        return seen

    def _allow_long_queries(self) -> None:
        """A cluster takes 1,024 parts of a query unless it is told otherwise."""
        limit = {"indices.query.bool.max_clause_count": columns.CLAUSES}
        self._cluster.ask(
            lambda client: client.cluster.put_settings(body={"persistent": limit})
        )

    def _copy(self, index: str) -> None:
        """Have the shards copied, and wait for the copies that find a node."""
        address, idle = self._cluster.address, 0
        wanted = {"index.number_of_replicas": address.replicas}
        self._cluster.ask(lambda c: c.indices.put_settings(index=index, body=wanted))
        while idle < IDLE_LOOKS:
            health = self._cluster.ask(lambda c: c.cluster.health(index=index))
            nodes = health["number_of_data_nodes"]
            copies = min(address.replicas + 1, nodes)
            if health["active_shards"] >= address.shards * copies:
                return
            idle = 0 if health["initializing_shards"] else idle + 1
            time.sleep(LOOK_SECONDS)

    def _promote(self, index: str) -> None:
        """Let the alias lead to another index, and remove the one that it left."""
        old = self._behind(self._name)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": index, "alias": self._building}},
            {"add": {"index": index, "alias": self._name}},
        ]
        self._move([*actions, *({"remove_index": {"index": each}} for each in old)])

    def _remove_behind(self, alias: str) -> None:
        old = self._behind(alias)
        if old:
            self._move([{"remove_index": {"index": each}} for each in old])

    def _behind(self, alias: str) -> list[str]:
        try:
            found = self._cluster.ask(lambda c: c.indices.get_alias(name=alias))
        except NotThere:
            return []
        return list(found)

    def _move(self, actions: list[dict[str, Any]]) -> None:
        self._cluster.ask(
            lambda client: client.indices.update_aliases(body={"actions": actions})
        )

    # Reading

    def check(self) -> None:
        """See `Index`: every shard answers, and holds what the state says.

        The cluster checks the bytes of its files itself, when it reads and moves them.
        """
        check_versions(self._cluster)
        for index in self._behind(self._name):
            check_shards(self._cluster, index)
        held = self._asked(lambda searcher: (searcher.count(), searcher.documents()))
        if held is not None and held[0] != held[1]:
            raise IndexUnusable(
                f"The index {self._name} holds {held[0]:,} articles instead of "
                f"{held[1]:,}."
            )

    def search(
        self, query: Query, *, limit: int, offset: int = 0, order: Order = "best"
    ) -> Hits:
        """See `Index`. A query without words is always ordered by date."""
        check_page(limit, offset)
        found = self._asked(lambda each: each.search(query, limit, offset, order))
        return Hits(0, ()) if found is None else found

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
        found = self._asked(
            lambda each: each.listed(query, limit, order, after, before)
        )
        return found or ()

    def count(self, query: Query) -> int:
        """See `Index`."""
        return self.search(query, limit=1, order="newest").total

    def facets(
        self, query: Query, names: Collection[Name], *, limit: int = 20
    ) -> Facets:
        """See `Index`."""
        if not 1 <= limit <= MOST:
            raise ValueError(f"limit {limit}")
        found = self._asked(lambda each: each.tally(query, names)) or tallies.Tally()
        counts = {name: tallies.counts_of(found, name) for name in names}
        return {name: told(name, each, limit) for name, each in counts.items()}

    def leading(
        self, query: Query, subject: Subject, *, limit: int
    ) -> tuple[Count, ...]:
        """See `Index`."""
        if not 1 <= limit <= MOST_OF_A_SUBJECT:
            raise ValueError(f"limit {limit}")
        return self._asked(lambda each: each.leading(query, subject, limit)) or ()

    def designs_by_year(self, query: Query) -> Mapping[tuple[int, str], int]:
        """See `Index`."""
        return self._asked(lambda each: each.designs_by_year(query)) or {}

    def held(self) -> Iterator[tuple[int, int]]:
        """See `Index`."""
        seen = self._look()
        if seen is not None:
            yield from self._searching(seen).held()

    def frequencies(self, words: Collection[str]) -> Mapping[str, int]:
        """See `Index`."""
        found = self._asked(lambda each: each.frequencies_of(words))
        return dict.fromkeys(words, 0) if found is None else found

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """See `Index`."""
        return self._asked(lambda each: each.beginning(prefix, most)) or []

    def similar(
        self, document: Document, read: Read, *, limit: int = 20
    ) -> tuple[Similar, ...]:
        """See `Index`."""
        found = self._asked(lambda each: (each, each.candidates(document)))
        if found is None:
            return ()
        searcher, pmids = found
        others = list(read(pmids))
        frequency = searcher.frequencies_for([document, *others])
        return most_similar(document, others, frequency, searcher.documents(), limit)

    def close(self) -> None:
        """See `Index`."""
        self._cluster.client.close()

    def _look(self, versions: Collection[int] = columns.READABLE) -> Seen | None:
        """The state behind the alias. Raises IndexUnusable where the alias is lost."""
        seen = look(self._cluster, self._name, versions)
        if seen is None and (lost := self._without_alias()):
            raise IndexUnusable(
                f"No alias {self._name} leads to the index {lost[0]}: set it again, or "
                "build the index anew: ownjournal index --rebuild."
            )
        return seen

    def _without_alias(self) -> list[str]:
        pattern = f"{self._name}-v*-*"
        found = self._cluster.ask(lambda c: c.indices.get_alias(index=pattern))
        return [name for name, each in found.items() if not each["aliases"]]

    def _searching(self, seen: Seen) -> Searcher:
        """Keeps what it learned about words until the next commit."""
        searcher = self._searcher
        if searcher is None or searcher.seen != seen:
            searcher = self._searcher = Searcher(self._cluster, seen)
        return searcher

    def _asked(self, ask: Callable[[Searcher], T]) -> T | None:
        """An answer from one commit; None where there is no index. See `state`."""
        seen = self._look()
        for _ in range(TRIES):
            if seen is None:
                return None
            try:
                answer = ask(self._searching(seen))
            except NotThere:  # an index that was replaced meanwhile
                seen = self._look()
                continue
            now = self._look()
            if now is not None and now.stamp == seen.stamp:
                return answer
            seen = now
        raise IndexAway("The index is written too fast to be read.")


@contextmanager
def _writer(cluster: Cluster, seen: Seen, held: Held) -> Iterator[OpenSearchWriter]:
    writer = OpenSearchWriter(cluster, seen, held)
    try:
        yield writer
    finally:
        writer.end()
