"""Turn a query tree into the embedded engine's own query.

What a part finds is decided here and in `analysis`; the plain evaluation in
tests/search/oracle.py says the same more slowly.

A word is searched for in all its forms as one: each form's weight is corrected
to the rarity of them all, or a rare misspelling would come out on top.
"""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import permutations

from tantivy import FieldType, Occur, Schema, Searcher
from tantivy import Query as Engine

from ownjournal.search.analysis import code, identifier, spellings, words
from ownjournal.search.dates import span
from ownjournal.search.inflection import variants
from ownjournal.search.query import (
    FIELDS,
    LEVELS,
    All,
    And,
    Kind,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)

TITLE_WEIGHT = 1.5
"""Of a word in the title, against one in the abstract or among the keywords.

Measured on the judged topics of TREC Genomics 2005: nDCG@10 is .51 at 1, .53
here, .50 at 2, .49 at 0.5.
"""

BESIDE = 0.1
"""The score of what is found by a fact or a name and not in the text."""

NAMED = ("mh", "au", "ta", "pt")
"""Facts that a word or phrase without a tag is compared with as a whole."""

_COLUMNS = {"ti": ("title",), "tiab": ("title", "text"), None: ("title", "text")}
_WEIGHTS = {"title": TITLE_WEIGHT, "text": 1.0}
_LANGUAGES = {
    "japanese": "jpn",
    "croatian": "hrv",
    "multiple languages": "mul",
    "spanish": "spa",
}
_META = re.compile(r"([\\.+*?()|\[\]{}^$#&\-~/])")


def code_of(text: str, tag: str) -> str:
    """The code that a value of a CODE field is indexed by."""
    if tag == "aid":
        return f"aid:{identifier(text)}"
    if tag == "la":
        name = text.strip().lower()
        return f"la:{_LANGUAGES.get(name, name[:3])}"
    return f"{tag}:{code(text)}"


def is_scored(query: Query) -> bool:
    """Whether any part of a query looks for words, which some articles say more of."""
    match query:
        case And(parts) | Or(parts):
            return any(map(is_scored, parts))
        case Not(kept, _):
            return is_scored(kept)
        case Term(_, field) | Phrase(_, field):
            return field in _COLUMNS
        case _:
            return isinstance(query, Near)


class Lowering:
    """Makes queries for one state of the index, as `searcher` sees it."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self.schema = schema
        self.searcher = searcher

    def lower(self, query: Query) -> Engine:
        """The engine's query that finds what the tree means."""
        match query:
            case And(parts):
                return Engine.boolean_query(
                    [(Occur.Must, self.lower(p)) for p in parts]
                )
            case Or(parts):
                return _any([self.lower(part) for part in parts])
            case Not(kept, removed):
                return Engine.boolean_query(
                    [
                        (Occur.Must, self.lower(kept)),
                        (Occur.MustNot, self.lower(removed)),
                    ]
                )
            case All():
                return Engine.const_score_query(Engine.all_query(), BESIDE)
            case Range():
                return self._range(query)
            case Near():
                return self._near(query)
            case Term() | Phrase() | Prefix():
                return self._leaf(query)

    def _leaf(self, query: Term | Phrase | Prefix) -> Engine:
        kind = FIELDS[query.field].kind if query.field else Kind.WORDS
        if kind is Kind.CODE:
            return self._fact(query)
        if kind is Kind.BAG:
            return self._bag(query)
        if isinstance(query, Prefix):
            return self._prefix(query)
        if isinstance(query, Phrase):
            return self._phrase(query)
        return self._word(query)

    # Words

    def _word(self, query: Term) -> Engine:
        ways = spellings(query.text)
        found = [
            self._scored([*way[:-1]], variants(way[-1]), query.field) for way in ways
        ]
        if query.field is None:
            found += self._beside(query.text)
            found += [
                self._names([(*way[:-1], last) for last in variants(way[-1])])
                for way in ways
            ]
        return _any(found)

    def _phrase(self, query: Phrase) -> Engine:
        ways = spellings(query.text)
        found = [self._scored([*way[:-1]], way[-1:], query.field) for way in ways]
        if query.field is None:
            found += self._beside(query.text)
        return _any(found)

    def _scored(
        self, before: list[str], lasts: Sequence[str], field: str | None
    ) -> Engine:
        """A word or phrase in any form of its last word, scored."""
        return _any(
            [
                _boosted(self._forms(column, before, lasts), _WEIGHTS[column])
                for column in _COLUMNS[field]
            ]
        )

    def _forms(self, column: str, before: list[str], lasts: Sequence[str]) -> Engine:
        counts = {last: self.searcher.doc_freq(column, last) for last in lasts}
        counts = {last: count for last, count in counts.items() if count}
        together = self._rarity(sum(counts.values()))
        return _any(
            [
                _boosted(
                    self._sequence(column, [*before, last]),
                    together / self._rarity(count),
                )
                for last, count in counts.items()
            ]
        )

    def _rarity(self, count: int) -> float:
        """BM25's weight of a term that so many documents have."""
        total = max(self.searcher.num_docs, count)
        return math.log(1 + (total - count + 0.5) / (count + 0.5))

    def _sequence(self, column: str, terms: list[str]) -> Engine:
        if len(terms) == 1:
            return Engine.term_query(self.schema, column, terms[0])
        return Engine.phrase_query(self.schema, column, [*terms])

    def _names(self, ways: Iterable[Sequence[str]]) -> Engine:
        """All words of one way among the names of an article, in any order."""
        return _unscored([self._all("names", way) for way in ways])

    def _all(self, column: str, terms: Iterable[str]) -> Engine | None:
        parts = []
        for term in terms:
            if not self.searcher.doc_freq(column, term):
                return None
            parts.append(Engine.term_query(self.schema, column, term))
        return Engine.boolean_query([(Occur.Must, part) for part in parts])

    def _beside(self, text: str) -> list[Engine]:
        return [_unscored([self._code(code_of(text, tag)) for tag in NAMED])]

    def _bag(self, query: Term | Phrase | Prefix) -> Engine:
        ways = spellings(query.text)
        if isinstance(query, Prefix):
            return _unscored([self._bag_prefix(way) for way in ways])
        return _unscored([self._all("addresses", way) for way in ways])

    def _bag_prefix(self, way: Sequence[str]) -> Engine:
        parts = [Engine.term_query(self.schema, "addresses", term) for term in way[:-1]]
        parts.append(self._beginning("addresses", way[-1]))
        return Engine.boolean_query([(Occur.Must, part) for part in parts])

    def _prefix(self, query: Prefix) -> Engine:
        ways = spellings(query.text)
        found: list[Engine | None] = [
            self._begun(column, way) for column in _COLUMNS[query.field] for way in ways
        ]
        if query.field is None:
            found += [self._beginning("names", way[0]) for way in ways if len(way) == 1]
        return _unscored(found)

    def _begun(self, column: str, way: Sequence[str]) -> Engine:
        if len(way) == 1:
            return self._beginning(column, way[0])
        patterns = [*map(_escaped, way[:-1]), f"{_escaped(way[-1])}.*"]
        return Engine.regex_phrase_query(self.schema, column, list(patterns))

    def _beginning(self, column: str, text: str) -> Engine:
        return Engine.regex_query(self.schema, column, f"{_escaped(text)}.*")

    def _near(self, query: Near) -> Engine:
        orders = dict.fromkeys(permutations(words(query.text)))
        return _any(
            [
                Engine.phrase_query(self.schema, column, list(order), query.distance)
                for column in _COLUMNS[query.field]
                for order in orders
            ]
        )

    # Facts

    def _fact(self, query: Term | Phrase | Prefix) -> Engine:
        tag = query.field or ""
        if tag == "pmid":
            return self._pmid(query.text)
        fact = code_of(query.text, tag)
        if isinstance(query, Prefix):
            return _unscored([self._beginning("codes", fact)])
        return _unscored([self._code(fact)])

    def _pmid(self, text: str) -> Engine:
        if not (text.isascii() and text.isdigit() and len(text) <= 10):
            return Engine.empty_query()
        return _unscored([Engine.term_query(self.schema, "pmid", int(text))])

    def _code(self, fact: str) -> Engine | None:
        if not self.searcher.doc_freq("codes", fact):
            return None
        return Engine.term_query(self.schema, "codes", fact, index_option="basic")

    def _range(self, query: Range) -> Engine:
        if query.field == "level":
            levels = [str(level) for level in LEVELS]
            low, high = query.low or levels[0], query.high or levels[-1]
            return _unscored(
                [self._code(f"level:{each}") for each in levels if low <= each <= high]
            )
        return _unscored([self._days(query.low, query.high)])

    def _days(self, low: str | None, high: str | None) -> Engine | None:
        first, last = span(low or "0001"), span(high or "9999")
        if first is None or last is None:
            return None
        return Engine.range_query(
            self.schema,
            "published",
            FieldType.Integer,
            first[0].toordinal(),
            last[1].toordinal(),
        )


def _any(found: Iterable[Engine | None]) -> Engine:
    parts = [each for each in found if each is not None]
    if len(parts) == 1:
        return parts[0]
    return Engine.boolean_query([(Occur.Should, part) for part in parts])


def _unscored(found: Iterable[Engine | None]) -> Engine:
    return Engine.const_score_query(_any(found), BESIDE)


def _boosted(query: Engine, boost: float) -> Engine:
    return query if boost == 1 else Engine.boost_query(query, boost)


def _escaped(text: str) -> str:
    return _META.sub(r"\\\1", text)
