"""The list of articles kept here that cite one: /articles/PMID/cited-by?page=…"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.relations import completed
from ownjournal.catalogue.searching import A_PAGE, LAST_PAGE, NO_INDEX
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_html, title_of
from ownjournal.search.document import cited
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import Term


@dataclass(frozen=True, slots=True)
class CitedByPage:
    """Everything catalogue/cited_by.html may use."""

    pmid: int
    title: SafeString
    title_plain: str
    total: int
    cards: tuple[Card, ...]
    place: str  # "Page 2 of 14"
    previous: str | None  # addresses
    next: str | None
    search: str  # address of the search that finds the same


@require_safe
def show(request: HttpRequest, pmid: str) -> HttpResponse:
    """One page of the list, newest first; an article not here has its own answer."""
    kept = store.get(int(pmid))
    if kept is None:
        return redirect("catalogue:article", pmid)
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 5):
        asked = "0"
    if not 1 <= int(asked) <= LAST_PAGE:
        return _cannot(request, f"Pages are numbered from 1 to {LAST_PAGE}.", 422)
    try:
        page = cited_by_page(kept, int(asked))
    except IndexUnusable:
        return _cannot(request, NO_INDEX, 503)
    return render(request, "catalogue/cited_by.html", {"page": page})


def cited_by_page(kept: Kept, number: int) -> CitedByPage:
    """A page of the list, from 1. Raises IndexUnusable."""
    pmid = kept.article.pmid
    hits = index().search(
        Term(str(pmid), "cites"),
        limit=A_PAGE,
        offset=(number - 1) * A_PAGE,
        order="newest",
    )
    found = store.get_many([hit.pmid for hit in hits.hits])
    citing = [
        found[hit.pmid]
        for hit in hits.hits
        # The index may lag: what cites it no longer is left out.
        if hit.pmid in found and pmid in cited(found[hit.pmid].article)
    ]
    pages = max(1, min(-(-hits.total // A_PAGE), LAST_PAGE))
    return CitedByPage(
        pmid=pmid,
        title=title_html(kept.article),
        title_plain=title_of(kept.article),
        total=hits.total,
        cards=cards(completed(citing)),
        place=f"Page {number:,} of {pages:,}",
        previous=_address(pmid, number - 1) if number > 1 else None,
        next=_address(pmid, number + 1) if number < pages else None,
        search=f"/search?q={pmid}%5Bcites%5D",
    )


def _address(pmid: int, page: int) -> str:
    plain = f"/articles/{pmid}/cited-by"
    return plain if page == 1 else f"{plain}?page={page}"


def _cannot(request: HttpRequest, advice: str, status: int) -> HttpResponse:
    page = {"title": "This list cannot be shown", "advice": advice}
    return render(request, "error.html", {"page": page}, status=status)
