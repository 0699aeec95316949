"""Lists of collections: /collections of public ones, /collections/mine of one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ownjournal.collections import addresses, curating, seeing
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.following import FollowedLine, followed
from ownjournal.collections.models import (
    Collected,
    Collection,
    CuratorInvitation,
    Suggestion,
    Visibility,
)
from ownjournal.collections.page import names
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader

A_PAGE = 30  # collections
LONGEST_QUERY = 100  # characters
SHORT = {
    Visibility.PRIVATE: "Private",
    Visibility.GROUP: "Group",
    Visibility.LINK: "With a link",
    Visibility.PUBLIC: "Public",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A collection in a list."""

    title: str
    address: str
    curators: str
    count: int
    updated_on: date
    visibility: str  # "Private"
    suggested: int  # articles that wait for a curator


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """Everything collections/directory.html may use."""

    query: str
    lines: tuple[Line, ...]
    total: int
    older: int | None  # page numbers
    newer: int | None


@dataclass(frozen=True, slots=True)
class Invited:
    """A collection that the reader is asked to keep with others."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class MinePage:
    """Everything collections/mine.html may use."""

    saved: int  # articles
    lines: tuple[Line, ...]  # that she keeps
    shared: tuple[Line, ...]  # of her groups, kept by others
    followed: tuple[FollowedLine, ...]
    invited: tuple[Invited, ...]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Public ones, the last changed first; `q` looks in titles, `page` is from 1."""
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())
    query = query[:LONGEST_QUERY]
    rows = seeing.public()
    for word in query.split():
        rows = rows.filter(title__icontains=word)
    chosen = Paginator(_counted(rows), A_PAGE).get_page(request.GET.get("page"))
    page = DirectoryPage(
        query=query,
        lines=_lines(chosen.object_list),
        total=chosen.paginator.count,
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
    )
    return render(request, "collections/directory.html", {"page": page})


@never_cache
@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Saved articles first, then what the reader keeps, then what her groups share."""
    reader = reader_of(request)
    kept = seeing.kept_by(reader)
    filled = seeing.filled_by(reader).exclude(pk__in=kept.values("pk"))
    page = MinePage(
        saved=reader.saved.count(),
        lines=_lines(_counted(kept)),
        shared=_lines(_counted(filled)),
        followed=followed(reader),
        invited=_invited(reader),
    )
    return render(request, "collections/mine.html", {"page": page})


@signed_in
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A new one with a `title`, to be filled on the page that follows."""
    try:
        collection = curating.make(
            reader_of(request), request.POST.get("title", ""), timezone.now()
        )
    except CannotArrange as problem:
        messages.warning(request, str(problem))
        return redirect("collections:mine")
    return redirect(f"{addresses.start_of(collection)}/edit")


def _counted(rows: QuerySet[Collection]) -> QuerySet[Collection]:
    """With how many articles and suggestions; no join multiplies what is counted."""
    counted: QuerySet[Collection] = rows.annotate(
        count=_count_of(Collected), suggested=_count_of(Suggestion)
    )
    return counted.prefetch_related("curators").order_by("-updated_at", "-pk")


def _count_of(model: type[Collected] | type[Suggestion]) -> Coalesce:
    rows = model._default_manager.filter(collection=OuterRef("pk")).order_by()
    counts = rows.values("collection").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def _lines(rows: Iterable[Collection]) -> tuple[Line, ...]:
    return tuple(
        Line(
            title=each.title,
            address=addresses.path_of(each),
            curators=names(each),
            count=vars(each)["count"],
            updated_on=each.updated_at.date(),
            visibility=SHORT[Visibility(each.visibility)],
            suggested=vars(each)["suggested"],
        )
        for each in rows
    )


def _invited(reader: Reader) -> tuple[Invited, ...]:
    rows = CuratorInvitation.objects.filter(
        address=reader.email, expires_at__gt=timezone.now()
    )
    return tuple(
        Invited(
            each.collection.title,
            f"/collections/invitations/{each.pk}-{each.token()}",
        )
        for each in rows.select_related("collection")
    )
