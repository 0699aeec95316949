"""A slow, plain reading of the query tree: does it find this document?

It shares with the indexes only how text becomes words (`analysis`,
`inflection`), never how they are looked up.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import product

from ownjournal.search.analysis import spellings, words
from ownjournal.search.codes import codes_of, patterns_of
from ownjournal.search.dates import span
from ownjournal.search.document import Document
from ownjournal.search.inflection import variants
from ownjournal.search.lowering import BESIDE_TEXT, COLUMNS, NAMED
from ownjournal.search.query import (
    FIELDS,
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
from ownjournal.search.similar import Similar, is_heading, most_similar, profile

Test = Callable[[Document], bool]


def found(query: Query, documents: Iterable[Document]) -> list[int]:
    """The PMIDs that a query finds, newest first."""
    test = reading(query)
    hits = [each for each in documents if test(each)]
    hits.sort(
        key=lambda d: (d.sorted_on.toordinal() if d.sorted_on else 0, d.pmid),
        reverse=True,
    )
    return [each.pmid for each in hits]


def similar(document: Document, documents: Sequence[Document]) -> tuple[Similar, ...]:
    """The similar ones among all documents, each of them looked at."""

    def frequency(term: str) -> int:
        if is_heading(term):
            return sum(term in each.codes for each in documents)
        return max(
            sum(any(term in words(text) for text in texts) for texts in column)
            for column in zip(*((d.title, d.texts) for d in documents), strict=True)
        )

    shared = profile(document).keys()
    others = [each for each in documents if shared & profile(each).keys()]
    return most_similar(document, others, frequency, len(documents), 20)


def matches(query: Query, document: Document) -> bool:
    """Whether a query finds a document."""
    return reading(query)(document)


def reading(query: Query) -> Test:
    """What a query asks of a document."""
    match query:
        case All():
            return lambda document: True
        case And(parts):
            tests = [reading(part) for part in parts]
            return lambda document: all(test(document) for test in tests)
        case Or(parts):
            return _any(parts)
        case Not(kept, removed):
            keeps, removes = reading(kept), reading(removed)
            return lambda document: keeps(document) and not removes(document)
        case Mapped(typed, others):
            return _any((typed, *others))
        case Range(low, high, "level"):
            return lambda document: any(
                (low or "1") <= code[6:] <= (high or "5")
                for code in document.codes
                if code.startswith("level:")
            )
        case Range(low, high, field):
            return lambda document: _in_range(low, high, _days(field, document))
        case Near(text, distance, field):
            return lambda document: any(
                _near(words(text), distance, _places(column))
                for column in _texts(COLUMNS[field], document)
            )
        case _:
            return _leaf(query)


def _any(parts: Iterable[Query]) -> Test:
    """Facts are compared together, or thousands of them would take too long."""
    codes: set[str] = set()
    tests = []
    for part in parts:
        if isinstance(part, Term) and part.field in EXACT:
            codes.update(codes_of(part.text, part.field))
        else:
            tests.append(reading(part))
    return lambda document: (
        not codes.isdisjoint(document.codes) or any(test(document) for test in tests)
    )


EXACT = ("mh:noexp", "majr:noexp", "sh:noexp", "pt:noexp")
"""Fields of what headings are exploded to."""


def _leaf(query: Term | Phrase | Prefix) -> Test:
    if query.field == "pmid":
        return lambda document: query.text == str(document.pmid)
    if query.field is not None and FIELDS[query.field].kind is not Kind.WORDS:
        return _fact(query)
    columns = (*COLUMNS[query.field], *BESIDE_TEXT.get(query.field, ()))
    ways = list(_ways(query))
    codes = {
        code
        for tag in (() if isinstance(query, Prefix) else NAMED.get(query.field, ()))
        for code in codes_of(query.text, tag)
    }
    return lambda document: (
        not codes.isdisjoint(document.codes)
        or any(
            _holds(text, way)
            for texts in _texts(columns, document)
            for text in map(_cut, texts)
            for way in ways
        )
    )


def _fact(query: Term | Phrase | Prefix) -> Test:
    codes = codes_of(query.text, str(query.field))
    begins = isinstance(query, Prefix)
    patterns = [
        re.compile(each)
        for each in patterns_of(query.text, str(query.field), begins=begins)
    ]

    def test(document: Document) -> bool:
        if any(each.fullmatch(code) for each in patterns for code in document.codes):
            return True
        if begins:
            return any(each.startswith(codes) for each in document.codes)
        return not set(codes).isdisjoint(document.codes)

    return test


class _Word:
    """A test for one word of a way."""

    def __init__(self, text: str, begins: bool = False) -> None:
        self.text, self.begins = text, begins

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.begins else word == self.text


def _ways(query: Term | Phrase | Prefix) -> Iterator[list[_Word]]:
    for way in spellings(query.text):
        before = [_Word(word) for word in way[:-1]]
        if isinstance(query, Prefix):
            yield [*before, _Word(way[-1], begins=True)]
        elif isinstance(query, Phrase):
            yield [*before, _Word(way[-1])]
        else:
            yield from ([*before, _Word(form)] for form in variants(way[-1]))


@lru_cache(maxsize=200_000)
def _cut(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a text, in their order and as a set."""
    found = words(text)
    return found, frozenset(found)


def _holds(text: tuple[Sequence[str], frozenset[str]], way: Sequence[_Word]) -> bool:
    """Whether the words of a way stand in a text next to each other."""
    found, held = text
    if not all(each.begins or each.text in held for each in way):
        return False
    return any(
        all(each.fits(found[at + i]) for i, each in enumerate(way))
        for at in range(len(found) - len(way) + 1)
    )


def _texts(columns: Iterable[str], document: Document) -> Iterator[tuple[str, ...]]:
    """What stands in each column."""
    for column in columns:
        yield document.texts if column == "text" else getattr(document, column)


def _places(texts: Iterable[str]) -> list[str | None]:
    """Words by position; between two texts of a column one place stays empty."""
    column: list[str | None] = []
    for text in texts:
        column += [*([None] if column else []), *words(text)]
    return column


def _near(wanted: Sequence[str], distance: int, column: Sequence[str | None]) -> bool:
    places = [[at for at, word in enumerate(column) if word == w] for w in wanted]
    return any(
        len(set(chosen)) == len(chosen)
        and max(chosen) - min(chosen) - (len(chosen) - 1) <= distance
        for chosen in product(*places)
    )


def _days(field: str, document: Document) -> list[date]:
    if field == "dp":
        return list(document.published_on)
    return [day for tag, day in document.dated if tag == field]


def _in_range(low: str | None, high: str | None, days: Iterable[date]) -> bool:
    first, last = span(low or "0001"), span(high or "9999")
    assert first is not None
    assert last is not None
    return any(first[0] <= day <= last[1] for day in days)
