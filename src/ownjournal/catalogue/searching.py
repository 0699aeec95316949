"""The search page: /search?q=…&order=…&page=…"""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.pages import Card, cards
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.index import Index
from ownjournal.search.parser import Problem, parse

A_PAGE = 20  # articles
LAST_PAGE = 500  # 10,000 hits are more than anyone turns over
LONGEST_QUERY = 4096  # characters
ORDERS = {"best": "Best match", "newest": "Newest first"}


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Something in the query that was not understood, and where."""

    before: str
    wrong: str
    after: str
    message: str


@dataclass(frozen=True, slots=True)
class OrderView:
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a search, checked."""

    query: str
    order: str
    page: int  # from 1

    def address(self, *, order: str | None = None, page: int = 1) -> str:
        """The same search in another order or at another page."""
        given = {"q": self.query, "order": order or self.order, "page": page}
        usual = {"order": "best", "page": 1}
        kept = {k: v for k, v in given.items() if usual.get(k) != v}
        return f"/search?{urlencode(kept)}"


class BadRequest(Exception):
    """A parameter that no page of this site sends; the message says which."""


@cache
def index() -> Index:
    """The index, opened once a process; it sees later commits by itself.

    Raises OSError when there is none that can be read.
    """
    return EmbeddedIndex.open(settings.DATA_DIR / "index")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The articles found; a PMID alone leads to its article."""
    try:
        asked = read_request(request.GET)
    except BadRequest as problem:
        page = {"title": "This search cannot be read", "advice": str(problem)}
        return render(request, "error.html", {"page": page}, status=422)
    pmid = _pmid(asked.query)
    if pmid is not None and store.get(pmid) is not None:
        return redirect("catalogue:article", pmid)
    return render(request, "catalogue/search.html", {"page": search_page(asked)})


def read_request(given: QueryDict) -> Asked:
    """The parameters; raises BadRequest for one that cannot be meant."""
    query = given.get("q", "").strip()
    if len(query) > LONGEST_QUERY:
        raise BadRequest(f"A search may have {LONGEST_QUERY:,} characters.")
    order = given.get("order", "best")
    if order not in ORDERS:
        raise BadRequest("Articles are ordered by best match or newest first.")
    page = given.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) < 5):
        raise BadRequest(f"Pages are numbered from 1 to {LAST_PAGE}.")
    if not 1 <= int(page) <= LAST_PAGE:
        raise BadRequest(f"Pages are numbered from 1 to {LAST_PAGE}.")
    return Asked(query, order, int(page))


def search_page(asked: Asked) -> SearchPage:
    parsed = parse(asked.query)
    hits = index().search(
        parsed.query,
        limit=A_PAGE,
        offset=(asked.page - 1) * A_PAGE,
        order=asked.order,
    )
    kept = store.get_many([hit.pmid for hit in hits.hits])
    pages = min(-(-hits.total // A_PAGE), LAST_PAGE)
    return SearchPage(
        query=asked.query,
        problems=tuple(_problem(asked.query, each) for each in parsed.problems),
        asked=bool(asked.query),
        total=f"{hits.total:,}",
        found=hits.total > 0,
        # An article taken back since the index last followed is left out.
        cards=cards(kept[hit.pmid] for hit in hits.hits if hit.pmid in kept),
        orders=tuple(
            OrderView(name, asked.address(order=order), order == asked.order)
            for order, name in ORDERS.items()
        ),
        place=f"Page {asked.page:,} of {max(pages, 1):,}",
        previous=asked.address(page=asked.page - 1) if asked.page > 1 else None,
        next=asked.address(page=asked.page + 1) if asked.page < pages else None,
    )


def _problem(query: str, problem: Problem) -> ProblemView:
    return ProblemView(
        before=query[: problem.start],
        wrong=query[problem.start : problem.end],
        after=query[problem.end :],
        message=problem.message,
    )


def _pmid(query: str) -> int | None:
    """The PMID, where the query is one and nothing else."""
    if query.isascii() and query.isdigit() and 4 < len(query) < 10:
        return int(query)
    return None
