"""The parts of a query in the embedded engine."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, permutations, product

from tantivy import FieldType, Occur, Searcher
from tantivy import Query as Engine

from ownjournal.search.codes import escaped
from ownjournal.search.columns import SCHEMA
from ownjournal.search.parts import rarity

A_FEW = 16
"""Facts that are looked up one by one; more of them are answered as one set."""

LITTLE = 8
"""One of so many articles: years that hold fewer are looked up by their codes."""

SOME_TERMS = 64
"""Words with one beginning that are looked up one by one."""

SHORT = 3
"""Letters that so many words begin with that it is no use to look."""


class TantivyParts:
    """See `Parts`."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def total(self) -> int:
        """See `Parts`."""
        return self._searcher.num_docs

    def frequencies(self, column: str, terms: Sequence[str]) -> dict[str, int]:
        """See `Parts`."""
        counts = {term: self._searcher.doc_freq(column, term) for term in terms}
        return {term: count for term, count in counts.items() if count}

    def sequence(self, column: str, terms: Sequence[str]) -> Engine:
        """See `Parts`."""
        if len(terms) == 1:
            return Engine.term_query(SCHEMA, column, terms[0])
        return Engine.phrase_query(SCHEMA, column, [*terms])

    def near(self, column: str, terms: Sequence[str], distance: int) -> list[Engine]:
        """See `Parts`."""
        if len(self.frequencies(column, terms)) < len(terms):
            return []
        return [
            phrase
            for order in permutations(terms)
            for phrase in self._spread(column, order, distance)
        ]

    def _spread(
        self, column: str, order: Sequence[str], distance: int
    ) -> Iterator[Engine]:
        """Words in this order with others between them, at most so many in all.

        The engine's own slop is exact for two words only; for more of them every
        way to stand is a phrase.
        """
        if len(order) == 2:
            yield Engine.phrase_query(SCHEMA, column, list(order), distance)
            return
        for gaps in product(range(distance + 1), repeat=len(order) - 1):
            if sum(gaps) <= distance:
                places = accumulate((gap + 1 for gap in gaps), initial=0)
                spread = zip(places, order, strict=True)
                yield Engine.phrase_query(SCHEMA, column, [*spread])

    def begun(self, column: str, beginnings: Sequence[str]) -> list[Engine]:
        """Few terms are looked up one by one, as making a pattern takes longer."""
        terms: list[str] = []
        wide: list[str] = []
        for text in beginnings:
            some = None
            if len(text) > SHORT and len(beginnings) <= A_FEW:
                most = SOME_TERMS + 1 - len(terms)
                some = self._searcher.terms_with_prefix(column, text, limit=most)
            if some is None or len(terms) + len(some) > SOME_TERMS:
                wide.append(text)
            else:
                terms += [term for term, _ in some]
        how = "basic" if column == "codes" else "position"
        found = [
            Engine.term_query(SCHEMA, column, term, index_option=how)
            for term in dict.fromkeys(terms)
        ]
        if wide:
            pattern = f"(?:{'|'.join(map(escaped, wide))}).*"
            found.append(Engine.regex_query(SCHEMA, column, pattern))
        return found

    def begun_sequence(self, column: str, terms: Sequence[str], last: str) -> Engine:
        """See `Parts`."""
        patterns = [*map(escaped, terms), f"{escaped(last)}.*"]
        return Engine.regex_phrase_query(SCHEMA, column, list(patterns))

    def codes(self, codes: Sequence[str]) -> list[Engine]:
        """See `Parts`."""
        if len(codes) > A_FEW:
            return [Engine.term_set_query(SCHEMA, "codes", list(codes))]
        return [_code(each) for each in self.frequencies("codes", codes)]

    def named(self, codes: Sequence[str], score: float) -> list[Engine]:
        """A term is joined with terms faster than a constant."""
        return [
            Engine.boost_query(_code(code), score / self._rarity(count))
            for code, count in self.frequencies("codes", codes).items()
        ]

    def _rarity(self, count: int) -> float:
        return rarity(count, self.total())

    def patterns(self, patterns: Sequence[str]) -> list[Engine]:
        """See `Parts`."""
        return [Engine.regex_query(SCHEMA, "codes", each) for each in patterns]

    def pmids(self, pmids: Sequence[int]) -> list[Engine]:
        """See `Parts`."""
        if len(pmids) == 1:
            return [Engine.term_query(SCHEMA, "pmid", pmids[0])]
        return [Engine.term_set_query(SCHEMA, "pmid", list(pmids))] if pmids else []

    def between(self, column: str, low: int, high: int) -> Engine:
        """See `Parts`."""
        return Engine.range_query(SCHEMA, column, FieldType.Integer, low, high)

    def prefers_codes(self, years: Sequence[int]) -> bool:
        """For a few years with few articles; else their days are gone through."""
        codes = [f"year:{year}" for year in years[:A_FEW]]
        held = sum(self.frequencies("codes", codes).values())
        return len(years) <= A_FEW and held * LITTLE <= self.total()

    def every(self) -> Engine:
        """See `Parts`."""
        return Engine.all_query()

    def nothing(self) -> Engine:
        """See `Parts`."""
        return Engine.boolean_query([])

    def any_of(self, parts: Sequence[Engine]) -> Engine:
        """See `Parts`."""
        if len(parts) == 1:
            return parts[0]
        return Engine.boolean_query([(Occur.Should, part) for part in parts])

    def all_of(self, parts: Sequence[Engine]) -> Engine:
        """See `Parts`."""
        if len(parts) == 1:
            return parts[0]
        return Engine.boolean_query([(Occur.Must, part) for part in parts])

    def without(self, kept: Engine, removed: Engine) -> Engine:
        """See `Parts`."""
        return Engine.boolean_query([(Occur.Must, kept), (Occur.MustNot, removed)])

    def boosted(self, part: Engine, weight: float) -> Engine:
        """See `Parts`."""
        return Engine.boost_query(part, weight)

    def constant(self, part: Engine, score: float) -> Engine:
        """See `Parts`."""
        return Engine.const_score_query(part, score)


def _code(code: str) -> Engine:
    return Engine.term_query(SCHEMA, "codes", code, index_option="basic")
