"""/log: what the reader opened and read; changed, taken out, and taken along."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.log import chosen, document, keeping, table
from ownjournal.readers.log.chosen import Chosen, Totals
from ownjournal.readers.log.document import day_told
from ownjournal.readers.log.models import LONGEST, MOST_MINUTES, LogRow
from ownjournal.readers.models import Reader

ROWS_A_PAGE = 50
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class RowView:
    """A row in the list, or the one that is changed."""

    id: int
    pmid: int
    title: str
    deed: str  # "Read"
    day: str  # "30 November 2026"
    day_machine: str  # "2026-11-30"
    minutes: int | None
    reflection: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Everything log/log.html may use."""

    keeps: bool
    rows: tuple[RowView, ...]
    any: bool  # whether anything is in the log at all
    chosen: Chosen
    deeds: tuple[tuple[str, str], ...]  # code and name
    totals: Totals
    files: str  # parameters of the files of this choice
    year_files: str  # and of what was read within a year
    too_long: bool  # for a PDF
    older: str | None  # parameters of the page after this one
    newer: str | None


@dataclass(frozen=True, slots=True)
class RowPage:
    """Everything log/row.html may use."""

    row: RowView
    minutes: str  # as typed, or as it is
    reflection: str
    day: str
    most_minutes: int
    longest: int
    problem: str | None


@never_cache
@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The log, newest first, with what is asked for of it."""
    reader = reader_of(request)
    asked = chosen.read(request.GET)
    found = chosen.rows(reader, asked)
    pages = Paginator(found, ROWS_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    totals = chosen.totals(found)
    files = chosen.parameters(asked)

    def at(number: int) -> str:
        return f"{files}&page={number}" if files else f"page={number}"

    year = chosen.year_to(today(reader))
    page = LogPage(
        keeps=reader.keeps_log,
        rows=tuple(_view(row) for row in shown),
        any=bool(shown) or reader.log.exists(),
        chosen=asked,
        deeds=tuple((each.value, str(each.label)) for each in LogRow.Deed),
        totals=totals,
        files=files,
        year_files=f"{chosen.parameters(year)}&deed=read",
        too_long=totals.rows > document.MOST_ROWS,
        older=at(shown.next_page_number()) if shown.has_next() else None,
        newer=at(shown.previous_page_number()) if shown.has_previous() else None,
    )
    return render(request, "log/log.html", {"page": page})


def today(reader: Reader) -> date:
    """By the reader's clock."""
    return timezone.now().astimezone(ZoneInfo(reader.time_zone)).date()


def _view(row: LogRow) -> RowView:
    return RowView(
        id=row.pk,
        pmid=row.pmid,
        title=row.title,
        deed=row.get_deed_display(),
        day=day_told(row.done_on),
        day_machine=row.done_on.isoformat(),
        minutes=row.minutes,
        reflection=row.reflection,
        source=None if row.source == "page" else row.source,
    )


@signed_in
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Keep a log or none; `erase` takes away what there is."""
    wanted = request.POST.get("keep")
    erased = "erase" in request.POST
    reader = reader_of(request)
    keeps = reader.keeps_log if wanted is None else wanted == "yes"
    keeping.switch(reader, keeps, erase=erased)
    if erased:
        messages.success(request, "What was in the log is erased.")
    elif wanted is not None:
        said = "is kept from now on." if keeps else "is kept no longer."
        messages.success(request, f"Your reading log {said}")
    return redirect("readers:log")


@signed_in
@require_POST
def add(request: HttpRequest, pmid: str) -> HttpResponse:
    """Note that an article was read; then its row, to put down what it taught."""
    reader = reader_of(request)
    if not reader.keeps_log:
        messages.error(request, "Your reading log is switched off.")
        return redirect("readers:log")
    now, source = timezone.now(), keeping.source_of(request)
    row = keeping.record(reader, int(pmid), LogRow.Deed.READ, now, source=source)
    if row is None:
        raise Http404
    reader.saved.filter(pmid=row.pmid, read_at=None).update(read_at=now)
    return redirect("readers:log-row", row.pk)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, row_id: int) -> HttpResponse:
    """/log/N: minutes, day and reflection of one row."""
    row = get_object_or_404(LogRow, pk=row_id, reader=reader_of(request))
    if request.method != "POST":
        was = (str(row.minutes or ""), row.reflection or "", row.done_on.isoformat())
        return _row_page(request, row, *was, problem=None)
    typed = tuple(
        request.POST.get(name, "") for name in ("minutes", "reflection", "day")
    )
    minutes, reflection, day = typed
    problem = keeping.change(row, minutes, reflection, day)
    if problem is not None:
        return _row_page(request, row, minutes, reflection, day, problem=problem)
    messages.success(request, "It is in your log.")
    return redirect("readers:log")


def _row_page(
    request: HttpRequest,
    row: LogRow,
    minutes: str,
    reflection: str,
    day: str,
    *,
    problem: str | None,
) -> HttpResponse:
    page = RowPage(
        row=_view(row),
        minutes=minutes[:20],
        reflection=reflection,
        day=day[:20],
        most_minutes=MOST_MINUTES,
        longest=LONGEST,
        problem=problem,
    )
    status = UNPROCESSABLE if problem else 200
    return render(request, "log/row.html", {"page": page}, status=status)


@signed_in
@require_POST
def remove(request: HttpRequest, row_id: int) -> HttpResponse:
    get_object_or_404(LogRow, pk=row_id, reader=reader_of(request)).delete()
    messages.success(request, "It is out of your log.")
    return redirect("readers:log")


@never_cache
@signed_in
@require_safe
def as_table(request: HttpRequest) -> HttpResponseBase:
    """/log.csv: the rows chosen, as a stream."""
    found = chosen.rows(reader_of(request), chosen.read(request.GET))
    return StreamingHttpResponse(
        (line.encode() for line in table.write(found)),
        headers=_file("text/csv; charset=utf-8", "reading-log.csv"),
    )


@never_cache
@signed_in
@require_safe
def as_document(request: HttpRequest) -> HttpResponse:
    """/log.pdf: the record of the rows chosen."""
    reader = reader_of(request)
    asked = chosen.read(request.GET)
    found = chosen.rows(reader, asked)
    totals = chosen.totals(found)
    if totals.rows > document.MOST_ROWS:
        messages.error(
            request,
            f"A PDF holds {document.MOST_ROWS:,} rows at most; choose fewer days.",
        )
        return redirect("readers:log")
    heading = document.Heading(
        email=reader.email,
        period=_period(asked, totals, today(reader)),
        made_on=today(reader),
        totals=totals,
    )
    oldest_first = found.order_by("done_on", "at", "pk")
    made = document.document(heading, table.with_citations(oldest_first))
    return HttpResponse(made, headers=_file("application/pdf", "reading-record.pdf"))


def _period(asked: Chosen, totals: Totals, now: date) -> str:
    first = asked.first or totals.first or now
    last = asked.last or totals.last or now
    return f"{day_told(first)} to {day_told(last)}"


def _file(media_type: str, name: str) -> dict[str, str]:
    return {
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{name}"',
    }
