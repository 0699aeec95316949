"""Pages of notes: /notes/ID, its history, and /notes/newest."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ownjournal.notes import seeing
from ownjournal.notes.edit_views import not_there
from ownjournal.notes.models import Kind, Note, Version, Visibility
from ownjournal.notes.note_view import NoteView, note_html, note_view, note_views
from ownjournal.notes.signing import WITH_AUTHORS
from ownjournal.notes.subjects import Subject, reader_or_none, subject_of, subjects_of
from ownjournal.notes.views import page_number
from ownjournal.readers.models import Reader

NEWEST = 30  # on a page


@dataclass(frozen=True, slots=True)
class NotePage:
    """Everything notes/note_page.html may use."""

    note: NoteView
    subject: Subject | None
    description: str  # the beginning of a public note, for search machines
    is_public: bool


@dataclass(frozen=True, slots=True)
class VersionView:
    """What a note said before."""

    number: int  # from 1
    kind_name: str
    html: SafeString
    until: datetime


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Everything notes/history.html may use."""

    note: NoteView
    subject: Subject | None
    versions: tuple[VersionView, ...]  # the last first
    some_unseen: bool  # while fewer people could see the note


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind that can be looked at alone."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class NewestPage:
    """Everything notes/newest.html may use."""

    kind: str  # "pearls"
    tabs: tuple[Tab, ...]
    notes: tuple[NoteView, ...]
    earlier: str | None  # address of the page before this one
    later: str | None


PLURALS = {Kind.PEARL: "pearls", Kind.SUMMARY: "summaries", Kind.COMMENT: "comments"}


@never_cache
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One note, at its lasting address; 410 once it is deleted."""
    reader = reader_or_none(request)
    note = _seen(int(number), reader)
    if note is None:
        return not_there(request, int(number), reader)
    subject, is_public = subject_of(note, reader), note.visibility == Visibility.PUBLIC
    page = NotePage(
        note=note_view(note, reader),
        subject=subject,
        description=" ".join(note.text.split())[:150] if is_public else "",
        is_public=is_public and note.hidden_at is None,
    )
    return render(request, "notes/note_page.html", {"page": page})


@never_cache
@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    """What it said before, as far as those who look could see it then."""
    reader = reader_or_none(request)
    note = _seen(int(number), reader)
    if note is None:
        return not_there(request, int(number), reader)
    versions = list(note.versions.order_by("-number"))
    seen = [each for each in versions if _may_see(each, note, reader)]
    page = HistoryPage(
        note=note_view(note, reader),
        subject=subject_of(note, reader),
        versions=tuple(_version(each, place) for place, each in _numbered(seen)),
        some_unseen=len(seen) < len(versions),
    )
    return render(request, "notes/history.html", {"page": page})


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """Public pearls, or another kind with `?kind=`, the newest first."""
    told = request.GET.get("kind", "")
    kind = Kind(told) if told in Kind.values else Kind.PEARL
    number = page_number(request)
    start = (number - 1) * NEWEST
    rows = seeing.public().filter(kind=kind).order_by("-created_at", "-pk")
    found = list(rows.select_related(*WITH_AUTHORS)[start : start + NEWEST + 1])
    notes, reader = found[:NEWEST], reader_or_none(request)
    subjects = subjects_of(notes, None)
    seen = [note for note in notes if subjects[note.pk] is not None]
    page = NewestPage(
        kind=PLURALS[kind],
        tabs=tuple(
            Tab(name.capitalize(), _newest(each), each == kind)
            for each, name in PLURALS.items()
        ),
        notes=note_views(seen, reader, subjects),
        earlier=_newest(kind, number - 1) if number > 1 else None,
        later=_newest(kind, number + 1) if len(found) > NEWEST else None,
    )
    return render(request, "notes/newest.html", {"page": page})


def _newest(kind: Kind, number: int = 1) -> str:
    wishes = [f"kind={kind.value}"] if kind != Kind.PEARL else []
    wishes += [f"page={number}"] if number > 1 else []
    return "/notes/newest" + ("?" + "&".join(wishes) if wishes else "")


def _seen(number: int, reader: Reader | None) -> Note | None:
    """The note, if the reader may see it, and the collection that it may be about."""
    rows = seeing.visible_to(reader).select_related(*WITH_AUTHORS)
    note = rows.filter(pk=number).first()
    if note is None or note.collection is None:
        return note
    is_mine = reader is not None and note.author_id == reader.pk
    return note if is_mine or subject_of(note, reader) else None


def _may_see(version: Version, note: Note, reader: Reader | None) -> bool:
    """The author sees all; others what was for as many as the note is now."""
    if reader is not None and note.author_id == reader.pk:
        return True
    if version.visibility == Visibility.PUBLIC:
        return True
    same_group = version.group is not None and version.group == note.group
    return version.visibility == note.visibility == Visibility.GROUP and same_group


def _numbered(versions: list[Version]) -> list[tuple[int, Version]]:
    """The last first; the first text has number 1."""
    return [(len(versions) - place, each) for place, each in enumerate(versions)]


def _version(version: Version, number: int) -> VersionView:
    prefix = f"note-{version.note_id}-version-{number}"
    return VersionView(
        number=number,
        kind_name=Kind(version.kind).label,
        html=note_html(version.text, version.kind, version.dialect, prefix),
        until=version.replaced_at,
    )
