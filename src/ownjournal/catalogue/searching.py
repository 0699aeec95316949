"""The search page: /search?q=…&order=…&page=…"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.relations import completed
from ownjournal.catalogue.selections import LIMIT, SelectionView, selection
from ownjournal.search.atoms import Problem
from ownjournal.search.index import MAX_DEPTH, Hits, IndexUnusable, Order
from ownjournal.search.parser import parse
from ownjournal.search.query import FIELDS, Field, Query

A_PAGE = 20  # articles
PROBLEMS_SHOWN = 5
CONTEXT = 60  # characters shown on each side of a problem
LAST_PAGE = MAX_DEPTH // A_PAGE
ORDERS: dict[Order, str] = {"best": "Best match", "newest": "Newest first"}

NO_INDEX = "The index has to be built anew. Whoever runs this site can see to it."


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
class SearchPage:
    """Everything catalogue/search.html may use."""

    query: str
    problems: tuple[ProblemView, ...]
    asked: bool  # whether there was anything to search for
    total: str  # with separators
    found: bool
    cards: tuple[Card, ...]
    orders: tuple[OrderView, ...]
    place: str  # "Page 2 of 14"
    previous: str | None  # addresses
    next: str | None
    fields: tuple[Field, ...]  # what a query can ask for by name
    selection: SelectionView | None  # None without articles


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a search, checked."""

    query: str
    order: Order
    page: int  # from 1

    def address(self, *, order: Order | None = None, page: int = 1) -> str:
        """The same search in another order or at another page."""
        given = {"q": self.query, "order": order or self.order, "page": page}
        usual = {"order": "best", "page": 1}
        kept = {k: v for k, v in given.items() if usual.get(k) != v}
        return f"/search?{urlencode(kept)}"


class BadRequest(Exception):
    """A parameter that no page of this site sends; the message says which."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The articles found; a PMID alone leads to its article."""
    try:
        asked = read_request(request.GET)
    except BadRequest as problem:
        return _cannot(request, str(problem), status=422)
    pmid = _pmid(asked.query)
    if pmid is not None and store.get(pmid) is not None:
        return redirect("catalogue:article", pmid)
    try:
        return render(request, "catalogue/search.html", {"page": search_page(asked)})
    except IndexUnusable:
        return _cannot(request, NO_INDEX, status=503)


def _cannot(request: HttpRequest, advice: str, *, status: int) -> HttpResponse:
    page = {"title": "This search cannot be answered", "advice": advice}
    return render(request, "error.html", {"page": page}, status=status)


def read_request(given: QueryDict) -> Asked:
    """The parameters; raises BadRequest for one that cannot be meant."""
    query = given.get("q", "").strip()
    order = next((each for each in ORDERS if each == given.get("order", "best")), None)
    if order is None:
        raise BadRequest("Articles are ordered by best match or newest first.")
    page = given.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) < 5):
        raise BadRequest(f"Pages are numbered from 1 to {LAST_PAGE}.")
    if not 1 <= int(page) <= LAST_PAGE:
        raise BadRequest(f"Pages are numbered from 1 to {LAST_PAGE}.")
    return Asked(query, order, int(page))


def search_page(asked: Asked) -> SearchPage:
    """One page of the result. Raises IndexUnusable."""
    parsed = parse(asked.query)
    hits = _hits(parsed.query, asked) if parsed.query is not None else Hits(0, ())
    kept = store.get_many([hit.pmid for hit in hits.hits])
    # An article taken back since the index last followed is left out.
    found = completed([kept[hit.pmid] for hit in hits.hits if hit.pmid in kept])
    shown = cards(found, coins=True)
    pages = min(-(-hits.total // A_PAGE), LAST_PAGE)
    return SearchPage(
        query=asked.query,
        problems=tuple(
            _problem(asked.query, each) for each in parsed.problems[:PROBLEMS_SHOWN]
        ),
        asked=bool(asked.query),
        total=f"{hits.total:,}",
        found=hits.total > 0,
        cards=shown,
        orders=tuple(
            OrderView(name, asked.address(order=order), order == asked.order)
            for order, name in ORDERS.items()
        ),
        place=f"Page {asked.page:,} of {max(pages, 1):,}",
        previous=asked.address(page=asked.page - 1) if asked.page > 1 else None,
        next=asked.address(page=asked.page + 1) if asked.page < pages else None,
        fields=tuple(FIELDS.values()),
        selection=_selection(asked, hits.total, shown) if shown else None,
    )


def _selection(asked: Asked, total: int, shown: Sequence[Card]) -> SelectionView:
    whole = f"All {total:,} articles found" if total > 1 else "The article found"
    if total > LIMIT:
        whole = f"The first {LIMIT:,} of the {total:,} articles found"
    return selection(
        "/export",
        f"search {asked.query}",
        [card.pmid for card in shown],
        whole=whole,
        complete=len(shown) == total,
        fields=(("q", asked.query), ("order", asked.order)),
    )


def _hits(query: Query, asked: Asked) -> Hits:
    offset = (asked.page - 1) * A_PAGE
    return index().search(query, limit=A_PAGE, offset=offset, order=asked.order)


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


def _pmid(query: str) -> int | None:
    """The PMID, where the query is one and nothing else."""
    if query.isascii() and query.isdigit() and 4 < len(query) < 10:
        return int(query)
    return None
