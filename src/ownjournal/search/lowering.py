"""Turn a query tree into an engine's own query, made of the engine's `Parts`.

What a part finds is decided here and in `analysis`, once for every engine; the plain
evaluation in tests/search/oracle.py says the same more slowly.

A word is searched for in all its forms as one: each form's weight is corrected
to the rarity of them all, or a rare misspelling would come out on top.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Generic

from ownjournal.search.analysis import spellings, words
from ownjournal.search.codes import codes_of, patterns_of
from ownjournal.search.dates import span
from ownjournal.search.inflection import variants
from ownjournal.search.parts import Parts, Q, rarity
from ownjournal.search.query import (
    FIELDS,
    LEVELS,
    All,
    And,
    Kind,
    Mapped,
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

READ_AS = 0.1
"""The weight of what words are read as, against the words themselves.

Measured as the above: nDCG@10 is .551 at 0.05, .564 here, .551 at 0.2, .506 at 0.5;
.547 without.
"""

NAMED: dict[str | None, tuple[str, ...]] = {
    None: ("mh", "au", "ta", "pt"),
    "tw": ("pt", "sh", "si", "ps"),
    "all": (
        *("mh", "au", "ta", "pt", "sh", "nm", "rn", "ps", "cn", "ir"),
        *("aid", "si", "gr", "auid", "isbn", "book"),
    ),
}
"""Facts that words or a phrase are compared with as a whole, by their field."""

COLUMNS: dict[str | None, tuple[str, ...]] = {
    None: ("title", "text"),
    "all": ("title", "text"),
    "tw": ("title", "text"),
    "tiab": ("title", "text"),
    "ti": ("title",),
    "ot": ("keywords",),
    "tt": ("vernacular",),
    "ad": ("addresses",),
    "cois": ("interests",),
}
"""Where the words of each field stand."""

BESIDE_TEXT: dict[str | None, tuple[str, ...]] = {
    None: ("names",),
    "tw": ("names",),
    "all": ("names", "addresses"),
}
"""Where they may also stand, which tells little of what the article is about."""

_WEIGHTS = {"title": TITLE_WEIGHT, "text": 1.0}
FIRST_YEAR, LAST_YEAR = 1700, 2200
"""Years outside are slips of the pen, and not looked up by their codes."""

_DATES = {"dp": "published"}  # columns that have another name than their field
_SCORED = (None, "all", "tw", "tiab", "ti")


def is_scored(query: Query) -> bool:
    """Whether any part of a query looks for words, which some articles say more of."""
    match query:
        case And(parts) | Or(parts):
            return any(map(is_scored, parts))
        case Not(kept, _):
            return is_scored(kept)
        case Mapped(typed, others):
            return any(map(is_scored, (typed, *others)))
        case Term(_, field) | Phrase(_, field):
            return field in _SCORED
        case _:
            return isinstance(query, Near) and query.field in _SCORED


class Lowering(Generic[Q]):
    """Makes queries of an engine's parts."""

    def __init__(self, parts: Parts[Q]) -> None:
        self.parts = parts

    def lower(self, query: Query) -> Q:
        """The engine's query that finds what the tree means."""
        return self._any(self._choices(query))

    def _choices(self, query: Query) -> list[Q]:
        """What each finds a part of it: one flat list is answered fastest."""
        match query:
            case Or(parts):
                return self._any_of(parts)
            case And(parts):
                each = dict.fromkeys(_flat(And, parts))
                return [self.parts.all_of([self._beside_others(part) for part in each])]
            case Not(kept, removed):
                return [self.parts.without(self.lower(kept), self.lower(removed))]
            case Mapped(typed, others):
                return [*self._choices(typed), *self._read_as(others)]
            case All():
                return self._unscored([self.parts.every()])
            case Range():
                return self._range(query)
            case Near():
                return self._near(query)
            case Term() | Phrase() | Prefix():
                return self._leaf(query)

    def _any(self, found: Sequence[Q]) -> Q:
        """What any of the parts finds; where there is none, nothing."""
        return self.parts.any_of(found) if found else self.parts.nothing()

    def _beside_others(self, query: Query) -> Q:
        """A part of several that must all hold.

        The days of the articles that the others find are compared one by one, but
        for a few years with few articles.
        """
        if isinstance(query, Range) and query.field == "dp":
            by_year = self.parts.prefers_codes(_years(query))
            return self._any(self._days([query], by_year=by_year))
        return self.lower(query)

    def _read_as(self, others: Sequence[Query]) -> list[Q]:
        found = [choice for each in others for choice in self._choices(each)]
        return [self.parts.boosted(self._any(found), READ_AS)] if found else []

    def _any_of(self, parts: Iterable[Query]) -> list[Q]:
        """Facts, dates and beginnings among many choices are answered together."""
        found: list[Q] = []
        begun = defaultdict[str | None, list[str]](list)
        codes: list[str] = []
        ranges: list[Range] = []
        pmids: list[int] = []
        for part in dict.fromkeys(_flat(Or, parts)):
            if isinstance(part, Range) and part.field != "level":
                ranges.append(part)
            elif isinstance(part, Term) and part.field == "pmid":
                pmids += _pmid(part.text)
            elif isinstance(part, Prefix) and _kind(part) is Kind.WORDS:
                begun[part.field].append(part.text)
            elif isinstance(part, Term) and _kind(part) is Kind.CODE:
                codes += codes_of(part.text, part.field or "")
                found += self._named(part)
            else:
                found += self._choices(part)
        for field, texts in begun.items():
            found += self._begun(field, texts)
        found += self._days(ranges) + self._unscored(self.parts.pmids(pmids))
        return found + self._unscored(self.parts.codes(codes))

    def _leaf(self, query: Term | Phrase | Prefix) -> list[Q]:
        kind = _kind(query)
        if kind is Kind.CODE:
            return self._fact(query)
        if kind is Kind.DATE:
            return []  # a time before now, and nobody said when now is
        if isinstance(query, Prefix):
            return self._begun(query.field, [query.text])
        return self._words(query)

    # Words

    def _words(self, query: Term | Phrase) -> list[Q]:
        """Words in the text, scored, and in names and facts beside it."""
        found: list[Q] = []
        columns = (*COLUMNS[query.field], *BESIDE_TEXT.get(query.field, ()))
        for *before, last in spellings(query.text):
            forms = (last,) if isinstance(query, Phrase) else variants(last)
            for column in columns:
                found += self._forms(column, before, forms)
        for tag in NAMED.get(query.field, ()):
            found += self.parts.named(codes_of(query.text, tag), BESIDE)
        return found if query.field in _SCORED else self._unscored(found)

    def _forms(self, column: str, before: list[str], forms: Sequence[str]) -> list[Q]:
        """A word or phrase in each form of its last word that there is."""
        counts = self.parts.frequencies(column, forms)
        weight = BESIDE
        if column in _WEIGHTS:
            weight = _WEIGHTS[column] * self._rarity(sum(counts.values()))
        return [
            self.parts.boosted(
                self.parts.sequence(column, [*before, form]),
                weight / self._rarity(count),
            )
            for form, count in counts.items()
        ]

    def _rarity(self, count: int) -> float:
        return rarity(count, self.parts.total())

    def _begun(self, field: str | None, texts: Sequence[str]) -> list[Q]:
        """What has words that begin with any of the texts."""
        ways = [way for text in texts for way in spellings(text)]
        words = [way[0] for way in ways if len(way) == 1]
        found: list[Q] = []
        for column in (*COLUMNS[field], *BESIDE_TEXT.get(field, ())):
            found += self.parts.begun(column, words)
            for *before, last in (way for way in ways if len(way) > 1):
                found.append(self.parts.begun_sequence(column, before, last))
        return self._unscored(found)

    def _near(self, query: Near) -> list[Q]:
        wanted = words(query.text)
        found = [
            choice
            for column in COLUMNS[query.field]
            for choice in self.parts.near(column, wanted, query.distance)
        ]
        return found if query.field in _SCORED else self._unscored(found)

    # Facts

    def _fact(self, query: Term | Phrase | Prefix) -> list[Q]:
        tag = query.field or ""
        if tag == "pmid":
            return self._unscored(self.parts.pmids(_pmid(query.text)))
        codes = codes_of(query.text, tag)
        named = self._named(query)
        if isinstance(query, Prefix):
            return named + self._unscored(self.parts.begun("codes", codes))
        return named + self._unscored(self.parts.codes(codes))

    def _named(self, query: Term | Phrase | Prefix) -> list[Q]:
        """People by the patterns of their names."""
        begins = isinstance(query, Prefix)
        patterns = patterns_of(query.text, query.field or "", begins=begins)
        return self._unscored(self.parts.patterns(patterns))

    def _range(self, query: Range) -> list[Q]:
        if query.field == "level":
            low, high = int(query.low or LEVELS[0]), int(query.high or LEVELS[-1])
            wanted = [f"level:{each}" for each in LEVELS if low <= each <= high]
            return self._unscored(self.parts.codes(wanted))
        return self._days([query])

    def _days(self, ranges: Iterable[Range], *, by_year: bool = True) -> list[Q]:
        """What was dated in any of the ranges; those that touch are one.

        by_year   look whole years of publication up by their codes, which is
                  faster where all that was dated so has to be gone through
        """
        spans = defaultdict[str, list[tuple[int, int]]](list)
        for each in ranges:
            if (one := _span(each)) is not None:
                spans[each.field].append(one)
        found = []
        for tag, some in spans.items():
            for low, high in _merged(some):
                if by_year and tag == "dp":
                    found += self._published(low, high)
                else:
                    found.append(self._between(tag, low, high))
        return self._unscored(found)

    def _between(self, tag: str, low: int, high: int) -> Q:
        return self.parts.between(_DATES.get(tag, tag), low, high)

    def _published(self, low: int, high: int) -> list[Q]:
        """Whole years by their codes, and the days before and after them."""
        years = _whole_years(low, high)
        if not years:
            return [self._between("dp", low, high)]
        start = date(years[0], 1, 1).toordinal()
        end = date(years[-1], 12, 31).toordinal()
        found = self.parts.codes([f"year:{year}" for year in years])
        if low < start:
            found.append(self._between("dp", low, start - 1))
        if end < high:
            found.append(self._between("dp", end + 1, high))
        return found

    def _unscored(self, found: Sequence[Q]) -> list[Q]:
        return [self.parts.constant(self._any(found), BESIDE)] if found else []


def _years(query: Range) -> range:
    found = _span(query)
    return range(0) if found is None else _whole_years(*found)


def _span(query: Range) -> tuple[int, int] | None:
    """The first and the last day; None for a range that holds none."""
    first, last = span(query.low or "0001"), span(query.high or "9999")
    if first is None or last is None or first[0] > last[1]:
        return None
    return first[0].toordinal(), last[1].toordinal()


def _whole_years(low: int, high: int) -> range:
    """The years that lie wholly between two days."""
    first, last = date.fromordinal(low), date.fromordinal(high)
    start = first.year + ((first.month, first.day) != (1, 1))
    end = last.year - ((last.month, last.day) != (12, 31))
    return range(max(start, FIRST_YEAR), min(end, LAST_YEAR) + 1)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _flat(kind: type[And | Or], parts: Iterable[Query]) -> Iterator[Query]:
    """The parts, with those of parts that join them in the same way."""
    for part in parts:
        if isinstance(part, kind):
            yield from _flat(kind, part.parts)
        else:
            yield part


def _kind(query: Term | Phrase | Prefix) -> Kind:
    return FIELDS[query.field].kind if query.field else Kind.WORDS


def _pmid(text: str) -> list[int]:
    """None for what is no PMID."""
    fits = text.isascii() and text.isdigit() and len(text) <= 10
    return [int(text)] if fits else []
