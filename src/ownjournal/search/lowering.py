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

from ownjournal.search.analysis import code, identifier, source_id, spellings, words
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
    if tag == "si":
        return f"si:{source_id(text)}"
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
        return _any(self._choices(query))

    def _choices(self, query: Query) -> list[Engine]:
        """What each finds a part of it: one flat list is answered fastest."""
        match query:
            case Or(parts):
                return [choice for part in parts for choice in self._choices(part)]
            case And(parts):
                return [_all([self.lower(part) for part in parts])]
            case Not(kept, removed):
                without = (Occur.MustNot, self.lower(removed))
                return [Engine.boolean_query([(Occur.Must, self.lower(kept)), without])]
            case All():
                return [Engine.const_score_query(Engine.all_query(), BESIDE)]
            case Range():
                return self._range(query)
            case Near():
                return self._near(query)
            case Term() | Phrase() | Prefix():
                return self._leaf(query)

    def _leaf(self, query: Term | Phrase | Prefix) -> list[Engine]:
        kind = FIELDS[query.field].kind if query.field else Kind.WORDS
        if kind is Kind.CODE:
            return self._fact(query)
        if kind is Kind.BAG:
            return self._bag(query)
        if isinstance(query, Prefix):
            return self._prefix(query)
        return self._words(query)

    # Words

    def _words(self, query: Term | Phrase) -> list[Engine]:
        """Words in the text, scored, and in names and facts beside it."""
        found: list[Engine] = []
        beside: list[Engine] = []
        for *before, last in spellings(query.text):
            forms = (last,) if isinstance(query, Phrase) else variants(last)
            for column in _COLUMNS[query.field]:
                found += self._forms(column, before, forms)
            if query.field is None and isinstance(query, Term):
                for form in forms:
                    beside += self._together("names", [*before, form])
        if query.field is None:
            for tag in NAMED:
                beside += self._code(code_of(query.text, tag))
        return found + _unscored(beside)

    def _forms(
        self, column: str, before: list[str], forms: Sequence[str]
    ) -> list[Engine]:
        """A word or phrase in each form of its last word that there is."""
        counts = {form: self.searcher.doc_freq(column, form) for form in forms}
        total = sum(counts.values())
        return [
            Engine.boost_query(
                self._sequence(column, [*before, form]),
                _WEIGHTS[column] * self._rarity(total) / self._rarity(count),
            )
            for form, count in counts.items()
            if count
        ]

    def _rarity(self, count: int) -> float:
        """BM25's weight of a term that so many documents have."""
        total = max(self.searcher.num_docs, count)
        return math.log(1 + (total - count + 0.5) / (count + 0.5))

    def _sequence(self, column: str, terms: list[str]) -> Engine:
        if len(terms) == 1:
            return Engine.term_query(self.schema, column, terms[0])
        return Engine.phrase_query(self.schema, column, [*terms])

    def _together(self, column: str, terms: Iterable[str]) -> list[Engine]:
        """All the words in one column, in any order; nothing if one is nowhere."""
        parts = []
        for term in terms:
            if not self.searcher.doc_freq(column, term):
                return []
            parts.append(Engine.term_query(self.schema, column, term))
        return [_all(parts)]

    def _bag(self, query: Term | Phrase | Prefix) -> list[Engine]:
        found: list[Engine] = []
        for *before, last in spellings(query.text):
            if not isinstance(query, Prefix):
                found += self._together("addresses", [*before, last])
            elif not before:
                found.append(self._beginning("addresses", last))
            else:
                for first in self._together("addresses", before):
                    found.append(_all([first, self._beginning("addresses", last)]))
        return _unscored(found)

    def _prefix(self, query: Prefix) -> list[Engine]:
        ways = spellings(query.text)
        found = [
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

    def _near(self, query: Near) -> list[Engine]:
        orders = permutations(words(query.text))
        return [
            Engine.phrase_query(self.schema, column, list(order), query.distance)
            for order in orders
            for column in _COLUMNS[query.field]
        ]

    # Facts

    def _fact(self, query: Term | Phrase | Prefix) -> list[Engine]:
        tag = query.field or ""
        if tag == "pmid":
            return self._pmid(query.text)
        fact = code_of(query.text, tag)
        if isinstance(query, Prefix):
            return _unscored([self._beginning("codes", fact)])
        return _unscored(self._code(fact))

    def _pmid(self, text: str) -> list[Engine]:
        if not (text.isascii() and text.isdigit() and len(text) <= 10):
            return []
        return _unscored([Engine.term_query(self.schema, "pmid", int(text))])

    def _code(self, fact: str) -> list[Engine]:
        if not self.searcher.doc_freq("codes", fact):
            return []
        return [Engine.term_query(self.schema, "codes", fact, index_option="basic")]

    def _range(self, query: Range) -> list[Engine]:
        if query.field == "level":
            low, high = int(query.low or LEVELS[0]), int(query.high or LEVELS[-1])
            wanted = (level for level in LEVELS if low <= level <= high)
            return _unscored(
                [found for level in wanted for found in self._code(f"level:{level}")]
            )
        return _unscored(self._days(query.low, query.high))

    def _days(self, low: str | None, high: str | None) -> list[Engine]:
        first, last = span(low or "0001"), span(high or "9999")
        if first is None or last is None:
            return []
        days = first[0].toordinal(), last[1].toordinal()
        return [Engine.range_query(self.schema, "published", FieldType.Integer, *days)]


def _any(found: Sequence[Engine]) -> Engine:
    if len(found) == 1:
        return found[0]
    return Engine.boolean_query([(Occur.Should, part) for part in found])


def _all(parts: Sequence[Engine]) -> Engine:
    if len(parts) == 1:
        return parts[0]
    return Engine.boolean_query([(Occur.Must, part) for part in parts])


def _unscored(found: Sequence[Engine]) -> list[Engine]:
    return [Engine.const_score_query(_any(found), BESIDE)] if found else []


def _escaped(text: str) -> str:
    return _META.sub(r"\\\1", text)
