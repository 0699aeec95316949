"""All that a reader said of articles: /interests/said, to see and to take back."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ownjournal.catalogue.titles import titles_by_pmid
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.responses import learned
from ownjournal.readers.responses.models import Response

A_PAGE = 50  # responses


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One article and what was said of it."""

    pmid: int
    title: str  # plain; "PMID 28706741" for one that is no longer here
    said: str  # "More like this"
    on: date  # by the reader's clock


@dataclass(frozen=True, slots=True)
class SaidPage:
    """Everything readers/said.html may use."""

    lines: tuple[SaidLine, ...]
    total: int
    older: int | None  # page numbers
    newer: int | None
    back: str  # the path of this page


@never_cache
@signed_in
@require_safe
def said(request: HttpRequest) -> HttpResponse:
    """The last said first; `page` is from 1."""
    reader = reader_of(request)
    pages = Paginator(reader.responses.all(), A_PAGE)
    chosen = pages.get_page(request.GET.get("page"))
    rows = list(chosen.object_list)
    titles = titles_by_pmid(row.pmid for row in rows)
    page = SaidPage(
        lines=tuple(
            SaidLine(
                pmid=row.pmid,
                title=titles[row.pmid],
                said=Response.Kind(row.kind).label,
                on=row.at.astimezone(ZoneInfo(reader.time_zone)).date(),
            )
            for row in rows
        ),
        total=pages.count,
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
        back=request.get_full_path(),
    )
    return render(request, "readers/said.html", {"page": page})


@signed_in
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Take back all that was said of articles of one interest, by its `key`."""
    learned.forget(reader_of(request), request.POST.get("key", ""), timezone.now())
    messages.success(request, "What was learnt from your answers is forgotten.")
    return redirect("readers:interests")
