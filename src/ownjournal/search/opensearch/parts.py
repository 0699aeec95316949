"""The parts of a query in OpenSearch's own language."""

from collections.abc import Sequence
from typing import Any

Part = dict[str, Any]

Frequencies = dict[tuple[str, str], int]
"""By column and term, how many articles have it; 0 for none."""

_STATES = 200_000  # of an automaton; the engine's own limit is for strangers
_EXPANSIONS = 16_384  # terms with one beginning, as the embedded engine allows
_NONE: Part = {"match_none": {}}


class OpenSearchParts:
    """See `search.parts.Parts`.

    Frequencies are in the cluster. What is not known yet counts as 1 and is noted in
    `unknown`; whoever lowers a query fetches them and lowers it again.
    """

    def __init__(self, total: int, known: Frequencies) -> None:
        self._total = total
        self._known = known
        self.unknown: set[tuple[str, str]] = set()

    def total(self) -> int:
        """See `Parts`."""
        return self._total

    def frequencies(self, column: str, terms: Sequence[str]) -> dict[str, int]:
        """See `Parts`."""
        wanted = dict.fromkeys((column, term) for term in terms)
        self.unknown |= wanted.keys() - self._known.keys()
        counts = {key[1]: self._known.get(key, 1) for key in wanted}
        return {term: count for term, count in counts.items() if count}

    def sequence(self, column: str, terms: Sequence[str]) -> Part:
        """See `Parts`."""
        if len(terms) == 1:
            return {"term": {column: {"value": terms[0]}}}
        return {"match_phrase": {column: {"query": " ".join(terms)}}}

    def near(self, column: str, terms: Sequence[str], distance: int) -> list[Part]:
        """Found by intervals, which are exact, and scored by a loose phrase."""
        text = " ".join(terms)
        how = {"query": text, "max_gaps": distance, "ordered": False}
        loose = {"query": text, "slop": distance + len(terms)}
        return [
            {
                "bool": {
                    "filter": [{"intervals": {column: {"match": how}}}],
                    "should": [{"match_phrase": {column: loose}}],
                }
            }
        ]

    def begun(self, column: str, beginnings: Sequence[str]) -> list[Part]:
        """See `Parts`."""
        return [{"prefix": {column: {"value": text}}} for text in beginnings]

    def begun_sequence(self, column: str, terms: Sequence[str], last: str) -> Part:
        """See `Parts`."""
        text = " ".join((*terms, last))
        how = {"query": text, "max_expansions": _EXPANSIONS}
        return {"match_phrase_prefix": {column: how}}

    def codes(self, codes: Sequence[str]) -> list[Part]:
        """See `Parts`."""
        return [{"terms": {"codes": list(codes)}}] if codes else []

    def named(self, codes: Sequence[str], score: float) -> list[Part]:
        """See `Parts`."""
        return [self.constant({"term": {"codes": code}}, score) for code in codes]

    def patterns(self, patterns: Sequence[str]) -> list[Part]:
        """Quotation marks are operators here, and nothing else that is no operator
        there."""
        return [
            {
                "regexp": {
                    "codes": {
                        "value": pattern.replace('"', '\\"'),
                        "flags": "NONE",
                        "max_determinized_states": _STATES,
                    }
                }
            }
            for pattern in patterns
        ]

    def pmids(self, pmids: Sequence[int]) -> list[Part]:
        """See `Parts`."""
        return [{"terms": {"pmid": list(pmids)}}] if pmids else []

    def between(self, column: str, low: int, high: int) -> Part:
        """See `Parts`."""
        return {"range": {column: {"gte": low, "lte": high}}}

    def prefers_codes(self, years: Sequence[int]) -> bool:
        """Never: numbers are indexed here."""
        return False

    def every(self) -> Part:
        """See `Parts`."""
        return {"match_all": {}}

    def nothing(self) -> Part:
        """See `Parts`."""
        return _NONE

    def any_of(self, parts: Sequence[Part]) -> Part:
        """See `Parts`."""
        if len(parts) == 1:
            return parts[0]
        return {"bool": {"should": list(parts), "minimum_should_match": 1}}

    def all_of(self, parts: Sequence[Part]) -> Part:
        """See `Parts`."""
        return parts[0] if len(parts) == 1 else {"bool": {"must": list(parts)}}

    def without(self, kept: Part, removed: Part) -> Part:
        """See `Parts`."""
        return {"bool": {"must": [kept], "must_not": [removed]}}

    def boosted(self, part: Part, weight: float) -> Part:
        """See `Parts`."""
        return {"bool": {"must": [part], "boost": weight}}

    def constant(self, part: Part, score: float) -> Part:
        """See `Parts`."""
        return {"constant_score": {"filter": part, "boost": score}}
