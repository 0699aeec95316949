"""A note as it would be shown, with what its writer should know before posting."""

import dataclasses
from dataclasses import dataclass

from django.utils import timezone

from ownjournal.notes.checking import readable
from ownjournal.notes.dialect import DIALECT
from ownjournal.notes.dialect import Warning as DialectWarning
from ownjournal.notes.kinds import LIMITS, kind_of
from ownjournal.notes.models import Note, Visibility
from ownjournal.notes.note_view import NoteView, note_view
from ownjournal.notes.posting import default_audience, review_day
from ownjournal.notes.signing import Byline, signature_of
from ownjournal.notes.subjects import Subject
from ownjournal.notes.typed import Typed, parted
from ownjournal.readers.models import Reader


@dataclass(frozen=True, slots=True)
class PreviewView:
    """Everything notes/preview.html may use."""

    note: NoteView
    warnings: tuple[DialectWarning, ...]  # line, message
    over: int | None  # characters too many


def preview(reader: Reader | None, subject: Subject, typed: Typed) -> PreviewView:
    """The note, not kept, however long it is. Raises Refused if it cannot be read."""
    read = readable(typed)
    now = timezone.now()
    visibility, group = parted(_audience(reader, typed))
    note = Note(
        author=reader,
        **subject.columns,
        kind=typed.kind,
        text=typed.text,
        dialect=DIALECT,
        visibility=visibility,
        group=group,
        conflict_of_interest=typed.conflict,
        created_at=now,
        review_on=review_day(now),
    )
    if typed.licence:
        note.licence = typed.licence
    over = read.length - LIMITS[kind_of(typed.kind)]
    view = note_view(note, reader)
    if reader is None or not signature_of(reader).name:
        signed = Byline(typed.name or "You", None, None, None)
        view = dataclasses.replace(view, byline=signed)
    return PreviewView(
        note=view,
        warnings=read.warnings,
        over=over if over > 0 else None,
    )


def _audience(reader: Reader | None, typed: Typed) -> str:
    if typed.audience is not None:
        return typed.audience
    if reader is None:
        return Visibility.PRIVATE
    return default_audience(reader, signature_of(reader))
