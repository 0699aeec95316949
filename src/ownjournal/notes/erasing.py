"""Erase what was deleted, for good, once nobody can want it back."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ownjournal.notes.editing import ERASED_AFTER
from ownjournal.notes.models import GoneNote, Note


def erase_deleted(now: datetime) -> int:
    """Erase notes that `undo` has no more, with all that goes with them.

    Returns how many. SQLite is told to overwrite what they leave in its pages.
    """
    rows = Note.objects.filter(deleted_at__lte=now - ERASED_AFTER)
    if not rows.exists():
        return 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
    with transaction.atomic():
        count = rows.count()
        rows.delete()
    return count


def remember_number(sender: type[Note], instance: Note, **_: Any) -> None:
    """Whatever erases a note, its address says so. For `post_delete`."""
    GoneNote.objects.get_or_create(number=instance.pk)
