"""The columns that facets are counted from, each with one value an article.

The engine counts a column of single values ten times as fast as one of several
values an article, so what an article has stands together in one value, "humans,
adult, female". There are few different ones, and they are taken apart after
they were counted.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import tantivy

from ownjournal.search.document import Document
from ownjournal.search.facets import MOST, Count, Name, facts
from ownjournal.search.subjects import Subject

_COLUMN_OF: dict[Name, str] = {
    "design": "kinds",
    "level": "kinds",
    "free": "kinds",
    "abstract": "kinds",
    "type": "types",
    "species": "people",
    "age": "people",
    "sex": "people",
    "language": "languages",
    "journal": "journal",
    "year": "years",
    "issued": "issued",
}
NAMES = tuple(dict.fromkeys(_COLUMN_OF.values()))

_BESIDE = "\x1f"  # stands in no XML
_NOTHING = "-"  # a column without gaps is counted faster
_CLASS = "evidence"
_ALL = 60_000
"""Different values of a column, for the engine to count exactly; it refuses 65,000."""

_LISTED = {"journal": 2 * MOST}
"""Values that are told, of those that each stand for one fact."""

MANY: dict[Subject, str] = {"heading": "headings", "author": "authors"}
"""Columns of several values an article, of which there are too many for facets."""

_FIRST = 1_000
"""Values that the engine is asked for at first, to see where the first ones end."""

_UNCUT = 1 << 30
"""More different values than a segment can have."""

Tally = Counter[tuple[str, str]]
"""How many articles have a value of a facet."""


def cells(document: Document, evidence: int) -> dict[str, str]:
    """The value of each column for a document of a class of evidence."""
    parts: dict[str, list[str]] = {column: [] for column in NAMES}
    parts["kinds"].append(f"{_CLASS}:{evidence}")
    for name, value in facts(document):
        parts[_COLUMN_OF[name]].append(f"{name}:{value}")
    return {
        column: _BESIDE.join(sorted(found)) or _NOTHING
        for column, found in parts.items()
    }


def tally(
    searcher: tantivy.Searcher, query: tantivy.Query, names: Collection[Name]
) -> Tally:
    """Count the values of facets over all that a query finds."""
    wanted = asked(names)
    return counted(searcher.aggregate(query, wanted)) if wanted else Counter()


def asked(names: Collection[Name]) -> dict[str, Any]:
    """What to aggregate for facets, in the words of both engines; by its name."""
    return _of_columns({_COLUMN_OF[name] for name in names})


def counted(found: Mapping[str, Any]) -> Tally:
    """All values in what was aggregated for `asked`."""
    counts: Tally = Counter()
    for each in found.values():
        for bucket in each["buckets"]:
            _take_apart(bucket, counts)
    return counts


def counts_of(counts: Tally, name: Name) -> dict[str, int]:
    """The values of one facet."""
    return {value: count for (each, value), count in counts.items() if each == name}


def leading(
    searcher: tantivy.Searcher, query: tantivy.Query, subject: Subject, limit: int
) -> tuple[Count, ...]:
    """The values that most articles have, most first, equals by value.

    The engine leaves the order of equals open, so all equals of the last are asked
    for, as far as it counts. It cuts no segment short, so no count is too low.
    """
    size = max(limit, _FIRST)
    while True:
        asked = {"field": MANY[subject], "size": size, "segment_size": _UNCUT}
        found = searcher.aggregate(query, {"all": {"terms": asked}})["all"]
        counts = [Count(each["key"], each["doc_count"]) for each in found["buckets"]]
        whole = len(counts) < size or size == _ALL
        if whole or counts[-1].articles < counts[limit - 1].articles:
            break
        size = min(size * 8, _ALL)
    counts.sort(key=lambda each: (-each.articles, each.value))
    return tuple(counts[:limit])


def designs_by_year(
    searcher: tantivy.Searcher, query: tantivy.Query
) -> dict[tuple[int, str], int]:
    """How many articles there are of each first year and design, each once."""
    return counted_by_year(searcher.aggregate(query, asked_by_year()))


def asked_by_year() -> dict[str, Any]:
    """What to aggregate for `designs_by_year`, in the words of both engines."""
    kinds = {"kinds": {"terms": {"field": "kinds", "size": _ALL}}}
    return {"all": {"terms": {"field": "years", "size": _ALL}, "aggs": kinds}}


def counted_by_year(found: Mapping[str, Any]) -> dict[tuple[int, str], int]:
    """What was aggregated for `asked_by_year`."""
    counts: Counter[tuple[int, str]] = Counter()
    for year in found["all"]["buckets"]:
        for first in _values(year["key"], "year")[:1]:
            for kind in year["kinds"]["buckets"]:
                for design in _values(kind["key"], "design"):
                    counts[int(first), design] += kind["doc_count"]
    return dict(counts)


def classes(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[int, int]:
    """How many articles a query finds of each class of evidence, the best first."""
    found = counted(searcher.aggregate(query, _of_columns(["kinds"])))
    held = {
        int(value): count for (name, value), count in found.items() if name == _CLASS
    }
    return dict(sorted(held.items()))


def _of_columns(columns: Collection[str]) -> dict[str, Any]:
    sizes = {column: _LISTED.get(column, _ALL) for column in columns}
    return {
        column: {"terms": {"field": column, "size": size, "segment_size": _ALL}}
        for column, size in sizes.items()
    }


def _values(cell: str, name: str) -> list[str]:
    """The values of one facet in a cell, in their order."""
    facts = (each.partition(":") for each in cell.split(_BESIDE))
    return [value for told, _, value in facts if told == name]


def _take_apart(bucket: dict[str, Any], counts: Tally) -> None:
    for each in bucket["key"].split(_BESIDE):
        name, _, value = each.partition(":")
        if value:
            counts[name, value] += bucket["doc_count"]
