"""Filters of a search: what stands behind `q` in its address, and what it means.

Each kind of filter is a parameter that can be read and written by hand, as in
`design=rct&design=cohort&year=2019-2024`. Values of one kind widen each other,
kinds narrow each other. The page, its links, downloads, feeds, saved searches and
the JSON API all read filters here and nowhere else.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.languages import language_name
from ownjournal.catalogue.models import Descriptor, Journal
from ownjournal.pubmed.languages import NAMES
from ownjournal.search.facets import FACETS, Name
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import LEVELS, And, Or, Query, Range, Term

MOST_VALUES = 40
"""Of all kinds together; a page never makes an address with more."""

LONGEST_VALUE = 120  # characters

SPECIES_TOLD = {"humans": "Humans", "animals": "Animals"}
SEXES_TOLD = {"female": "Female", "male": "Male"}
AGES_TOLD = {
    "newborn": "Newborn: to 1 month",
    "infant": "Infant: 1 to 23 months",
    "preschool": "Preschool child: 2 to 5 years",
    "child": "Child: 6 to 12 years",
    "adolescent": "Adolescent: 13 to 18 years",
    "young-adult": "Young adult: 19 to 24 years",
    "adult": "Adult: 19 to 44 years",
    "middle-aged": "Middle aged: 45 to 64 years",
    "aged": "Aged: 65 years and over",
    "very-old": "80 years and over",
}
"""Values of the facets of these names, and how a page calls them; ages as MeSH has
them.
"""

CLINICAL = {
    f"{study}-{breadth}": f"{named}, {breadth}"
    for study, named in (
        ("therapy", "Therapy"),
        ("diagnosis", "Diagnosis"),
        ("etiology", "Aetiology"),
        ("prognosis", "Prognosis"),
        ("clinical-prediction-guides", "Clinical prediction guides"),
    )
    for breadth in ("narrow", "broad")
} | {"systematic-reviews": "Systematic reviews"}
"""Clinical Queries and systematic reviews, see `search.filters`."""

_YEARS = re.compile(r"(?P<low>[0-9]{4})?(?P<to>-)?(?P<high>[0-9]{4})?")
_TYPE_UI = re.compile(r"D[0-9]{6,9}")
_QUOTED = re.compile(r'["“”„\x00-\x1f]')


Labels = Callable[[Sequence[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One parameter of the address."""

    name: str
    title: str  # over its values on the page
    means: str  # which values there are, for readers and programs
    query: Callable[[str], Query | None]  # None for a value that there is not
    labels: Labels  # of values that there are, all at once
    single: bool = False  # whether a second value takes the place of the first


@dataclass(frozen=True, slots=True)
class Filter:
    """A value of a kind, one of those that there are."""

    kind: str  # a key of KINDS
    value: str

    @property
    def label(self) -> str:
        """As the reader sees it, on a chip of its own."""
        return KINDS[self.kind].labels([self.value])[self.value]

    @property
    def query(self) -> Query:
        """The articles that it leaves."""
        query = KINDS[self.kind].query(self.value)
        if query is None:
            raise ValueError(f"{self.kind}={self.value}")
        return query


def years(value: str) -> tuple[str | None, str | None] | None:
    """First and last year of "2019-2024", "2019-", "-2024" or "2019"."""
    found = _YEARS.fullmatch(value)
    if found is None or not (found["low"] or found["high"]):
        return None
    low, high = found["low"], found["high"]
    if not found["to"]:
        return (low, low) if low and not high else None
    return (low, high) if (low or "") <= (high or "9999") else None


def _years(value: str) -> Query | None:
    ends = years(value)
    return None if ends is None else Range(ends[0], ends[1], "dp")


def _years_told(value: str) -> str:
    low, high = years(value) or (None, None)
    if low == high:
        return str(low)
    if low and high:
        return f"{low} to {high}"
    return f"Since {low}" if low else f"Until {high}"


def _one_of(values: Iterable[str], name: Name) -> Callable[[str], Query | None]:
    known = frozenset(values)
    return lambda value: FACETS[name].query(value) if value in known else None


def _any(name: Name) -> Callable[[str], Query | None]:
    """Of a facet with more values than can be listed here."""

    def query(value: str) -> Query | None:
        if not value.strip() or len(value) > LONGEST_VALUE or _QUOTED.search(value):
            return None
        return FACETS[name].query(value)

    return query


def _clinical(value: str) -> Query | None:
    if value not in CLINICAL:
        return None
    study, _, breadth = value.rpartition("-")
    if breadth not in ("narrow", "broad"):
        return Term(value.replace("-", " "), "sb")
    return Term(f"{study.replace('-', ' ')}/{breadth}", "sb")


def _journals_told(values: Sequence[str]) -> Mapping[str, str]:
    rows = Journal.objects.filter(nlm_id__in=values)
    names = {row.nlm_id: row.abbreviation or row.title for row in rows}
    return {value: names.get(value) or value for value in values}


def _types_told(values: Sequence[str]) -> Mapping[str, str]:
    names = dict(Descriptor.objects.filter(ui__in=values).values_list("ui", "name"))
    return {value: names.get(value) or _type_seen(value) for value in values}


_types_seen: dict[str, str] = {}


def _type_seen(value: str) -> str:
    """The name of a type on an article that has it; the value where there is none.

    Without NLM's file of MeSH nothing else tells it.
    """
    if value not in _types_seen and _TYPE_UI.fullmatch(value):
        with suppress(IndexUnusable):
            found = index().search(Term(value, "pt:noexp"), limit=1).hits
            for kept in store.get_many([hit.pmid for hit in found]).values():
                types = kept.article.publication_types
                _types_seen.update((each.ui, each.name) for each in types if each.ui)
    return _types_seen.get(value, value)


def _each(told: Callable[[str], str]) -> Labels:
    return lambda values: {value: told(value) for value in values}


def _kind(
    name: str,
    title: str,
    means: str,
    query: Callable[[str], Query | None],
    labels: Labels | Mapping[str, str],
    single: bool = False,
) -> Kind:
    told = _each(labels.__getitem__) if isinstance(labels, Mapping) else labels
    return Kind(name, title, means, query, told, single)


def _listed(name: Name, title: str, told: Mapping[str, str]) -> Kind:
    return _kind(name, title, ", ".join(told), _one_of(told, name), told)


def _yes(name: Name, title: str, told: str) -> Kind:
    return _kind(name, title, "yes", _one_of(["yes"], name), {"yes": told}, True)


_DESIGNS = {code: design.name for code, design in DESIGNS.items()}
_LEVELS = {str(level): f"Level {level}" for level in LEVELS}
_YEARS_MEAN = "2019, 2019-2024, 2019- or -2024"
_TYPES_MEAN = "a name or UI of NLM’s, as Review"
_JOURNALS_MEAN = "an NLM ID, ISSN, title or abbreviation"
_LANGUAGES_MEAN = "a code of NLM’s, as eng"

_TABLE = (
    _kind("year", "Year", _YEARS_MEAN, _years, _each(_years_told), True),
    _listed("design", "Study design", _DESIGNS),
    _listed("level", "Level of evidence", _LEVELS),
    _kind("type", "Publication type", _TYPES_MEAN, _any("type"), _types_told),
    _kind("journal", "Journal", _JOURNALS_MEAN, _any("journal"), _journals_told),
    _kind(
        "language",
        "Language",
        _LANGUAGES_MEAN,
        _one_of(NAMES, "language"),
        _each(language_name),
    ),
    _listed("species", "Species", SPECIES_TOLD),
    _listed("age", "Age", AGES_TOLD),
    _listed("sex", "Sex", SEXES_TOLD),
    _yes("free", "Free full text", "Free full text"),
    _yes("abstract", "Abstract", "With an abstract"),
    _kind("clinical", "Clinical query", ", ".join(CLINICAL), _clinical, CLINICAL),
)
KINDS = {kind.name: kind for kind in _TABLE}
"""In the order in which pages show them."""


class Filtered:
    """Something with filters, an address for each choice of them."""

    __slots__ = ()
    filters: tuple[Filter, ...]

    def address(self, *, filters: tuple[Filter, ...]) -> str:
        """The same with these, at its first page."""
        raise NotImplementedError

    def with_filter(self, added: Filter) -> tuple[Filter, ...]:
        """The filters and this one; of a kind with one value in place of the other."""
        kept = self.filters
        if KINDS[added.kind].single:
            kept = self.without_kind(added.kind)
        return (*kept, *(() if added in kept else (added,)))

    def without(self, removed: Filter) -> tuple[Filter, ...]:
        """The filters but this one."""
        return tuple(each for each in self.filters if each != removed)

    def without_kind(self, kind: str) -> tuple[Filter, ...]:
        """The filters but those of a kind."""
        return tuple(each for each in self.filters if each.kind != kind)


def combined(filters: Sequence[Filter]) -> tuple[Query, ...]:
    """A query for each kind; an article passes when it answers all of them."""
    found = []
    for name in dict.fromkeys(each.kind for each in filters):
        choices = tuple(each.query for each in filters if each.kind == name)
        found.append(choices[0] if len(choices) == 1 else Or(choices))
    return tuple(found)


def narrowed(query: Query | None, filters: Sequence[Filter]) -> Query | None:
    """What a query finds that passes the filters; without a query, all that does."""
    parts = (*(() if query is None else (query,)), *combined(filters))
    if len(parts) < 2:
        return parts[0] if parts else None
    return And(parts)
