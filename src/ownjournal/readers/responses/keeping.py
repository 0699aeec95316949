"""Saved articles: /saved, to read them, search in them and take them along."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.catalogue import relations
from ownjournal.catalogue.downloads import (
    download,
    format_of,
    parameters,
    says_why,
    ticked,
)
from ownjournal.catalogue.following import index
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.reader_lists import MOST, ReaderLists
from ownjournal.catalogue.received import pmids_query
from ownjournal.catalogue.search_reading import understood
from ownjournal.catalogue.search_request import NO_INDEX, Asked
from ownjournal.catalogue.selections import SelectionView, selection
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader
from ownjournal.search.index import IndexUnusable
from ownjournal.search.lexer import MAX_CHARACTERS
from ownjournal.search.query import And

A_PAGE = 20  # articles
SHOWS = {"": "All", "unread": "To read", "read": "Read"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lists: all, to read, read."""

    name: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Everything readers/saved.html may use."""

    parts: tuple[Part, ...]
    show: str  # of SHOWS
    query: str  # as typed; "" when nothing was
    problem: str | None
    cards: tuple[Card, ...]
    gone: tuple[int, ...]  # PMIDs on this page that are no longer here
    total: int
    older: int | None  # page numbers
    newer: int | None
    selection: SelectionView | None


@never_cache
@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`show` is "", "unread" or "read"; `q` looks among them; `page` is from 1."""
    reader = reader_of(request)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWS else ""
    query, problem = request.GET.get("q", "")[:MAX_CHARACTERS].strip(), None
    pmids = _saved(reader, shown)
    if query and pmids:
        try:
            pmids = _among(reader, query, pmids)
        except IndexUnusable:
            problem = NO_INDEX
    chosen = Paginator(pmids, A_PAGE).get_page(request.GET.get("page"))
    here = list(chosen.object_list)
    kept = relations.get_many(here)
    page = SavedPage(
        parts=_parts(reader, shown),
        show=shown,
        query=query,
        problem=problem,
        cards=cards(kept[pmid] for pmid in here if pmid in kept),
        gone=tuple(pmid for pmid in here if pmid not in kept),
        total=len(pmids),
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
        selection=_selection(reader, [pmid for pmid in here if pmid in kept]),
    )
    return render(request, "readers/saved.html", {"page": page})


# Exempt, as it changes nothing.
@csrf_exempt
@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def export(request: HttpRequest) -> HttpResponseBase:
    """All that is saved, or what is ticked of it; parameters as of /export."""
    given = parameters(request)
    format = format_of(given)
    if given.get("which") == "all":
        return download(_saved(reader_of(request), ""), format, "saved")
    return download(ticked(given), format, "saved-ticked")


def _saved(reader: Reader, shown: str) -> list[int]:
    rows = reader.saved.all()
    if shown:
        rows = rows.filter(read_at__isnull=shown == "unread")
    return list(rows.values_list("pmid", flat=True)[:MOST])


def _among(reader: Reader, query: str, pmids: list[int]) -> list[int]:
    """Those of the articles that a query finds, best first. Raises IndexUnusable."""
    read = understood(Asked(query), ReaderLists(reader))
    if read.query is None:
        return []
    both = And((read.query, pmids_query(pmids)))
    return [hit.pmid for hit in index().search(both, limit=MOST).hits]


def _parts(reader: Reader, shown: str) -> tuple[Part, ...]:
    unread = reader.saved.filter(read_at=None).count()
    whole = reader.saved.count()
    counts = {"": whole, "unread": unread, "read": whole - unread}
    return tuple(
        Part(
            name=name,
            count=counts[each],
            address=f"/saved?show={each}" if each else "/saved",
            chosen=each == shown,
        )
        for each, name in SHOWS.items()
    )


def _selection(reader: Reader, shown: list[int]) -> SelectionView | None:
    """The form that downloads them; None where there is nothing on the page."""
    if not shown:
        return None
    total = reader.saved.count()
    whole = f"All {total:,} saved articles" if total > 1 else "The saved article"
    return selection(
        "/saved/export",
        "saved",
        shown,
        whole=whole,
        complete=total == len(shown),
    )
