"""Who and what stands beside a subject: journals, authors and topics of its articles.

All is counted over the whole result, from the index. What was counted is kept until
the index changes, since a subject of many articles takes tenths of a second; names
are looked up anew. Raises IndexUnusable where it says nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ownjournal.catalogue import mesh, store
from ownjournal.catalogue.browsing.addresses import (
    author_address,
    journal_address,
    topic_address,
)
from ownjournal.catalogue.browsing.chance import Lift, lifts, standing_out
from ownjournal.catalogue.browsing.remembered import State, of_one_state, state
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Journal
from ownjournal.search.codes import codes_of
from ownjournal.search.document import author_name
from ownjournal.search.facets import AGES, SEXES, SPECIES
from ownjournal.search.query import All, Query
from ownjournal.search.subjects import MOST, query_of

LOOKED_AT = 3_000
"""Headings of a subject, the commonest first, that are compared with chance."""

TICKED = frozenset({*SPECIES.values(), *SEXES.values(), *AGES.values()})
"""What indexers tick on most articles: it is no topic beside others."""

_KEPT = 512  # subjects

Counts = tuple[tuple[str, int], ...]
Lifts = Sequence[tuple[str, Lift]]


@dataclass(frozen=True, slots=True)
class Beside:
    """A journal, an author or a topic, and how many of the articles have it."""

    name: str
    address: str
    count: str  # with separators


@dataclass(frozen=True, slots=True)
class Related:
    """A topic that stands out, and by how much."""

    ui: str
    name: str
    address: str
    count: str  # articles with both, with separators
    ratio: str  # "12 times"; "only here"
    interval: str  # "9.8 to 15"


def lifts_of(query: Query) -> dict[str, Lift]:
    """The lifts of the LOOKED_AT commonest headings of what a query finds."""
    whole, everything = headings_of_all()
    having = dict(index().leading(query, "heading", limit=LOOKED_AT))
    return lifts(having, index().count(query), whole, everything)


def headings_of_all() -> tuple[Mapping[str, int], int]:
    """All headings, on how many articles each stands, and how many articles there are.

    The commonest first. Counted once for each state of the index.
    """
    return _all_headings(state())


def standing_out_of(query: Query, without: frozenset[str], most: int) -> Lifts:
    """The headings that stand out most, without some and without what is ticked."""
    return _standing_out(state(), query, without, most)


def related(found: Lifts) -> tuple[Related, ...]:
    """The same as a page has them; a heading without any name is left out."""
    names = mesh.names([ui for ui, _ in found])
    return tuple(_related(ui, names[ui], each) for ui, each in found if ui in names)


def _related(ui: str, name: str, found: Lift) -> Related:
    return Related(
        ui=ui,
        name=name,
        address=topic_address(ui, name),
        count=f"{found.articles:,}",
        ratio=times(found),
        interval=interval(found),
    )


def times(found: Lift) -> str:
    """A lift in words: "12 times"; without any other article there is no ratio."""
    return f"{told(found.ratio)} times" if found.elsewhere else "only here"


def interval(found: Lift) -> str:
    """Its confidence interval: "9.8 to 15"; the upper end says nothing without a
    ratio.
    """
    if not found.elsewhere:
        return f"above {told(found.low)}"
    return f"{told(found.low)} to {told(found.high)}"


def told(ratio: float) -> str:
    """As precise as it is worth: "1.4", "12", "1,200"."""
    return f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:,.0f}"


def designs_by_year(query: Query) -> Mapping[tuple[int, str], int]:
    """See `Index.designs_by_year`."""
    return _designs_by_year(state(), query)


def leading_headings(query: Query, most: int) -> tuple[Beside, ...]:
    """The headings that most of the articles have, without what is ticked."""
    counts = _headings(state(), query, most + len(TICKED))
    kept = [each for each in counts if each[0] not in TICKED][:most]
    names = mesh.names([ui for ui, _ in kept])
    return tuple(
        Beside(names[ui], topic_address(ui, names[ui]), f"{articles:,}")
        for ui, articles in kept
        if ui in names
    )


def leading_journals(query: Query, most: int) -> tuple[Beside, ...]:
    """The journals with most of the articles."""
    counts = _journals(state(), query, most)
    rows = Journal.objects.filter(nlm_id__in=[nlm_id for nlm_id, _ in counts])
    names = {row.nlm_id: row.title or row.abbreviation for row in rows}
    return tuple(
        _journal(nlm_id, names.get(nlm_id) or nlm_id, articles)
        for nlm_id, articles in counts
    )


def _journal(nlm_id: str, name: str, articles: int) -> Beside:
    return Beside(name, journal_address(nlm_id, name), f"{articles:,}")


def leading_authors(
    query: Query, most: int, *, without: str | None = None
) -> tuple[Beside, ...]:
    """The name forms that most of the articles have, spelled as on one by them.

    without  a name form, in the index's spelling
    """
    counts = _authors(state(), query, most + 1)
    kept = [each for each in counts if each[0] != without][:most]
    names = _spelled(state(), tuple(value for value, _ in kept))
    return tuple(
        Beside(name, author_address(name), f"{articles:,}")
        for (_, articles), name in zip(kept, names, strict=True)
    )


def spelling_of(value: str) -> str:
    """A name form as the newest article under it has it."""
    return _spelled(state(), (value,))[0]


def is_spelling_of(name: str, value: str) -> bool:
    """Whether the index keeps this name form as `value`."""
    return codes_of(name, "au:noexp") == (f"an:{value}",)


@of_one_state(_KEPT)
def _standing_out(
    now: State, query: Query, without: frozenset[str], most: int
) -> Lifts:
    left_out = TICKED | without
    found = standing_out(lifts_of(query))
    return [each for each in found if each[0] not in left_out][:most]


@of_one_state(_KEPT)
def _designs_by_year(now: State, query: Query) -> Mapping[tuple[int, str], int]:
    return now[0].designs_by_year(query)


@of_one_state(_KEPT)
def _headings(now: State, query: Query, most: int) -> Counts:
    return now[0].leading(query, "heading", limit=most)


@of_one_state(_KEPT)
def _authors(now: State, query: Query, most: int) -> Counts:
    return now[0].leading(query, "author", limit=most)


@of_one_state(_KEPT)
def _journals(now: State, query: Query, most: int) -> Counts:
    return now[0].facets(query, ["journal"], limit=most)["journal"]


@lru_cache(1)
def _all_headings(now: State) -> tuple[Mapping[str, int], int]:
    counts = now[0].leading(All(), "heading", limit=MOST)
    return dict(counts), now[0].count(All())


@of_one_state(_KEPT)
def _spelled(now: State, values: tuple[str, ...]) -> tuple[str, ...]:
    """Each as its newest article has it; as kept where none is at hand."""
    newest = {
        value: now[0].listed(query_of("author", value), limit=1) for value in values
    }
    kept = store.get_many([at.pmid for places in newest.values() for at in places])
    found = []
    for value, places in newest.items():
        articles = [kept[at.pmid].article for at in places if at.pmid in kept]
        names = [author_name(each) for art in articles for each in art.authors]
        spelled = (name for name in names if name and is_spelling_of(name, value))
        found.append(next(spelled, value.replace("_", " ")))
    return tuple(found)
