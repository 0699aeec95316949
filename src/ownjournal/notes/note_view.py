"""A note as a page shows it: the contract of notes/note.html."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ownjournal.notes.dialect import TooHard
from ownjournal.notes.models import Kind, Note, Visibility
from ownjournal.notes.reading import written
from ownjournal.notes.seeing import groups_of
from ownjournal.notes.signing import Byline, byline, licence_address
from ownjournal.notes.subjects import Subject
from ownjournal.readers.models import Reader

HEADING = 4  # of a summary's parts, below the note's own


@dataclass(frozen=True, slots=True)
class NoteView:
    """Everything notes/note.html may use, and what it includes: notes/note_marks.html.

    `note` is the row itself, for those parts; in a preview it is not kept and has no
    `pk`.
    """

    note: Note
    id: int | None  # None in a preview
    kind: str  # "pearl"
    kind_name: str  # "Pearl"
    html: SafeString
    byline: Byline
    on: date
    edited_on: date | None  # the day of the last edit of its text
    address: str | None  # of its own page
    audience: str | None  # who may see it, where that is not everybody: "Only you"
    conflict: str | None  # of interest, as its author said it
    licence: str | None  # of a public note
    licence_address: str | None
    outdated: str | None  # why it may be
    is_hidden: bool  # by a moderator: its author sees it, and nobody else
    is_mine: bool
    subject: Subject | None  # only where the page is not of what it is about


def note_view(
    note: Note,
    reader: Reader | None,
    *,
    subject: Subject | None = None,
    groups: Mapping[int, str] | None = None,
) -> NoteView:
    """The view for a reader who may see the note; None is a visitor.

    groups  names by id, where many notes are shown; looked up if not given
    """
    is_public = note.visibility == Visibility.PUBLIC
    return NoteView(
        note=note,
        id=note.pk,
        kind=note.kind,
        kind_name=Kind(note.kind).label,
        html=note_html(note.text, note.kind, note.dialect, f"note-{note.pk or 'new'}"),
        byline=byline(note.author),
        on=note.created_at.date(),
        edited_on=note.edited_at.date() if note.edited_at else None,
        address=f"/notes/{note.pk}" if note.pk else None,
        audience=_audience(note, reader, groups),
        conflict=note.conflict_of_interest,
        licence=note.licence if is_public else None,
        licence_address=licence_address(note.licence) if is_public else None,
        outdated=_outdated(note),
        is_hidden=note.hidden_at is not None,
        is_mine=reader is not None and note.author_id == reader.pk,
        subject=subject,
    )


def note_views(
    notes: Iterable[Note],
    reader: Reader | None,
    subjects: Mapping[int, Subject | None] | None = None,
) -> tuple[NoteView, ...]:
    """Views of many notes, in their order; `subjects` by the notes' ids."""
    notes = tuple(notes)
    shared = any(note.visibility == Visibility.GROUP for note in notes)
    groups = dict(groups_of(reader)) if reader is not None and shared else {}
    return tuple(
        note_view(note, reader, subject=(subjects or {}).get(note.pk), groups=groups)
        for note in notes
    )


def note_html(text: str, kind: str, dialect: int, prefix: str) -> SafeString:
    """The text as HTML, sanitised by the dialect; as typed where it cannot be read."""
    try:
        return mark_safe(written(text, kind, dialect).html(prefix, heading=HEADING))
    except TooHard:
        return SafeString(f"<p>{escape(text)}</p>")


def _audience(
    note: Note, reader: Reader | None, groups: Mapping[int, str] | None
) -> str | None:
    if note.visibility == Visibility.PUBLIC:
        return None
    if note.visibility == Visibility.PRIVATE:
        return "Only you"
    if groups is None:
        groups = dict(groups_of(reader)) if reader is not None else {}
    return groups.get(note.group or 0, "A group")


def _outdated(note: Note) -> str | None:
    if note.outdated_at is None:
        return None
    return note.outdated_because or "What it says may have changed since."
