"""Asking an index of the cluster, as of one commit."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from ownjournal.search import tallies
from ownjournal.search.columns import pmid_of
from ownjournal.search.document import Document
from ownjournal.search.facets import Count, Name
from ownjournal.search.index import Hit, Hits, IndexAway, ListOrder, Order, Place
from ownjournal.search.lowering import Lowering, is_scored
from ownjournal.search.opensearch.cluster import Cluster
from ownjournal.search.opensearch.parts import Frequencies, OpenSearchParts, Part
from ownjournal.search.opensearch.state import Seen
from ownjournal.search.parts import rarity
from ownjournal.search.query import Query
from ownjournal.search.similar import CANDIDATES, is_heading, profile, strongest
from ownjournal.search.subjects import Subject
from ownjournal.search.tallies import Tally

AT_ONCE = 200
"""Words whose frequency is asked in one request."""

SAMPLE = 2_000
"""Articles of each shard whose words are counted to find those with a beginning."""

_PAGE = 10_000
_PASSES = 4  # of lowering; what words of a query are asked for is known after two
_WHOLE = {"allow_partial_search_results": "false"}
_GLOBAL = {**_WHOLE, "search_type": "dfs_query_then_fetch"}
_ALL = 60_000  # values of a column; more than there are


class Searcher:
    """Asks for what is to be seen after one commit."""

    def __init__(self, cluster: Cluster, seen: Seen) -> None:
        self._cluster = cluster
        self.seen = seen
        self._known: Frequencies = {}

    def documents(self) -> int:
        """How many there are, as the commit counted them."""
        return self.seen.state.documents

    def count(self) -> int:
        """How many there are, counted now."""
        return _total(self._search({"query": self.seen.visible(), "size": 0}))

    # Results

    def search(self, query: Query, limit: int, offset: int, order: Order) -> Hits:
        """See `Index`."""
        by_score = order != "newest" and is_scored(query)
        asked = self._shown(self._lowered(query))
        sort: list[Any] = [{"newest": "desc"}]
        if by_score:
            asked = _by_worth(asked)
            sort = [{"_score": "desc"}, *sort]
        if order == "evidence":
            sort = [{"evidence": "asc"}, *sort]
        body = {"query": asked, "sort": sort, "size": limit, "from": offset}
        answer = self._search(body, **(_GLOBAL if by_score else _WHOLE))
        hits = [_hit(each, by_score) for each in answer["hits"]["hits"]]
        return Hits(_total(answer), tuple(hits))

    def listed(
        self,
        query: Query,
        limit: int,
        order: ListOrder,
        after: int | None,
        before: int | None,
    ) -> tuple[Place, ...]:
        """See `Index`."""
        upwards = before is not None
        beyond: dict[str, int] = {}
        if after is not None:
            beyond["lt"] = after
        if before is not None:
            beyond["gt"] = before
        asked = self._shown(self._lowered(query), {"range": {order: beyond}})
        sort = [{order: "asc" if upwards else "desc"}]
        body = {"query": asked, "sort": sort, "size": limit, "track_total_hits": False}
        found = self._search(body)["hits"]["hits"]
        places = [Place(pmid_of(each["sort"][0]), each["sort"][0]) for each in found]
        return tuple(reversed(places) if upwards else places)

    def tally(self, query: Query, names: Collection[Name]) -> Tally:
        """All values of facets, counted."""
        asked = tallies.asked(names)
        if not asked:
            return Tally()
        for each in asked.values():  # exact over all shards
            each["terms"]["shard_size"] = each["terms"].pop("segment_size")
        return tallies.counted(self._aggregated(query, asked))

    def leading(self, query: Query, subject: Subject, limit: int) -> tuple[Count, ...]:
        """See `Index`."""
        order = [{"_count": "desc"}, {"_key": "asc"}]
        terms = {"field": tallies.MANY[subject], "size": limit, "order": order}
        terms["shard_size"] = max(limit, _ALL)
        found = self._aggregated(query, {"all": {"terms": terms}})["all"]
        return tuple(Count(each["key"], each["doc_count"]) for each in found["buckets"])

    def designs_by_year(self, query: Query) -> dict[tuple[int, str], int]:
        """See `Index`."""
        found = self._aggregated(query, tallies.asked_by_year())
        return tallies.counted_by_year(found)

    def _aggregated(self, query: Query, asked: dict[str, Any]) -> dict[str, Any]:
        body = {"query": self._shown(self._lowered(query)), "size": 0, "aggs": asked}
        found: dict[str, Any] = self._search(body)["aggregations"]
        return found

    def held(self) -> Iterator[tuple[int, int]]:
        """See `Index`."""
        body: dict[str, Any] = {
            "query": self.seen.visible(),
            "size": _PAGE,
            "sort": [{"pmid": "asc"}],
            "docvalue_fields": ["revision"],
            "track_total_hits": False,
        }
        while found := self._search(body)["hits"]["hits"]:
            yield from (
                (each["sort"][0], each["fields"]["revision"][0]) for each in found
            )
            body["search_after"] = found[-1]["sort"]

    # Words

    def frequencies_of(self, terms: Collection[str]) -> dict[str, int]:
        """How many articles have terms of `similar`."""
        keys = {term: _places(term) for term in terms}
        self._learn(key for places in keys.values() for key in places)
        return {
            term: max(self._known[key] for key in places)
            for term, places in keys.items()
        }

    def frequencies_for(self, documents: Iterable[Document]) -> Callable[[str], int]:
        """The same for all terms of some documents, asked for together."""
        terms = {term for each in documents for term in profile(each)}
        found = self.frequencies_of(terms)
        return lambda term: found.get(term, 0)

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """Words of a sample of the articles that have any, if there are many."""
        begun = {"prefix": {"text": {"value": prefix}}}
        pattern = "".join(f"[{each}]" if each.isalnum() else "." for each in prefix)
        words = {"field": "said", "include": f"{pattern}.*", "size": most}
        words |= {"shard_size": _ALL, "execution_hint": "map"}
        sample = {
            "sampler": {"shard_size": SAMPLE},
            "aggs": {"words": {"terms": words}},
        }
        body = {"query": self._shown(begun), "size": 0, "aggs": {"sample": sample}}
        answer = self._search(body)
        found = answer["aggregations"]["sample"]
        share = _total(answer) / max(found["doc_count"], 1)
        return [
            (each["key"], round(each["doc_count"] * share))
            for each in found["words"]["buckets"]
        ]

    def candidates(self, document: Document) -> list[int]:
        """The PMIDs of those that have most of the document's strongest terms.

        A heading scores as in the embedded engine, which knows no length of codes.
        """
        frequency, total = self.frequencies_for([document]), self.documents()
        wanted = strongest(profile(document), frequency, total)
        if not wanted:
            return []
        engine = OpenSearchParts(total, self._known)
        parts = [
            part
            for term, weight in wanted
            for part in _anywhere(engine, term, weight, rarity(frequency(term), total))
        ]
        asked = self._shown({"bool": {"should": parts, "minimum_should_match": 1}})
        sort = [{"_score": "desc"}, {"newest": "desc"}]
        body = {"query": asked, "sort": sort, "size": CANDIDATES + 1}
        body["track_total_hits"] = False
        found = self._search(body, **_GLOBAL)["hits"]["hits"]
        return [pmid_of(each["sort"][1]) for each in found]

    # The cluster

    def _lowered(self, query: Query) -> Part:
        for _ in range(_PASSES):
            parts = OpenSearchParts(self.documents(), self._known)
            lowered = Lowering(parts).lower(query)
            if not parts.unknown:
                break
            self._learn(parts.unknown)
        return lowered

    def _shown(self, asked: Part, *more: Part) -> Part:
        """Of what is asked for, what is to be seen."""
        filters = [self.seen.visible(), *more]
        return {"bool": {"must": [asked], "filter": filters}}

    def _learn(self, keys: Iterable[tuple[str, str]]) -> None:
        """Ask for frequencies that are not known yet.

        Rows that a commit has just replaced are counted too until they are gone.
        """
        wanted = [key for key in dict.fromkeys(keys) if key not in self._known]
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            for key, answer in zip(some, self._counted(some), strict=True):
                self._known[key] = _total(answer)

    def _counted(self, keys: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = []
        for column, term in keys:
            asked = {"term": {column: {"value": term}}}
            lines += [
                {"allow_partial_search_results": False},
                {"query": asked, "size": 0, "track_total_hits": True},
            ]
        answer = self._cluster.ask(
            lambda client: client.msearch(body=lines, index=self.seen.index)
        )
        answers: list[dict[str, Any]] = answer["responses"]
        for each in answers:
            _check(each)
        return answers

    def _search(self, body: dict[str, Any], **how: str) -> dict[str, Any]:
        """Answers of all shards; the same query goes to the same copies of them."""
        body = {"track_total_hits": True, "_source": False, **body}
        params = {**(how or _WHOLE), "preference": f"q{hash(str(body['query'])):x}"}
        answer: dict[str, Any] = self._cluster.ask(
            lambda client: client.search(
                index=self.seen.index, body=body, params=params
            )
        )
        _check(answer)
        return answer


def _check(answer: dict[str, Any]) -> None:
    """Refuse half an answer. Raises IndexAway."""
    shards = answer.get("_shards", {})
    if "error" in answer or answer.get("timed_out") or shards.get("failed"):
        raise IndexAway("A part of the index in the search cluster does not answer.")


def _places(term: str) -> tuple[tuple[str, str], ...]:
    """Where a term of `similar` stands."""
    if is_heading(term):
        return (("codes", term),)
    return ("title", term), ("text", term)


def _anywhere(
    engine: OpenSearchParts, term: str, weight: float, rare: float
) -> list[Part]:
    if is_heading(term):
        return engine.named([term], weight * rare)
    return [
        engine.boosted(engine.sequence(column, [word]), weight)
        for column, word in _places(term)
    ]


def _by_worth(asked: Part) -> Part:
    """Scores times what an article is worth."""
    worth = {"field": "standing"}
    return {
        "function_score": {
            "query": asked,
            "field_value_factor": worth,
            "boost_mode": "multiply",
        }
    }


def _hit(found: dict[str, Any], by_score: bool) -> Hit:
    *before, newest = found["sort"]
    return Hit(pmid_of(newest), before[-1] if by_score else 0.0)


def _total(answer: dict[str, Any]) -> int:
    total: int = answer["hits"]["total"]["value"]
    return total
