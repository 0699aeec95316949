"""Edit a note, delete it, take that back: by its author alone.

An edit says which text it began with, so that of two tabs the second is shown both
texts and loses none. What the note said before is kept as a version. A deleted note
is out of every list at once; for a minute its author can have it back, then the
worker erases it with its versions and drafts (`erasing`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from ownjournal.notes import drafts, posting
from ownjournal.notes.checking import checked
from ownjournal.notes.dialect import DIALECT
from ownjournal.notes.models import Note, Version
from ownjournal.notes.pictures.copying import copy
from ownjournal.notes.posting import Saved
from ownjournal.notes.signing import signature_of
from ownjournal.notes.typed import Typed, audience_of
from ownjournal.readers.models import Reader

UNDO = timedelta(minutes=1)
LATE = timedelta(seconds=15)  # that a click may be on its way
ERASED_AFTER = UNDO + 2 * LATE  # so that nothing is had back while it is erased


class Conflict(Exception):
    """The note was saved by another tab meanwhile; `note` is as it is now."""

    def __init__(self, note: Note) -> None:
        super().__init__()
        self.note = note


class Gone(Exception):
    """The note was deleted meanwhile; `note` can still be had back, if not None."""

    def __init__(self, note: Note | None) -> None:
        super().__init__()
        self.note = note


def edit(reader: Reader, note: Note, typed: Typed, now: datetime) -> Saved:
    """Save the note as typed. Raises Refused, Conflict, Gone."""
    checked(typed)
    signature = signature_of(reader)
    visibility, group = posting.audience(reader, _with_audience(typed, note), signature)
    name = posting.signed_by(signature, typed, visibility)
    posting.may_write(reader, now)
    text, problems = copy(reader, typed.text, now)
    values = {
        "kind": typed.kind,
        "text": text,
        "visibility": visibility,
        "group": group,
        "conflict_of_interest": typed.conflict,
        "licence": typed.licence or note.licence,
        "dialect": DIALECT,
        "review_on": posting.review_day(now),
    }
    says_else = (typed.kind, text) != (note.kind, note.text)
    if says_else:
        values |= {"edited_at": now, "outdated_at": None, "outdated_because": None}
    with transaction.atomic():
        rows = Note.objects.filter(pk=note.pk, deleted_at=None)
        began_with = rows.filter(edits=-1 if typed.base is None else typed.base)
        if not began_with.update(edits=F("edits") + 1, **values):
            raise _what_happened(note)
        if says_else:
            _keep_version(note, now)
        posting.remember(signature, name, visibility)
        drafts.discard(reader, typed.draft)
    return Saved(note, problems)


def delete(note: Note, now: datetime) -> None:
    """Out of every list; erased a minute later."""
    Note.objects.filter(pk=note.pk, deleted_at=None).update(deleted_at=now)


def undo(note: Note, now: datetime) -> bool:
    """Have a deleted note back; False where it is too late."""
    rows = Note.objects.filter(pk=note.pk, deleted_at__gt=now - UNDO - LATE)
    return bool(rows.update(deleted_at=None))


def lately_deleted(reader: Reader, now: datetime) -> "QuerySet[Note]":
    """The reader's notes that `undo` still has."""
    return Note.objects.filter(author=reader, deleted_at__gt=now - UNDO)


def _with_audience(typed: Typed, note: Note) -> Typed:
    """An edit that says nothing of who may see the note changes nothing of it."""
    if typed.audience is not None:
        return typed
    return Typed(audience=audience_of(note.visibility, note.group))


def _what_happened(note: Note) -> Conflict | Gone:
    """Why the note could not be saved."""
    now = Note.objects.filter(pk=note.pk).first()
    if now is None or now.deleted_at is not None:
        return Gone(now)
    return Conflict(now)


def _keep_version(before: Note, now: datetime) -> None:
    """What the note said until now, and to whom. `before` is as it was read."""
    Version.objects.create(
        note=before,
        number=before.edits,
        kind=before.kind,
        text=before.text,
        dialect=before.dialect,
        visibility=before.visibility,
        group=before.group,
        replaced_at=now,
    )
