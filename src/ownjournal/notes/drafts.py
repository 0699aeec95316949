"""What was typed and is not posted yet: kept until it is posted or thrown away.

A reader's drafts are rows, each tab's its own, so that none writes over another. A
visitor's text waits in the session while she signs in, and becomes a draft of hers
as she comes in.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ownjournal.notes.checking import Refused
from ownjournal.notes.kinds import LARGEST
from ownjournal.notes.models import Draft, Note
from ownjournal.notes.subjects import Subject
from ownjournal.notes.typed import Typed
from ownjournal.readers.accounts import sessions
from ownjournal.readers.models import Reader

MOST = 100  # drafts of one reader
WAITING = "notes that wait for signing in"  # in the session
MOST_WAITING = 5
FULL = f"You have {MOST} drafts. Post some, or throw them away, under My notes."


def of(reader: Reader, subject: Subject) -> Sequence[Draft]:
    """Drafts of new notes about this, the last first."""
    return tuple(reader.note_drafts.filter(note=None, **subject.columns))


def of_edit(reader: Reader, note: Note) -> Draft | None:
    """The last draft of an edit of this note."""
    return reader.note_drafts.filter(note=note).first()


def save(
    reader: Reader,
    subject: Subject,
    typed: Typed,
    now: datetime,
    *,
    note: Note | None = None,
) -> Draft | None:
    """Keep what is in the box; None where nothing is, and then no draft is left.

    Raises Refused for a text too large for any note, or one draft too many.
    """
    mine = reader.note_drafts.filter(pk=typed.draft or 0, note=note, **subject.columns)
    if not typed.text.strip():
        mine.delete()
        return None
    if len(typed.text.encode()) > LARGEST * 4:
        raise Refused("text", "This is too large to be kept as a draft.")
    values = {
        "kind": typed.kind,
        "text": typed.text,
        "audience": typed.audience,
        "base": typed.base,
        "saved_at": now,
    }
    if typed.draft is not None and mine.update(**values):
        return mine.get()
    if reader.note_drafts.count() >= MOST:
        raise Refused("text", FULL)
    return Draft.objects.create(reader=reader, note=note, **subject.columns, **values)


def discard(reader: Reader, draft: int | None) -> None:
    """Throw a draft of the reader's away, if it is there."""
    reader.note_drafts.filter(pk=draft or 0).delete()


def typed_of(draft: Draft) -> Typed:
    """A draft as the box had it."""
    return Typed(
        text=draft.text,
        kind=draft.kind,
        audience=draft.audience,
        draft=draft.pk,
        base=draft.base,
    )


def let_wait(
    request: HttpRequest, subject: Subject, typed: Typed, note: Note | None = None
) -> None:
    """Keep a visitor's text for the time of signing in."""
    waiting: list[dict[str, Any]] = request.session.get(WAITING, [])
    row = {
        **subject.columns,
        "note": note.pk if note is not None else None,
        "draft": typed.draft,
        "kind": typed.kind,
        "text": typed.text,
        "audience": typed.audience,
        "base": typed.base,
    }
    others = [each for each in waiting if not _goes_on(each, row)]
    request.session[WAITING] = [*others, row][-MOST_WAITING:]
    sessions.keep_briefly(request)


def take_over(sender: object, request: HttpRequest, user: Reader, **_: object) -> None:
    """At each signing in: what waited becomes drafts. For `user_logged_in`.

    What belongs to a note of somebody else is nobody's business here and is dropped.
    """
    waiting: list[dict[str, Any]] = request.session.pop(WAITING, [])
    now = timezone.now()
    for row in waiting:
        number, draft = row.pop("note"), row.pop("draft")
        note = Note.objects.filter(pk=number, author=user).first() if number else None
        if number is not None and note is None:
            continue
        values = {**row, "note": note, "saved_at": now}
        if not user.note_drafts.filter(pk=draft or 0, note=note).update(**values):
            Draft.objects.create(reader=user, **values)


def _goes_on(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a text that waits is the beginning of another in the same box."""
    same = all(before[each] == after[each] for each in ("pmid", "collection", "note"))
    return same and after["text"].startswith(before["text"])
