"""A list of articles that is read to its end: of a journal, a type, a topic …

A page asks for articles behind the last one that the page before showed, so none
comes twice while others arrive. The place it begins at stands signed in its
address: whoever changes it gets no answer, and nothing is guessed.

    asked = read_list(request)             # raises BadRequest
    page = list_page(asked, query)         # raises IndexUnusable
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ownjournal.catalogue import relations
from ownjournal.catalogue.browsing.remembered import Remembered
from ownjournal.catalogue.following import index
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.search_counts import counted
from ownjournal.catalogue.search_facets import FacetView, facet_views
from ownjournal.catalogue.search_filters import KINDS, Filter, Filtered, narrowed
from ownjournal.catalogue.search_page import Chip, OrderView
from ownjournal.catalogue.search_reading import as_asked
from ownjournal.catalogue.search_request import BadRequest, read_filters
from ownjournal.catalogue.selections import LIMIT, SelectionView, selection
from ownjournal.search.facets import Name
from ownjournal.search.index import ListOrder, Place
from ownjournal.search.query import And, Query, Term

A_PAGE = 20  # articles
NARROWED: tuple[Name, ...] = ("type", "design")
"""Kinds of filters of a list; all others are those of a search."""

ORDERS: dict[ListOrder, str] = {"newest": "Newest first", "best": "Best first"}
BEST = (
    "Best first: by quality and significance together, the newer first where they "
    "are about the same."
)
NO_PLACE = (
    "The address says where in a list a page begins, and it was changed or is too old "
    "to be read. Open the list from its beginning."
)

_signer = Signer(salt="ownjournal.list", sep=".")


@dataclass(frozen=True, slots=True)
class ListAsked(Filtered):
    """A request for a page of a list, checked."""

    path: str  # of the list's address, as "/journals/0255562/lancet"
    order: ListOrder = "newest"
    filters: tuple[Filter, ...] = ()
    after: int | None = None  # keys of `Index.listed`, at most one of them
    before: int | None = None
    usual: ListOrder = "newest"  # the order that the address need not name

    @property
    def first(self) -> bool:
        """Whether this is the beginning of the list."""
        return self.after is None and self.before is None

    def address(self, **changes: object) -> str:
        """The same list with changes, at its first page unless they say another."""
        changed = replace(self, **{"after": None, "before": None, **changes})  # type: ignore[arg-type]
        parameters = changed.parameters()
        return f"{self.path}?{urlencode(parameters)}" if parameters else self.path

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Of its address, without those that have their usual value."""
        places = (("after", self.after), ("before", self.before))
        return (
            *((each.kind, each.value) for each in self.filters),
            *((("order", self.order),) if self.order != self.usual else ()),
            *(
                (name, _signer.sign(f"{self.order}-{key}"))
                for name, key in places
                if key is not None
            ),
        )


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything catalogue/list.html may use."""

    total: str  # with separators; with the filters
    articles: str  # "1 article", "2,345 articles"
    found: bool
    filtered: bool
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    unfiltered: str  # address without any filter
    orders: tuple[OrderView, ...]
    told: str | None  # how the order is made, where its name does not say it
    cards: tuple[Card, ...]
    first: str | None  # addresses: of the first page, where this is another
    previous: str | None
    next: str | None
    search: str  # of the same articles as a search, to narrow them further
    noted: str  # the same of those that have notes
    selection: SelectionView | None  # None without articles


def read_list(request: HttpRequest, *, usual: ListOrder = "newest") -> ListAsked:
    """The parameters of the address; raises BadRequest for what cannot be meant.

    usual  the order where the address names none
    """
    given = request.GET
    wanted = given.get("order", usual)
    order = next((each for each in get_args(ListOrder) if each == wanted), None)
    if order is None:
        raise BadRequest("Lists are ordered newest first or best first.")
    after = _place(given.get("after"), order)
    before = _place(given.get("before"), order)
    if after is not None and before is not None:
        raise BadRequest(NO_PLACE)
    filters = read_filters(given, NARROWED)
    return ListAsked(request.path, order, filters, after, before, usual)


def _place(text: str | None, order: ListOrder) -> int | None:
    """The key that was signed for this order."""
    if text is None:
        return None
    try:
        signed_for, _, key = _signer.unsign(text).partition("-")
    except BadSignature:
        raise BadRequest(NO_PLACE) from None
    if signed_for != order:
        raise BadRequest(NO_PLACE)
    return int(key)


def refused(
    request: HttpRequest,
    advice: str,
    *,
    status: int = 400,
    way: tuple[str, str] | None = None,
) -> HttpResponse:
    """The page that says why a list cannot be shown.

    way  name and address of where to go on
    """
    page = {"title": "This list cannot be shown", "advice": advice, "way": way}
    return render(request, "error.html", {"page": page}, status=status)


def list_page(
    asked: ListAsked,
    subject: Query,
    kinds: Sequence[Name] = NARROWED,
    *,
    orders: Mapping[ListOrder, str] = ORDERS,
) -> ListPage:
    """A page of the articles that a query finds. Raises IndexUnusable.

    kinds  of filters that are offered
    orders  as the page calls them
    """

    def query_with(filters: Sequence[Filter]) -> Query:
        return narrowed(subject, filters) or subject

    query, numbers = query_with(asked.filters), Remembered()
    total = numbers.total(query)
    places, previous, following = _places(asked, as_asked(query))
    kept = relations.get_many([each.pmid for each in places])
    # An article taken back since the index last followed is left out.
    shown = cards((kept[at.pmid] for at in places if at.pmid in kept), coins=True)
    counts = counted(asked.filters, query_with, kinds, numbers.facets)
    fields = search_fields(subject, asked.filters)
    noted = And((subject, Term("note", "has")))
    return ListPage(
        total=f"{total:,}",
        articles=f"{total:,} article" + ("" if total == 1 else "s"),
        found=total > 0,
        filtered=bool(asked.filters),
        facets=facet_views(asked, counts, kinds),
        chips=_chips(asked),
        unfiltered=asked.address(filters=()),
        orders=_orders(asked, orders),
        told=BEST if asked.order == "best" else None,
        cards=shown,
        first=asked.address() if previous is not None else None,
        previous=previous,
        next=following,
        search=f"/search?{urlencode(fields)}",
        noted=f"/search?{urlencode(search_fields(noted, asked.filters))}",
        selection=_selection(fields, total, shown) if shown else None,
    )


def _places(
    asked: ListAsked, query: Query
) -> tuple[Sequence[Place], str | None, str | None]:
    """The articles of a page, and the addresses of the pages beside it.

    Where less than a page is left in front, the first page is shown instead.
    """
    if asked.before is not None:
        found = _listed(asked, query, before=asked.before)
        if len(found) > A_PAGE:
            return _with_neighbours(asked, found[1:], in_front=True, behind=True)
    found = _listed(asked, query, after=asked.after)
    more = len(found) > A_PAGE
    return _with_neighbours(
        asked, found[:A_PAGE], in_front=asked.after is not None, behind=more
    )


def _listed(asked: ListAsked, query: Query, **where: int | None) -> tuple[Place, ...]:
    """One more than a page, to see whether there are more."""
    return index().listed(query, limit=A_PAGE + 1, order=asked.order, **where)


def _with_neighbours(
    asked: ListAsked, places: Sequence[Place], *, in_front: bool, behind: bool
) -> tuple[Sequence[Place], str | None, str | None]:
    if not places:
        return places, asked.address() if in_front else None, None
    return (
        places,
        asked.address(before=places[0].key) if in_front else None,
        asked.address(after=places[-1].key) if behind else None,
    )


def _chips(asked: ListAsked) -> tuple[Chip, ...]:
    return tuple(
        Chip(
            KINDS[each.kind].title,
            each.label,
            asked.address(filters=asked.without(each)),
        )
        for each in asked.filters
    )


def _orders(asked: ListAsked, names: Mapping[ListOrder, str]) -> tuple[OrderView, ...]:
    return tuple(
        OrderView(name, asked.address(order=order), order == asked.order)
        for order, name in names.items()
    )


def search_fields(
    subject: Query, filters: Sequence[Filter] = ()
) -> tuple[tuple[str, str], ...]:
    """The same articles as parameters of a search, newest first."""
    chosen = ((each.kind, each.value) for each in filters)
    return (("q", str(subject)), *chosen, ("order", "newest"))


def _selection(
    fields: tuple[tuple[str, str], ...], total: int, shown: Sequence[Card]
) -> SelectionView:
    whole = f"All {total:,} articles of the list" if total > 1 else "The article"
    if total > LIMIT:
        whole = f"The newest {LIMIT:,} of the {total:,} articles"
    return selection(
        "/export",
        f"list {fields[0][1]}",  # ticks outlast a change of filters
        [card.pmid for card in shown],
        whole=whole,
        complete=len(shown) == total,
        fields=fields,
    )
