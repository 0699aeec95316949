"""A slow, plain reading of the query tree: does it find this document?

It shares with the indexes only how text becomes words (`analysis`,
`inflection`), never how they are looked up.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from ownjournal.search.analysis import spellings, words
from ownjournal.search.dates import span
from ownjournal.search.document import Document
from ownjournal.search.inflection import variants
from ownjournal.search.lowering import NAMED, code_of
from ownjournal.search.query import (
    All,
    And,
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
        case Range(low, high, "level"):
            levels = [c[6:] for c in document.codes if c.startswith("level:")]
            return any((low or "1") <= each <= (high or "5") for each in levels)
        case Range(low, high, _):
            return _in_range(low, high, document)
        case Near(text, distance, field):
            return any(
                _near(words(text), distance, column)
                for column in _columns(field, document)
            )
        case _:
            return _leaf(query, document)


def _leaf(query: Term | Phrase | Prefix, document: Document) -> bool:
    if query.field == "pmid":
        return query.text == str(document.pmid)
    if query.field == "ad":
        return _bag(query, document.addresses)
    if query.field not in (None, "ti", "tiab"):
        code = code_of(query.text, str(query.field))
        if isinstance(query, Prefix):
            return any(each.startswith(code) for each in document.codes)
        return code in document.codes
    texts = [
        words(text)
        for text in (*document.title, *(document.texts if query.field != "ti" else ()))
    ]
    if any(_holds(text, way) for way in _ways(query) for text in texts):
        return True
    return query.field is None and _beside(query, document)


def _beside(query: Term | Phrase | Prefix, document: Document) -> bool:
    """Found by a name or a fact, though not in the text."""
    names = words(" ".join(document.names))
    if isinstance(query, Prefix):
        ways = [way for way in spellings(query.text) if len(way) == 1]
        return any(name.startswith(way[0]) for way in ways for name in names)
    if any(code_of(query.text, tag) in document.codes for tag in NAMED):
        return True
    if isinstance(query, Phrase):
        return False
    return any(all(word(names) for word in way) for way in _ways(query))


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


def _bag(query: Term | Phrase | Prefix, texts: Iterable[str]) -> bool:
    bag = words(" ".join(texts))
    for way in spellings(query.text):
        tests = [_Word(word) for word in way]
        tests[-1].begins = isinstance(query, Prefix)
        if all(test(bag) for test in tests):
            return True
    return False


def _holds(text: Sequence[str], way: Sequence[_Word]) -> bool:
    return any(
        all(test.fits(text[at + i]) for i, test in enumerate(way))
        for at in range(len(text) - len(way) + 1)
    )


def _columns(field: str, document: Document) -> list[list[str | None]]:
    """Words by position; between two texts of a column one place stays empty."""
    columns = []
    for texts in (document.title, document.texts)[: 1 if field == "ti" else 2]:
        column: list[str | None] = []
        for text in texts:
            column += [*([None] if column else []), *words(text)]
        columns.append(column)
    return columns


def _near(wanted: Sequence[str], distance: int, column: Sequence[str | None]) -> bool:
    places = [[at for at, word in enumerate(column) if word == w] for w in wanted]
    return any(
        len(set(chosen)) == len(chosen)
        and max(chosen) - min(chosen) - (len(chosen) - 1) <= distance
        for chosen in product(*places)
    )


def _in_range(low: str | None, high: str | None, document: Document) -> bool:
    first, last = span(low or "0001"), span(high or "9999")
    assert first is not None
    assert last is not None
    return any(first[0] <= day <= last[1] for day in document.published_on)
