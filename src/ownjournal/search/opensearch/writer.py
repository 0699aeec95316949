"""Writing to an index in the cluster: see `state` for how a commit is one moment."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec.structs import replace
from opensearchpy import OpenSearch
from opensearchpy.helpers import streaming_bulk

from ownjournal.search.document import Document
from ownjournal.search.index import IndexAway, IndexBusy, IndexUnusable
from ownjournal.search.opensearch import columns
from ownjournal.search.opensearch.cluster import FULL, Cluster, Conflict, is_full
from ownjournal.search.opensearch.lock import Held
from ownjournal.search.opensearch.parts import Part
from ownjournal.search.opensearch.state import (
    HIDDEN_AT_ONCE,
    Seen,
    change,
    hidden_rows,
)

AT_ONCE = 500
"""Rows of one request."""

BYTES = 8_000_000
"""Of one request."""

REJECTED = 5
"""Times that rows are sent again which the cluster was too busy to take: within half
a minute, as the pauses double."""

_PAGE = 10_000
_LONG = 600  # seconds: merging after a large load makes a refresh wait


class OpenSearchWriter:
    """A `Writer` to one index of the cluster, while the lock is held."""

    def __init__(self, cluster: Cluster, seen: Seen, held: Held) -> None:
        self._cluster = cluster
        self._held = held
        self._seen = seen
        self._waiting: list[dict[str, Any]] = []
        self._touched: set[int] = set()
        self._tidy()

    @property
    def revision(self) -> int:
        """The last revision committed."""
        return self._seen.state.revision

    def put(self, document: Document) -> None:
        """See `Writer`."""
        source = columns.row(document, self._next)
        self._send({"_op_type": "index", "_source": source}, document.pmid)

    def delete(self, pmid: int) -> None:
        """See `Writer`."""
        self._send({"_op_type": "delete"}, pmid)

    def commit(self, revision: int) -> None:
        """See `Writer`. Raises IndexBusy where another process took over."""
        state = self._seen.state
        if revision < state.revision:
            raise ValueError(f"revision {revision} after {state.revision}")
        self._flush()
        self._refresh()
        replaced = list(self._older(self._touched))
        rows = self._hide(sorted({pmid for pmid, _ in replaced}))
        state = replace(
            state, commit=self._next, revision=revision, hiding=rows, documents=0
        )
        state = replace(state, documents=self._count(replace(self._seen, state=state)))
        try:
            self._seen = change(self._cluster, self._seen, state)
        except Conflict:
            raise IndexBusy("Another process wrote to the index.") from None
        self._touched.clear()
        self._uncover([row for _, row in replaced])

    def end(self) -> None:
        """Drop what is not committed."""
        self._waiting.clear()
        if self._touched:
            self._drop_uncommitted()

    @property
    def _next(self) -> int:
        return self._seen.state.commit + 1

    # Rows

    def _send(self, action: dict[str, Any], pmid: int) -> None:
        self._held.check()
        self._touched.add(pmid)
        self._waiting.append({**action, "_id": f"{pmid}-{self._next}"})
        if len(self._waiting) >= AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        """Send what waits; only what was rejected is sent again."""
        self._held.check()
        actions, self._waiting = self._waiting, []
        self._bulk(actions)

    def _bulk(self, actions: Sequence[dict[str, Any]]) -> None:
        def call(client: OpenSearch) -> list[Any]:
            told = streaming_bulk(
                client,
                actions,
                index=self._seen.index,
                chunk_size=AT_ONCE,
                max_chunk_bytes=BYTES,
                max_retries=REJECTED,
                initial_backoff=1,
                raise_on_error=False,
                request_timeout=_LONG,
            )
            return [answer for done, answer in told if not done]

        failed = [each for each in self._cluster.ask(call) if not _is_gone(each)]
        if failed:
            _refuse(failed)

    def _refresh(self) -> None:
        self._cluster.ask(
            lambda client: client.indices.refresh(
                index=self._seen.index, params={"request_timeout": _LONG}
            )
        )

    # What a commit replaces

    def _older(self, pmids: Iterable[int]) -> Iterator[tuple[int, str]]:
        """The rows of articles that earlier commits made: PMID and name."""
        if not self._seen.state.documents:
            return
        earlier = {"range": {"since": {"lte": self._seen.state.commit}}}
        left = iter(sorted(pmids))
        while some := list(islice(left, _PAGE // 2)):
            found = self._search(
                {"bool": {"filter": [earlier, {"terms": {"pmid": some}}]}}
            )
            yield from ((each["fields"]["pmid"][0], each["_id"]) for each in found)

    def _search(self, query: Part) -> list[dict[str, Any]]:
        body = {
            "query": query,
            "size": _PAGE,
            "_source": False,
            "docvalue_fields": ["pmid"],
        }
        how = {"allow_partial_search_results": "false"}
        answer = self._cluster.ask(
            lambda client: client.search(index=self._seen.index, body=body, params=how)
        )
        found: list[dict[str, Any]] = answer["hits"]["hits"]
        return found

    def _count(self, seen: Seen) -> int:
        body = {"query": seen.visible()}
        answer = self._cluster.ask(
            lambda client: client.count(index=seen.index, body=body)
        )
        if answer["_shards"]["failed"]:
            raise IndexAway("A part of the index does not answer.")
        count: int = answer["count"]
        return count

    def _hide(self, pmids: Sequence[int]) -> int:
        """List the articles whose earlier rows go; how many rows list them."""
        starts = range(0, len(pmids), HIDDEN_AT_ONCE)
        names = hidden_rows(self._next, len(starts))
        for start, name in zip(starts, names, strict=True):
            body = {"pmids": pmids[start : start + HIDDEN_AT_ONCE]}
            self._index_row(name, body)
        return len(names)

    def _index_row(self, name: str, body: dict[str, Any]) -> None:
        self._cluster.ask(
            lambda client: client.index(index=self._seen.index, id=name, body=body)
        )

    def _uncover(self, rows: Sequence[str]) -> None:
        """Remove the rows that the last commit replaced, and the lists of them."""
        if not self._seen.state.hiding:
            return
        lists = self._seen.hidden_rows()
        self._bulk([{"_op_type": "delete", "_id": row} for row in rows])
        self._refresh()
        state = replace(self._seen.state, hiding=0)
        self._seen = change(self._cluster, self._seen, state)
        self._bulk([{"_op_type": "delete", "_id": row} for row in lists])

    # What a killed writer left

    def _tidy(self) -> None:
        """Finish the last commit, and drop the rows of one that never came."""
        self._drop_uncommitted()
        if self._seen.state.hiding:
            earlier = {"range": {"since": {"lt": self._seen.state.commit}}}
            shown = {"must_not": [self._seen.visible()]}
            self._delete({"bool": {"filter": [earlier], **shown}})
            self._uncover(())

    def _drop_uncommitted(self) -> None:
        self._delete({"range": {"since": {"gt": self._seen.state.commit}}})

    def _delete(self, query: Part) -> None:
        """Remove what a query finds, with what was sent a moment ago."""
        self._refresh()
        while found := self._search(query):
            self._bulk([{"_op_type": "delete", "_id": each["_id"]} for each in found])
            self._refresh()


def _is_gone(answer: dict[str, Any]) -> bool:
    """What was to be removed and was not there."""
    return "delete" in answer and answer["delete"].get("status") == 404


def _refuse(failed: Sequence[dict[str, Any]]) -> None:
    """Say why rows were not taken. Raises IndexAway or IndexUnusable."""
    [first] = [next(iter(each.values())) for each in failed[:1]]
    error = first.get("error") or {}
    reason = f"{error.get('type')}: {error.get('reason')}"
    if is_full(reason):
        raise IndexAway(f"The search cluster {FULL}")
    told = f"The search cluster did not take {len(failed):,} rows: {reason}."
    if first.get("status") in (403, 429, 503):
        raise IndexAway(told)
    raise IndexUnusable(told)
