"""A collection to whoever may see it: its page, its history, its articles as files."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.catalogue.downloads import (
    download,
    format_of,
    parameters,
    says_why,
    ticked,
)
from ownjournal.catalogue.titles import titles_by_pmid
from ownjournal.collections import addresses, following, history, order, reads, seeing
from ownjournal.collections.models import Change, Collection
from ownjournal.collections.page import collection_page
from ownjournal.readers.models import Reader

CHANGES = 50  # on a page


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that was done."""

    on: date
    what: str  # "Added"
    by: str | None  # a curator's name
    pmid: int | None
    title: str | None  # of the article, plain
    detail: str | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Everything collections/history.html may use."""

    title: str
    address: str
    lines: tuple[ChangeLine, ...]
    older: int | None  # page numbers
    newer: int | None


@never_cache
@require_safe
def show(
    request: HttpRequest, number: str, slug: str = "", token: str | None = None
) -> HttpResponse:
    """The page; an old slug leads to the one in use. `page` is from 1."""
    collection = _seen(request, number, token)
    right = addresses.slug_of(collection.title)
    if slug != right:
        start = addresses.start_of(collection, by_link=token is not None)
        return redirect(f"{start}/{right}", permanent=True)
    fills = seeing.fills(request.user, collection)
    if not fills:
        reads.count(request, collection, timezone.now().date())
        following.opened(request.user, collection, timezone.now())
    page = collection_page(
        collection,
        request.GET.get("page"),
        by_link=token is not None,
        keeps=seeing.keeps(request.user, collection),
        fills=fills,
        follows=following.follows(request.user, collection),
    )
    return render(request, "collections/collection.html", {"page": page})


@never_cache
@require_safe
def changes(
    request: HttpRequest, number: str, token: str | None = None
) -> HttpResponse:
    """What was done to it, the last first; `page` is from 1."""
    collection = _seen(request, number, token)
    rows = collection.changes.exclude(what__in=history.SILENT)
    chosen = Paginator(rows, CHANGES).get_page(request.GET.get("page"))
    start = addresses.start_of(collection, by_link=token is not None)
    page = HistoryPage(
        title=collection.title,
        address=f"{start}/{addresses.slug_of(collection.title)}",
        lines=_lines(collection, list(chosen.object_list)),
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
    )
    return render(request, "collections/history.html", {"page": page})


# Exempt, as it changes nothing.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def export(
    request: HttpRequest, number: str, token: str | None = None
) -> HttpResponseBase:
    """All of it in its order, or what is ticked; parameters as of /export."""
    collection = _seen(request, number, token)
    given = parameters(request)
    format = format_of(given)
    whole = given.get("which", "all") == "all"
    pmids = order.pmids(collection) if whole else ticked(given)
    return download(pmids, format, f"collection-{collection.title}")


def _seen(request: HttpRequest, number: str, token: str | None) -> Collection:
    """By its link or by who asks. Raises Http404."""
    if token is None:
        return seeing.seen_or_404(request, int(number))
    found = addresses.by_link(int(number), token)
    if found is None:
        raise Http404
    return found


def _lines(collection: Collection, rows: list[Change]) -> tuple[ChangeLine, ...]:
    names = {each.reader_id: str(each) for each in collection.curators.all()}
    titles = titles_by_pmid(row.pmid for row in rows if row.pmid is not None)
    return tuple(
        ChangeLine(
            on=row.at.date(),
            what=history.WORDS.get(row.what, row.what),
            by=names.get(row.by_id or 0),
            pmid=row.pmid,
            title=titles[row.pmid] if row.pmid is not None else None,
            detail=row.detail,
        )
        for row in rows
    )


def subject(number: int, reader: Reader | None) -> tuple[str, str] | None:
    """Path and title of a collection that this reader, or a visitor, may see."""
    found = seeing.visible_to(reader).filter(pk=number).first()
    return None if found is None else (addresses.path_of(found), found.title)
