"""/notes: a reader's own notes and drafts, searched and by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ownjournal.notes.box import Choice, DraftView, draft_view
from ownjournal.notes.editing import lately_deleted
from ownjournal.notes.models import Draft, Kind, Note, Visibility
from ownjournal.notes.note_view import NoteView, note_views
from ownjournal.notes.signing import WITH_AUTHORS
from ownjournal.notes.subjects import subjects_of
from ownjournal.notes.typed import storable
from ownjournal.notes.views import page_number
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader

ON_A_PAGE = 30
LONGEST_QUERY = 200  # characters
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class MinePage:
    """Everything notes/mine.html may use."""

    query: str
    kinds: tuple[Choice, ...]
    audiences: tuple[Choice, ...]
    total: int  # as asked for
    is_narrowed: bool
    notes: tuple[NoteView, ...]  # the newest first
    drafts: tuple[DraftView, ...]
    deleted: tuple[int, ...]  # that can be had back
    earlier: str | None  # address of the page before this one
    later: str | None


@never_cache
@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`q` is words that must all be there, `kind` and `seen` narrow further."""
    reader, number = reader_of(request), page_number(request)
    wishes = {
        "q": storable(request.GET.get("q", "").strip())[:LONGEST_QUERY],
        "kind": _one_of(request, "kind", Kind.values),
        "seen": _one_of(request, "seen", Visibility.values),
    }
    rows = _found(reader, wishes)
    start, total = (number - 1) * ON_A_PAGE, rows.count()
    notes = list(rows.select_related(*WITH_AUTHORS)[start : start + ON_A_PAGE])
    more = start + len(notes) < total
    page = MinePage(
        query=wishes["q"],
        kinds=_choices(Kind.choices, wishes["kind"], "All kinds"),
        audiences=_choices(Visibility.choices, wishes["seen"], "Whoever sees them"),
        total=total,
        is_narrowed=any(wishes.values()),
        notes=note_views(notes, reader, subjects_of(notes, reader)),
        drafts=_drafts(reader.note_drafts.all()),
        deleted=tuple(
            lately_deleted(reader, timezone.now()).values_list("pk", flat=True)
        ),
        earlier=_address(wishes, number - 1) if number > 1 else None,
        later=_address(wishes, number + 1) if more else None,
    )
    return render(request, "notes/mine.html", {"page": page})


def _found(reader: Reader, wishes: dict[str, str]) -> "QuerySet[Note]":
    rows = Note.objects.filter(author=reader, deleted_at=None)
    for word in wishes["q"].split()[:MOST_WORDS]:
        rows = rows.filter(Q(text__icontains=word))
    if wishes["kind"]:
        rows = rows.filter(kind=wishes["kind"])
    if wishes["seen"]:
        rows = rows.filter(visibility=wishes["seen"])
    return rows.order_by("-created_at", "-pk")


def _drafts(rows: "QuerySet[Draft]") -> tuple[DraftView, ...]:
    return tuple(draft_view(each, _box_of(each)) for each in rows)


def _box_of(draft: Draft) -> str:
    if draft.note_id is not None:
        return f"/notes/{draft.note_id}/edit"
    if draft.pmid is not None:
        return f"/articles/{draft.pmid}/notes"
    return f"/collections/{draft.collection}/notes"


def _one_of(request: HttpRequest, name: str, known: Sequence[str]) -> str:
    value = request.GET.get(name, "")
    return value if value in known else ""


def _choices(
    known: Sequence[tuple[str, str]], chosen: str, everything: str
) -> tuple[Choice, ...]:
    named = [("", everything), *known]
    return tuple(Choice(code, name, code == chosen) for code, name in named)


def _address(wishes: dict[str, str], number: int) -> str:
    told = {name: value for name, value in wishes.items() if value}
    return "/notes?" + urlencode({**told, "page": number})
