"""A slow, plain reading of the query tree: does it find this document?

It shares with the indexes only how text becomes words (`analysis`,
`inflection`), never how they are looked up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
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


def found(query: Query, documents: Iterable[Document]) -> list[int]:
    """The PMIDs that a query finds, newest first."""
    hits = [each for each in documents if matches(query, each)]
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
    match query:
        case All():
            return True
        case And(parts):
            return all(matches(part, document) for part in parts)
        case Or(parts):
            return any(matches(part, document) for part in parts)
        case Not(kept, removed):
            return matches(kept, document) and not matches(removed, document)
        case Mapped(typed, others):
            return any(matches(part, document) for part in (typed, *others))
        case Range(low, high, "level"):
            levels = [c[6:] for c in document.codes if c.startswith("level:")]
            return any((low or "1") <= each <= (high or "5") for each in levels)
        case Range(low, high, field):
            return _in_range(low, high, _days(field, document))
        case Near(text, distance, field):
            return any(
                _near(words(text), distance, _places(column))
                for column in _texts(COLUMNS[field], document)
            )
        case _:
            return _leaf(query, document)


def _leaf(query: Term | Phrase | Prefix, document: Document) -> bool:
    if query.field == "pmid":
        return query.text == str(document.pmid)
    if query.field is not None and FIELDS[query.field].kind is not Kind.WORDS:
        return _fact(query, document)
    columns = (*COLUMNS[query.field], *BESIDE_TEXT.get(query.field, ()))
    texts = [words(text) for texts in _texts(columns, document) for text in texts]
    if any(_holds(text, way) for way in _ways(query) for text in texts):
        return True
    return not isinstance(query, Prefix) and any(
        code in document.codes
        for tag in NAMED.get(query.field, ())
        for code in codes_of(query.text, tag)
    )


def _fact(query: Term | Phrase | Prefix, document: Document) -> bool:
    codes = codes_of(query.text, str(query.field))
    begins = isinstance(query, Prefix)
    patterns = patterns_of(query.text, str(query.field), begins=begins)
    if any(re.fullmatch(each, code) for each in patterns for code in document.codes):
        return True
    if begins:
        return any(each.startswith(codes) for each in document.codes)
    return any(code in document.codes for code in codes)


class _Word:
    """A test for one word of a way."""

    def __init__(self, text: str, begins: bool = False) -> None:
        self.text, self.begins = text, begins

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.begins else word == self.text

    def __call__(self, bag: Iterable[str]) -> bool:
        return any(self.fits(word) for word in bag)


def _ways(query: Term | Phrase | Prefix) -> Iterator[list[_Word]]:
    for way in spellings(query.text):
        before = [_Word(word) for word in way[:-1]]
        if isinstance(query, Prefix):
            yield [*before, _Word(way[-1], begins=True)]
        elif isinstance(query, Phrase):
            yield [*before, _Word(way[-1])]
        else:
            yield from ([*before, _Word(form)] for form in variants(way[-1]))


def _holds(text: Sequence[str], way: Sequence[_Word]) -> bool:
    return any(
        all(test.fits(text[at + i]) for i, test in enumerate(way))
        for at in range(len(text) - len(way) + 1)
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
