"""Helpful marks: a reader says that a public note of another helped."""

from datetime import datetime

from django.db.models import Q, QuerySet

from ownjournal.notes import seeing
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import Helpful
from ownjournal.readers.models import Reader


class CannotMark(ValueError):
    """This note; the message is a sentence for the reader."""


def markable(reader: Reader) -> QuerySet[Note]:
    """Notes of which a reader may be told something: seen by her, or marked once."""
    seen = seeing.visible_to(reader).values("pk")
    marked = Helpful.objects.filter(reader=reader).values("note")
    return seeing.kept().filter(Q(pk__in=seen) | Q(pk__in=marked))


def mark(reader: Reader, note_id: int, now: datetime) -> None:
    """Say that it was helpful; again it changes nothing. Raises CannotMark."""
    note = seeing.public().filter(pk=note_id).first()
    if note is None:
        raise CannotMark("There is no such public note.")
    if note.author_id == reader.pk:
        raise CannotMark("Whether a note of yours is helpful is for others to say.")
    Helpful.objects.get_or_create(note=note, reader=reader, defaults={"marked_at": now})


def unmark(reader: Reader, note_id: int) -> None:
    """Take it back, also from a note that is public no longer."""
    Helpful.objects.filter(note=note_id, reader=reader).delete()
