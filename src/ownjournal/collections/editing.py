"""Where a collection is kept: /collections/ID/edit and what is done there.

Articles are put in order and given lines by whoever may add to it; its title,
description, readers, curators and end are its curators' alone. Every button is a form
of its own that works without a script; arrange.js changes the order in place.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ownjournal.catalogue.titles import titles_by_pmid
from ownjournal.collections import addresses, arranging, order, seeing, suggesting
from ownjournal.collections.arranging import section_of
from ownjournal.collections.forms import done, number_of
from ownjournal.collections.models import Collected, Collection, Section
from ownjournal.readers.access import reader_of, signed_in

A_PAGE = 100  # articles
IN_PLACE = "X-In-Place"  # a header of arrange.js
HIGHEST = 6  # digits of a place


@dataclass(frozen=True, slots=True)
class EditRow:
    """An article to be put in its place."""

    pmid: int
    title: str  # plain
    line: str  # "" without any
    place: int  # in its section
    section: int | None  # its id
    section_name: str | None
    first: bool  # of its section
    last: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A suggestion."""

    id: int
    pmid: int
    title: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class EditPage:
    """Everything collections/edit.html may use."""

    title: str
    address: str
    start: str  # what the paths of its forms begin with
    keeps: bool  # the reader is a curator
    rows: tuple[EditRow, ...]
    count: int
    sections: tuple[Section, ...]
    suggestions: tuple[Waiting, ...]
    older: int | None  # page numbers
    newer: int | None
    back: str


@never_cache
@signed_in
@require_safe
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Its articles in order, a hundred on a page."""
    reader = reader_of(request)
    collection = seeing.filled_or_404(reader, int(number))
    chosen = Paginator(order.in_order(collection), A_PAGE).get_page(
        request.GET.get("page")
    )
    page = EditPage(
        title=collection.title,
        address=addresses.path_of(collection),
        start=addresses.start_of(collection),
        keeps=seeing.keeps(reader, collection),
        rows=_rows(collection, list(chosen.object_list)),
        count=chosen.paginator.count,
        sections=tuple(collection.sections.all()),
        suggestions=_waiting(collection),
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
        back=request.get_full_path(),
    )
    return render(request, "collections/edit.html", {"page": page})


def _rows(collection: Collection, rows: list[Collected]) -> tuple[EditRow, ...]:
    titles = titles_by_pmid(row.pmid for row in rows)
    counts: dict[int | None, int] = {}
    for section_id in collection.articles.values_list("section_id", flat=True):
        counts[section_id] = counts.get(section_id, 0) + 1
    return tuple(
        EditRow(
            pmid=row.pmid,
            title=titles[row.pmid],
            line=row.line or "",
            place=row.position,
            section=row.section_id,
            section_name=row.section.name if row.section else None,
            first=row.position == 1,
            last=row.position == counts[row.section_id],
        )
        for row in rows
    )


def _waiting(collection: Collection) -> tuple[Waiting, ...]:
    rows = list(collection.suggestions.all())
    titles = titles_by_pmid(row.pmid for row in rows)
    return tuple(
        Waiting(row.pk, row.pmid, titles[row.pmid], row.reason) for row in rows
    )


@signed_in
@require_POST
def article(request: HttpRequest, number: str, pmid: str) -> HttpResponse:
    """Do something with one article: `do` is up, down, place, line or remove."""
    collection = seeing.filled_or_404(reader_of(request), int(number))
    row = collection.articles.filter(pmid=int(pmid)).first()
    if row is None:
        raise Http404
    deed = request.POST.get("do", "")
    changed = done(request, lambda: _change(request, collection, row, deed))
    if IN_PLACE in request.headers:
        return HttpResponse(status=204 if changed else 422)
    anchor = "" if deed == "remove" else f"#article-{pmid}"
    return redirect(_back(request, collection) + anchor)


def _change(
    request: HttpRequest, collection: Collection, row: Collected, deed: str
) -> None:
    """Raises CannotArrange, Http404."""
    reader, now = reader_of(request), timezone.now()
    if deed == "remove":
        arranging.remove(collection, row.pmid, now, by=reader)
    elif deed == "line":
        text = request.POST.get("line", "")
        arranging.say(collection, row.pmid, text, now, by=reader)
    elif deed in ("up", "down", "place"):
        section = row.section
        if deed == "place":
            section = section_of(collection, request.POST.get("section", ""))
        place = {"up": row.position - 1, "down": row.position + 1}.get(deed)
        arranging.move(
            collection,
            row.pmid,
            number_of(request.POST.get("place", ""), HIGHEST)
            if place is None
            else place,
            now,
            by=reader,
            section=section,
        )
    else:
        raise Http404


@signed_in
@require_POST
def sections(request: HttpRequest, number: str) -> HttpResponse:
    """Headings: `do` is add, rename, up, down or remove; `section` is an id."""
    reader, now = reader_of(request), timezone.now()
    collection = seeing.filled_or_404(reader, int(number))
    deed, name = request.POST.get("do", ""), request.POST.get("name", "")

    def change() -> None:
        if deed == "add":
            arranging.add_section(collection, name, now, by=reader)
            return
        section = section_of(collection, request.POST.get("section", ""))
        if section is None:
            raise Http404
        if deed == "rename":
            arranging.rename_section(collection, section, name, now, by=reader)
        elif deed in ("up", "down"):
            arranging.move_section(collection, section, -1 if deed == "up" else 1)
        elif deed == "remove":
            arranging.remove_section(collection, section, now, by=reader)
        else:
            raise Http404

    done(request, change)
    return redirect(_back(request, collection) + "#sections")


@signed_in
@require_POST
def suggestions(request: HttpRequest, number: str, suggestion: str) -> HttpResponse:
    """Take a suggested article (`do` is "take"), or do not."""
    reader = reader_of(request)
    collection = seeing.filled_or_404(reader, int(number))
    take_it = request.POST.get("do") == "take"
    done(
        request,
        lambda: suggesting.decide(
            collection, int(suggestion), take_it=take_it, by=reader, at=timezone.now()
        ),
    )
    return redirect(_back(request, collection) + "#suggestions")


@signed_in
@require_POST
def suggest(
    request: HttpRequest, number: str, token: str | None = None
) -> HttpResponse:
    """By any reader who sees it: `name` of an article, and a `reason`."""
    if token is None:
        collection = seeing.seen_or_404(request, int(number))
    else:
        found = addresses.by_link(int(number), token)
        if found is None:
            raise Http404
        collection = found
    name, reason = request.POST.get("name", ""), request.POST.get("reason", "")
    reader, now = reader_of(request), timezone.now()
    if done(
        request,
        lambda: suggesting.suggest(collection, reader, name, reason, now),
    ):
        messages.success(request, "Thank you. Its curators will look at it.")
    start = addresses.start_of(collection, by_link=token is not None)
    return redirect(f"{start}/{addresses.slug_of(collection.title)}")


def _back(request: HttpRequest, collection: Collection) -> str:
    """The page of the list that the form stood on."""
    page = number_of(request.POST.get("page", ""), HIGHEST)
    start = f"{addresses.start_of(collection)}/edit"
    return f"{start}?page={page}" if page else start
