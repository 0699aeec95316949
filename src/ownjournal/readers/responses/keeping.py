"""Saved articles: /saved, to read them, search in them and take them along.

They are each reader's first private collection: with tags, to read and read.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
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
from ownjournal.catalogue.store import Kept
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader
from ownjournal.readers.responses import tagging
from ownjournal.readers.responses.models import SavedTag
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
class Row:
    """A saved article."""

    card: Card
    tags: str  # with commas between them; "" for none


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Everything readers/saved.html may use."""

    parts: tuple[Part, ...]
    tags: tuple[Part, ...]  # all of the reader's; all again where one is chosen
    show: str  # of SHOWS
    tag: str  # "" for any
    address: str  # of this list, without page and words
    query: str  # as typed; "" when nothing was
    problem: str | None
    rows: tuple[Row, ...]
    gone: tuple[int, ...]  # PMIDs on this page that are no longer here
    total: int
    older: int | None  # page numbers
    newer: int | None
    selection: SelectionView | None


@never_cache
@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`show` is "", "unread" or "read", with a `tag`; `q` looks among them."""
    reader = reader_of(request)
    shown, tag = _choice(request.GET)
    query, problem = request.GET.get("q", "")[:MAX_CHARACTERS].strip(), None
    pmids = _saved(reader, shown, tag)
    whole = len(pmids)
    if query and pmids:
        try:
            pmids = _among(reader, query, pmids)
        except IndexUnusable:
            problem = NO_INDEX
    chosen = Paginator(pmids, A_PAGE).get_page(request.GET.get("page"))
    here = list(chosen.object_list)
    kept = relations.get_many(here)
    page = SavedPage(
        parts=_parts(reader, shown, tag),
        tags=_tags(reader, shown, tag),
        show=shown,
        tag=tag,
        address=_address(shown, tag),
        query=query,
        problem=problem,
        rows=_rows(reader, [kept[pmid] for pmid in here if pmid in kept]),
        gone=tuple(pmid for pmid in here if pmid not in kept),
        total=len(pmids),
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
        selection=_selection(whole, [*filter(kept.get, here)], shown, tag),
    )
    return render(request, "readers/saved.html", {"page": page})


# Exempt, as it changes nothing.
@csrf_exempt
@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def export(request: HttpRequest) -> HttpResponseBase:
    """All that is saved, or what is ticked of it; parameters as of /export.

    With `show` and `tag` all is what the page with them lists.
    """
    given = parameters(request)
    format = format_of(given)
    if given.get("which") == "all":
        shown, tag = _choice(given)
        pmids = _saved(reader_of(request), shown, tag)
        return download(pmids, format, f"saved {tag}")
    return download(ticked(given), format, "saved-ticked")


def _choice(given: QueryDict) -> tuple[str, str]:
    """`show`, of SHOWS, and `tag`."""
    shown, tag = given.get("show", ""), given.get("tag", "").replace("\0", "")
    return shown if shown in SHOWS else "", tag[: tagging.LONGEST]


def _address(shown: str, tag: str) -> str:
    chosen = {"show": shown, "tag": tag}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"/saved?{query}" if query else "/saved"


def _rows(reader: Reader, kept: list[Kept]) -> tuple[Row, ...]:
    pmids = [each.article.pmid for each in kept]
    tags: dict[int, list[str]] = {pmid: [] for pmid in pmids}
    found = SavedTag.objects.filter(saved__reader=reader, saved__pmid__in=pmids)
    for pmid, name in found.values_list("saved__pmid", "name"):
        tags[pmid].append(name)
    return tuple(Row(each, ", ".join(tags[each.pmid])) for each in cards(kept))


def _saved(reader: Reader, shown: str, tag: str) -> list[int]:
    rows = reader.saved.all()
    if tag:
        rows = rows.filter(tags__name=tag)
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


def _parts(reader: Reader, shown: str, tag: str) -> tuple[Part, ...]:
    rows = reader.saved.filter(tags__name=tag) if tag else reader.saved.all()
    unread, whole = rows.filter(read_at=None).count(), rows.count()
    counts = {"": whole, "unread": unread, "read": whole - unread}
    return tuple(
        Part(
            name=name,
            count=counts[each],
            address=_address(each, tag),
            chosen=each == shown,
        )
        for each, name in SHOWS.items()
    )


def _tags(reader: Reader, shown: str, tag: str) -> tuple[Part, ...]:
    """The chosen one leads back to all."""
    return tuple(
        Part(name, count, _address(shown, "" if name == tag else name), name == tag)
        for name, count in tagging.counts(reader)
    )


def _selection(
    total: int, here: list[int], shown: str, tag: str
) -> SelectionView | None:
    """The form that downloads them; None where there is nothing on the page."""
    if not here:
        return None
    listed = "these" if shown or tag else "saved"
    whole = f"All {total:,} {listed} articles" if total > 1 else "The saved article"
    return selection(
        "/saved/export",
        f"saved {shown} {tag}".strip(),
        here,
        whole=whole,
        complete=total == len(here),
        fields=(("show", shown), ("tag", tag)),
    )
