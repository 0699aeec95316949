"""What moderators see at /moderation: the contract of its templates.

They see public notes alone, as they were typed; what is private is nobody's to see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from ownjournal.notes import seeing
from ownjournal.notes.models import Kind, Note, Visibility
from ownjournal.notes.moderation.models import Ban, Decision, Report
from ownjournal.notes.moderation.places import place_of
from ownjournal.notes.moderation.standing import reported
from ownjournal.notes.signing import WITH_AUTHORS, byline

A_PAGE = 20
SHOWS = {
    "reported": "Reported",
    "newest": "Newest",
    "hidden": "Hidden",
    "pinned": "Pinned",
    "banned": "Banned",
    "record": "Record",
}
BUTTONS = {
    Decision.Deed.KEEP: "Let it stand",
    Decision.Deed.HIDE: "Hide it",
    Decision.Deed.RESTORE: "Show it again",
    Decision.Deed.PIN: "Pin it",
    Decision.Deed.UNPIN: "Take the pin off",
    Decision.Deed.BAN: "Ban its author",
}


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report that waits."""

    reason: str
    text: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueNote:
    """One public note with what can be decided about it."""

    id: int
    kind: str
    text: str  # as typed
    byline: str
    address: str
    at: datetime
    marks: tuple[str, ...]  # "Hidden", "Pinned" …
    reports: tuple[ReportView, ...]
    buttons: tuple[tuple[str, str], ...]  # deed and name


@dataclass(frozen=True, slots=True)
class BannedView:
    """A reader who may not publish."""

    reader: int
    byline: str
    since: datetime
    why: str | None


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the record."""

    at: datetime
    by: str
    told: str  # "hid the note"
    note: int | None
    why: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Everything moderation/queue.html may use; of the lists one is filled."""

    show: str  # of SHOWS
    tabs: tuple[tuple[str, str, int | None], ...]  # code, name, how many
    notes: tuple[QueueNote, ...]
    banned: tuple[BannedView, ...]
    lines: tuple[LineView, ...]
    newer: int | None  # page numbers
    older: int | None


@dataclass(frozen=True, slots=True)
class NotePage:
    """Everything moderation/note.html may use."""

    note: QueueNote
    lines: tuple[LineView, ...]  # what was decided about it before
    problem: str | None
    why: str  # as typed


def queue_page(show: str, number: str | None) -> QueuePage:
    """A page of one list."""
    chosen: Page[Any] = Paginator(_rows(show), A_PAGE).get_page(number)
    rows = list(chosen.object_list)
    is_notes = show not in ("banned", "record")
    return QueuePage(
        show=show,
        tabs=tuple(_tabs()),
        notes=tuple(_notes(rows)) if is_notes else (),
        banned=tuple(map(_banned, rows)) if show == "banned" else (),
        lines=tuple(map(_line, rows)) if show == "record" else (),
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
        older=chosen.next_page_number() if chosen.has_next() else None,
    )


def note_page(
    note_id: int, *, problem: str | None = None, why: str = ""
) -> NotePage | None:
    """The page of one public note; None where there is none."""
    note = _public().filter(pk=note_id).first()
    if note is None:
        return None
    decisions = Decision.objects.filter(note=note_id).select_related("by__signature")
    [view] = _notes([note])
    return NotePage(view, tuple(map(_line, decisions)), problem, why)


def _public() -> QuerySet[Note]:
    """Public notes, hidden ones too."""
    rows = seeing.kept().filter(visibility=Visibility.PUBLIC)
    return rows.select_related(*WITH_AUTHORS, "author__ban")


def _rows(show: str) -> QuerySet[Any]:
    notes = _public().order_by("-created_at", "-id")
    if show == "banned":
        return Ban.objects.select_related("reader__signature").order_by("-since_at")
    if show == "record":
        return Decision.objects.select_related("by__signature")
    if show == "reported":  # what waits longest first
        return notes.filter(reported()).order_by("created_at", "id")
    if show == "hidden":
        return notes.exclude(hidden_at=None).order_by("-hidden_at")
    return notes.exclude(pinned_at=None) if show == "pinned" else notes


def _tabs() -> Iterator[tuple[str, str, int | None]]:
    waiting = Report.objects.filter(
        settled_at=None, note__visibility=Visibility.PUBLIC, note__deleted_at=None
    )
    number = waiting.aggregate(n=Count("note", distinct=True))["n"]
    for code, name in SHOWS.items():
        yield code, name, number if code == "reported" else None


def _notes(rows: Iterable[Note]) -> Iterator[QueueNote]:
    rows = list(rows)
    waiting = Report.objects.filter(Q(note__in=rows), settled_at=None)
    for note in rows:
        reports = tuple(_report(each) for each in waiting if each.note_id == note.pk)
        yield QueueNote(
            id=note.pk,
            kind=note.get_kind_display(),
            text=note.text,
            byline=str(byline(note.author)),
            address=place_of(note),
            at=note.created_at,
            marks=tuple(_marks(note)),
            reports=reports,
            buttons=tuple(_buttons(note, bool(reports))),
        )


def _report(row: Report) -> ReportView:
    by = "a visitor" if row.reader_id is None else "a reader"
    return ReportView(row.get_reason_display(), row.text, by, row.reported_at)


def _is_banned(note: Note) -> bool:
    return note.author is not None and hasattr(note.author, "ban")


def _marks(note: Note) -> Iterator[str]:
    if note.hidden_at is not None:
        yield "Hidden"
    if note.pinned_at is not None:
        yield "Pinned"
    if note.outdated_at is not None:
        yield "May be outdated"
    if _is_banned(note):
        yield "Its author is banned"


def _buttons(note: Note, is_reported: bool) -> Iterator[tuple[str, str]]:
    deed = Decision.Deed
    possible = {
        deed.KEEP: is_reported,
        deed.HIDE: note.hidden_at is None,
        deed.RESTORE: note.hidden_at is not None,
        deed.PIN: note.pinned_at is None
        and note.hidden_at is None
        and note.kind != Kind.COMMENT
        and note.pmid is not None,
        deed.UNPIN: note.pinned_at is not None,
        deed.BAN: note.author is not None
        and not note.author.is_operator
        and not _is_banned(note),
    }
    for each, is_possible in possible.items():
        if is_possible:
            yield each.value, BUTTONS[each]


def _banned(ban: Ban) -> BannedView:
    lines = Decision.objects.filter(about=ban.reader_id, deed=Decision.Deed.BAN)
    last = lines.first()
    why = last.why if last is not None else None
    return BannedView(ban.reader_id, str(byline(ban.reader)), ban.since_at, why)


def _line(row: Decision) -> LineView:
    by = str(byline(row.by)) if row.by is not None else "A former moderator"
    return LineView(row.at, by, row.get_deed_display(), row.note, row.why)
