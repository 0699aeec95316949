"""What the search page shows: its contract, worked out from a request.

The template places it; `searching` serves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ownjournal.catalogue import relations, semantic_order, store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.search_counts import counted
from ownjournal.catalogue.search_facets import (
    Counts,
    FacetView,
    YearsView,
    facet_views,
    years_view,
)
from ownjournal.catalogue.search_filters import KINDS
from ownjournal.catalogue.search_groups import GroupView, group_views
from ownjournal.catalogue.search_help import (
    MeantView,
    Next,
    ReadingView,
    SpellingView,
    meant_view,
    next_steps,
    reading_views,
    spelling_view,
)
from ownjournal.catalogue.search_reading import Understood
from ownjournal.catalogue.search_request import A_PAGE, LAST_PAGE, ORDERS, Asked
from ownjournal.catalogue.selections import LIMIT, SelectionView, selection
from ownjournal.catalogue.semantic_order import Found
from ownjournal.catalogue.store import Kept
from ownjournal.search.atoms import Problem
from ownjournal.search.citation_matching import Matched
from ownjournal.search.index import Hits, IndexUnusable
from ownjournal.search.query import FIELDS, All, Field

PROBLEMS_SHOWN = 5
TOO_LONG = (
    "The query is too long for links, so filters and orders are not offered here. "
    "What they do can be written in the query, as rct[design] or 2020:2024[dp]."
)
CONTEXT = 60  # characters shown on each side of a problem


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Something in the query that was not understood, and where."""

    before: str
    wrong: str
    after: str
    message: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """A link to the same search in one of its orders."""

    name: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    kind: str  # "Study design"
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class FilterHelp:
    """A filter by its name in an address."""

    name: str
    title: str
    means: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything catalogue/search.html and the templates it includes may use."""

    query: str
    asked: bool  # whether there was anything to search for
    problems: tuple[ProblemView, ...]
    advice: tuple[str, ...]  # what could not be looked at
    readings: tuple[ReadingView, ...]  # what untagged words were also read as
    reading_switch: str | None  # address without them, or with them again
    mapped: bool
    spelling: SpellingView | None
    meant: MeantView | None
    total: str  # with separators
    found: bool
    chips: tuple[Chip, ...]
    unfiltered: str | None  # address without any filter
    years: YearsView | None
    facets: tuple[FacetView, ...]
    orders: tuple[OrderView, ...]
    by_meaning: bool  # whether the order goes by more than words
    cards: tuple[Card, ...]
    groups: tuple[GroupView, ...]  # in place of the cards, where grouped
    grouped: bool
    grouping: str | None  # address of the search grouped, or not grouped any more
    place: str  # "Page 2 of 14"
    previous: str | None  # addresses
    next: str | None
    steps: tuple[Next, ...]  # what may find more, where nothing was found
    fields: tuple[Field, ...]  # what a query can ask for by name
    filters: tuple[FilterHelp, ...]
    kept: tuple[tuple[str, str], ...]  # its filters and order, for another query
    parameters: str | None  # its address behind the "?", to be kept
    feed: str | None  # address; None where it would be nobody else's, or too long
    feed_json: str | None  # the same as JSON Feed
    selection: SelectionView | None  # None without articles


def search_page(
    asked: Asked, read: Understood, meant: Matched | None = None
) -> SearchPage:
    """One page of the result. Raises IndexUnusable.

    read   the request as `answerable` gives it
    meant  what the query leads to where it may be a citation of one of several
    """
    result, groups = _results(asked, read)
    hits = result.hits
    # An article taken back since the index last followed is left out.
    shown = cards(kept_of(hits), coins=True)
    on_page = shown or tuple(card for group in groups for card in group.cards)
    pages = min(-(-hits.total // A_PAGE), LAST_PAGE)
    linked = asked.is_linked
    public = linked and not read.private
    counts: Counts = {}
    if linked and read.query is not None:
        counts = counted(asked.filters, read.with_filters)
    return SearchPage(
        query=asked.query,
        asked=asked.wanted,
        problems=_problems(asked, read),
        advice=read.advice if linked else (*read.advice, TOO_LONG),
        readings=reading_views(asked, read),
        reading_switch=_reading_switch(asked, read),
        mapped=asked.mapped,
        spelling=spelling_view(asked, read),
        meant=meant_view(meant),
        total=f"{hits.total:,}",
        found=hits.total > 0,
        chips=_chips(asked),
        unfiltered=asked.address(filters=(), since=None) if _chips(asked) else None,
        years=years_view(asked, counts),
        facets=facet_views(asked, counts),
        orders=_orders(asked) if linked else (),
        by_meaning=result.by_meaning,
        cards=shown,
        groups=groups,
        grouped=asked.grouped,
        grouping=asked.address(grouped=not asked.grouped) if linked else None,
        place=f"Page {asked.page:,} of {max(pages, 1):,}",
        previous=asked.address(page=asked.page - 1) if asked.page > 1 else None,
        next=asked.address(page=asked.page + 1) if asked.page < pages else None,
        steps=next_steps(asked, read) if asked.wanted and not hits.total else (),
        fields=tuple(FIELDS.values()),
        filters=tuple(
            FilterHelp(kind.name, kind.title, kind.means) for kind in KINDS.values()
        ),
        kept=tuple(each for each in asked.parameters() if each[0] not in ("q", "page")),
        parameters=asked.address().partition("?")[2] if linked else None,
        feed=asked.address("/search.atom") if public else None,
        feed_json=asked.address("/search/feed.json") if public else None,
        selection=_selection(asked, hits.total, on_page) if on_page else None,
    )


def _problems(asked: Asked, read: Understood) -> tuple[ProblemView, ...]:
    shown = read.problems[:PROBLEMS_SHOWN]
    return tuple(_problem(asked.query, each) for each in shown)


def _orders(asked: Asked) -> tuple[OrderView, ...]:
    return tuple(
        OrderView(name, asked.address(order=order), order == asked.order)
        for order, name in ORDERS.items()
    )


def _results(asked: Asked, read: Understood) -> tuple[Found, tuple[GroupView, ...]]:
    """The page of a list, or the groups and how many articles there are in all."""
    if asked.grouped and read.query is not None:
        total = Hits(index().count(read.query), ())
        grouped = group_views(asked, read)
        return Found(total, any(each.by_meaning for each in grouped)), grouped
    return find(asked, read), ()


def find(asked: Asked, read: Understood, *, size: int = A_PAGE) -> Found:
    """The hits of the page that is asked for, and how they came into their order.

    Raises IndexUnusable, also where the index is empty and the store is not, and
    TooDeep.
    """
    if read.query is None:
        return Found(Hits(0, ()), by_meaning=False)
    found = semantic_order.search(
        asked.query,
        read.query,
        limit=size,
        offset=(asked.page - 1) * size,
        order=asked.order,
    )
    if not found.hits.total and _is_lost():
        raise IndexUnusable("The index is empty and has to be built.")
    return found


def _is_lost() -> bool:
    """Whether nothing is in the index of a site that has articles."""
    return store.count() > 0 and index().count(All()) == 0


def kept_of(hits: Hits) -> list[Kept]:
    """The articles of hits, in their order, with what notices say of them."""
    kept = relations.get_many([hit.pmid for hit in hits.hits])
    return [kept[hit.pmid] for hit in hits.hits if hit.pmid in kept]


def _chips(asked: Asked) -> tuple[Chip, ...]:
    chips = [
        Chip(
            KINDS[each.kind].title,
            each.label,
            asked.address(filters=asked.without(each)),
        )
        for each in asked.filters
    ]
    if asked.since is not None:
        chips.append(Chip("Received", "New", asked.address(since=None)))
    return tuple(chips)


def _reading_switch(asked: Asked, read: Understood) -> str | None:
    if asked.mapped and not read.readings:
        return None
    return asked.address(mapped=not asked.mapped)


def _selection(asked: Asked, total: int, shown: Sequence[Card]) -> SelectionView:
    whole = f"All {total:,} articles found" if total > 1 else "The article found"
    if total > LIMIT:
        whole = f"The first {LIMIT:,} of the {total:,} articles found"
    return selection(
        "/export",
        f"search {asked.query}",  # ticks outlast a change of filters
        [card.pmid for card in shown],
        whole=whole,
        complete=len(shown) == total,
        fields=[each for each in asked.parameters() if each[0] != "page"],
    )


def _problem(query: str, problem: Problem) -> ProblemView:
    start, end = problem.start, problem.end
    return ProblemView(
        before=_clipped(query[:start][::-1])[::-1],
        wrong=_clipped(query[start:end]),
        after=_clipped(query[end:]),
        message=problem.message,
    )


def _clipped(text: str) -> str:
    """Its beginning; a page repeats no long query for each of its problems."""
    return text if len(text) <= CONTEXT else text[:CONTEXT] + "…"
