"""Facets: what a result is made of, counted by year, design, journal …

A value of a facet is a fact of articles and stands for a query. Its count is
what the result would have if it were narrowed by that query: never a guess,
never a sample. An index counts all values that articles have; which of them are
told, and in which order, is decided here, the same for every index.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from msgspec import Struct

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.search.document import Document
from ownjournal.search.query import LEVELS, Query, Range, Term

Name = Literal[
    "year",
    "design",
    "level",
    "type",
    "journal",
    "language",
    "species",
    "age",
    "sex",
    "free",
    "abstract",
    "issued",
]

SPECIES = {"humans": "D006801", "animals": "D000818"}
SEXES = {"female": "D005260", "male": "D008297"}
AGES = {
    "newborn": "D007231",
    "infant": "D007223",
    "preschool": "D002675",
    "child": "D002648",
    "adolescent": "D000293",
    "young-adult": "D055815",
    "adult": "D000328",
    "middle-aged": "D008875",
    "aged": "D000368",
    "very-old": "D000369",
}
"""What indexers tick, by our names, and MeSH's UIs."""

_WHO_PAID = ("D013485", "D013486", "D013487", "D052060", "D052061", "D057666")
SAYS_LITTLE = frozenset({"D016428", "D004740", *_WHO_PAID})
"""Publication types that are no values: Journal Article, who paid, English Abstract."""

MOST = 1_000
"""Values of a facet that can be asked for."""


class Count(NamedTuple):
    """A value, and how many articles of the result have it; always some."""

    value: str  # "2019", "2019-06", "rct", "2", a UI, an NLM ID, "eng", "yes" …
    articles: int


Facets = dict[Name, tuple[Count, ...]]
"""The values of each facet, in its order."""


class Facet(Struct, frozen=True):
    """How the values of a facet are asked for, and told."""

    query: Callable[[str], Query]  # what a value stands for
    order: Callable[[Count], tuple[int, str]]
    cut: bool = False  # whether it has so many values that only the first are told


def _most_first(count: Count) -> tuple[int, str]:
    return -count.articles, count.value


def _by_value(count: Count) -> tuple[int, str]:
    return 0, count.value


def _field(tag: str) -> Callable[[str], Query]:
    return lambda value: Term(value, tag)


def _subset(name: str) -> Facet:
    return Facet(lambda value: Term(name, "sb"), _by_value)


def _ticked(listed: Mapping[str, str]) -> Facet:
    places = {value: place for place, value in enumerate(listed)}
    return Facet(
        lambda value: Term(listed[value], "mh:noexp"),
        lambda count: (places[count.value], ""),
    )


FACETS: dict[Name, Facet] = {
    "year": Facet(lambda year: Range(year, year, "dp"), _by_value),
    "design": Facet(_field("design"), _most_first, cut=True),
    "level": Facet(_field("level"), _by_value),
    "type": Facet(_field("pt:noexp"), _most_first, cut=True),
    "journal": Facet(_field("jid"), _most_first, cut=True),
    "language": Facet(_field("la"), _most_first, cut=True),
    "species": _ticked(SPECIES),
    "age": _ticked(AGES),
    "sex": _ticked(SEXES),
    "free": _subset("free full text"),
    "abstract": _subset("hasabstract"),
    "issued": Facet(_field("issued"), _by_value),
}

OF_RESULTS = tuple(name for name in FACETS if name != "issued")
"""Those that a search is narrowed by; months are for the archive of a journal."""

Fact = tuple[Name, str]
"""A facet and a value of it."""

_TICKS: dict[Name, dict[str, str]] = {"species": SPECIES, "age": AGES, "sex": SEXES}
_KNOWN: dict[str, Fact] = {
    **{f"design:{each.replace('-', '_')}": ("design", each) for each in DESIGNS},
    **{f"level:{each}": ("level", str(each)) for each in LEVELS},
    **{
        f"mh:{ui.lower()}": (name, value)
        for name, ticks in _TICKS.items()
        for value, ui in ticks.items()
    },
    "sb:free_full_text": ("free", "yes"),
    "sb:hasabstract": ("abstract", "yes"),
}
_TYPE = re.compile(r"pt:(d\d{6,9})")
_ISSUED = re.compile(r"issued:(\d{4})_(\d\d)")


def facts(document: Document) -> Iterator[Fact]:
    """What a document counts for, each once."""
    for known in _KNOWN.keys() & document.codes:
        yield _KNOWN[known]
    # Most codes begin otherwise, and one letter is seen fastest.
    for code in [code for code in document.codes if code[0] in "lpi"]:
        if code[:3] == "la:":
            yield "language", code[3:]
        elif (month := _ISSUED.fullmatch(code)) is not None:
            yield "issued", f"{month[1]}-{month[2]}"
        elif (found := _TYPE.fullmatch(code)) is not None:
            ui = found[1].upper()
            if ui not in SAYS_LITTLE:
                yield "type", ui
    for year in {day.year for day in document.published_on}:
        yield "year", f"{year:04}"
    if document.journal is not None:
        yield "journal", document.journal


def told(name: Name, counts: Mapping[str, int], limit: int) -> tuple[Count, ...]:
    """The values of a facet in its order, of many the first.

    Years, levels and what indexers tick are told whole.
    """
    facet = FACETS[name]
    found = sorted((Count(*each) for each in counts.items()), key=facet.order)
    return tuple(found[:limit] if facet.cut else found)
