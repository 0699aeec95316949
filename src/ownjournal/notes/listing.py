"""The notes about one thing: the contract of notes/notes.html, for slots of pages."""

from dataclasses import dataclass

from django.utils import timezone

from ownjournal.notes import seeing
from ownjournal.notes.box import BoxView, box
from ownjournal.notes.editing import lately_deleted
from ownjournal.notes.models import Note
from ownjournal.notes.note_view import NoteView, note_views
from ownjournal.notes.signing import WITH_AUTHORS
from ownjournal.notes.subjects import Subject
from ownjournal.readers.models import Reader

SHOWN = 20  # notes on the page of what they are about
ON_A_PAGE = 50  # of all notes


@dataclass(frozen=True, slots=True)
class NotesView:
    """Everything notes/notes.html may use, and notes/rating.html."""

    pmid: int | None  # None for a collection
    notes: tuple[NoteView, ...]
    all_notes: str | None  # where the others are, if there are more
    box: BoxView | None  # None where no note is taken
    deleted: tuple[int, ...]  # the reader's own that can be had back
    subject: Subject


def notes_view(subject: Subject, reader: Reader | None) -> NotesView:
    """The notes that this reader may see, and the box; the oldest note first."""
    notes = notes_about(subject, reader, 0, SHOWN + 1)
    return NotesView(
        pmid=subject.pmid,
        notes=note_views(notes[:SHOWN], reader),
        all_notes=subject.box if len(notes) > SHOWN else None,
        box=box(reader, subject) if subject.takes_notes else None,
        deleted=deleted_about(subject, reader),
        subject=subject,
    )


def notes_about(
    subject: Subject, reader: Reader | None, start: int, end: int
) -> list[Note]:
    """Some of them, with their authors, in one query."""
    rows = seeing.visible_to(reader).filter(**_column(subject))
    return list(rows.select_related(*WITH_AUTHORS)[start:end])


def deleted_about(subject: Subject, reader: Reader | None) -> tuple[int, ...]:
    """The reader's own notes about it that can be had back."""
    if reader is None:
        return ()
    rows = lately_deleted(reader, timezone.now()).filter(**_column(subject))
    return tuple(rows.values_list("pk", flat=True))


def _column(subject: Subject) -> dict[str, int]:
    """The one column that names it, so that an index serves the query."""
    if subject.pmid is not None:
        return {"pmid": subject.pmid}
    return {"collection": subject.collection or 0}
