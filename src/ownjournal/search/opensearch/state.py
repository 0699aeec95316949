"""Which rows of an index are to be seen: one small row in it that says so.

The cluster publishes rows shard by shard, and what a killed writer sent it keeps. A
reader must see whole revisions only, so rows are told apart by the commit that they
came with. A commit writes its rows, makes them searchable and lists the articles
whose older rows they replace; then it changes the state, which is one write to one
row and thus the moment of the commit; then the older rows are removed.

A reader asks for the state, searches what it says is to be seen, and asks for the state
again: if there was a commit in between, older rows may have gone already and the search
is repeated. Both are reads by number, which see every write at once.
"""

from collections.abc import Collection
from typing import Any

from msgspec import Struct, convert, to_builtins
from opensearchpy import OpenSearch

from ownjournal.search.index import IndexAway, IndexUnusable
from ownjournal.search.opensearch.cluster import Cluster, Conflict, NotThere
from ownjournal.search.opensearch.columns import READABLE, SCHEMA_VERSION
from ownjournal.search.opensearch.parts import Part

STATE = "state"
HIDDEN_AT_ONCE = 50_000
"""Numbers in one row that lists replaced articles."""


class State(Struct, frozen=True, forbid_unknown_fields=True):
    """What the row says."""

    schema: int = SCHEMA_VERSION
    commit: int = 0  # the last one; rows of later ones are not to be seen
    revision: int = 0
    documents: int = 0
    hiding: int = 0  # rows that list replaced articles; 0 once their rows are gone


class Seen(Struct, frozen=True):
    """The state of an index at a moment."""

    index: str  # its own name, which no alias has
    state: State
    version: tuple[int, int]  # of the row: the cluster's sequence number and term

    @property
    def stamp(self) -> tuple[str, int]:
        """Changes with every commit, and with nothing else."""
        return self.index, self.state.commit

    def visible(self) -> Part:
        """Finds the rows that are to be seen."""
        shown: Part = {"range": {"since": {"lte": self.state.commit}}}
        if not self.state.hiding:
            return shown
        replaced = [
            {"terms": {"pmid": {"index": self.index, "id": row, "path": "pmids"}}}
            for row in self.hidden_rows()
        ]
        older = {"range": {"since": {"lt": self.state.commit}}}
        gone = {"bool": {"filter": [older], "should": replaced, **_ONE}}
        return {"bool": {"filter": [shown], "must_not": [gone]}}

    def hidden_rows(self) -> list[str]:
        """The rows that list articles which the last commit replaced or took out."""
        return hidden_rows(self.state.commit, self.state.hiding)


_ONE = {"minimum_should_match": 1}


def hidden_rows(commit: int, count: int) -> list[str]:
    """The names of the rows that list what a commit hides."""
    return [f"hidden-{commit}-{number}" for number in range(count)]


def look(
    cluster: Cluster, name: str, versions: Collection[int] = READABLE
) -> Seen | None:
    """The state of an index or alias, of one of these versions; None: there is none.

    Raises IndexAway, and IndexUnusable where there is an index without a state that
    can be read.
    """
    try:
        found = cluster.ask(lambda client: client.get(index=name, id=STATE))
    except NotThere as missing:
        if "index_not_found" in str(missing):
            return None
        raise IndexUnusable(f"The index {name} in the cluster has no state.") from None
    try:
        state = convert(found["_source"]["state"], State)
    except (KeyError, ValueError) as error:
        raise IndexUnusable(f"The state of the index {name} is damaged.") from error
    if state.schema not in versions:
        raise IndexUnusable(
            f"The index {name} in the cluster is of version {state.schema}; this "
            f"program needs {SCHEMA_VERSION}."
        )
    return Seen(found["_index"], state, (found["_seq_no"], found["_primary_term"]))


def change(cluster: Cluster, seen: Seen, state: State) -> Seen:
    """Write the state in place of the one that was seen. Raises Conflict.

    A repeat that meets its own first try is no conflict.
    """

    def call(client: OpenSearch) -> Any:
        return client.index(
            index=seen.index,
            id=STATE,
            body={"state": to_builtins(state)},
            params={"if_seq_no": seen.version[0], "if_primary_term": seen.version[1]},
        )

    try:
        written = cluster.ask(call)
    except Conflict:
        now = look(cluster, seen.index)
        if now is None or now.state != state:
            raise
        return now
    return Seen(seen.index, state, (written["_seq_no"], written["_primary_term"]))


def begin(cluster: Cluster, index: str) -> Seen:
    """Write the first state of a new index."""
    cluster.ask(
        lambda client: client.index(
            index=index, id=STATE, body={"state": to_builtins(State())}
        )
    )
    seen = look(cluster, index)
    if seen is None:
        raise IndexAway(f"The index {index} went while it was made.")
    return seen
