"""Report a note: moderators are asked to look at it.

As long as a report waits, the note stands where it is and leads no article. So one
report never silences anybody, and no doubtful note is sent to other readers.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ownjournal.notes import seeing
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import LONGEST, Reason, Report
from ownjournal.readers.log.keeping import clean
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters

MOST_OPEN = 50  # reports of one note; more say nothing new


class CannotReport(ValueError):
    """With this reason, or this note; the message is a sentence."""


def reportable(note_id: int, reader: Reader | None) -> Note | None:
    """The public note of somebody else with this id."""
    note = seeing.public().filter(pk=note_id).first()
    return None if note is None or _is_own(note, reader) else note


def _is_own(note: Note, reader: Reader | None) -> bool:
    return reader is not None and note.author_id == reader.pk


def report(
    note: Note, reader: Reader | None, reason: str, text: str, now: datetime
) -> None:
    """Keep the report of a reader, or of a visitor (None). Raises CannotReport.

    A reader's second report, while the first one waits, takes its place.
    """
    if reason not in Reason:
        raise CannotReport("Choose what is wrong with the note.")
    said = clean(text)
    if said is None and reason == Reason.OTHER:
        raise CannotReport("Say in a few words what is wrong with the note.")
    if said is not None and len(said) > LONGEST:
        raise CannotReport(f"A report has at most {LONGEST:,} characters.")
    facts = {"reason": reason, "text": said, "reported_at": now}
    waiting = Report.objects.filter(note=note, settled_at=None)
    with transaction.atomic():
        if reader is not None and waiting.filter(reader=reader).update(**facts):
            return
        before = waiting.count()
        if before < MOST_OPEN:
            Report.objects.create(note=note, reader=reader, **facts)
        if not before:
            _call_moderators(note, now)


def _call_moderators(note: Note, now: datetime) -> None:
    """One letter to each, for the first report that waits."""
    who = Reader.objects.filter(
        Q(is_operator=True) | Q(moderator__isnull=False), is_active=True
    )
    for reader in who:
        key = f"{note.pk} {now:%Y-%m-%dT%H:%M:%S} {reader.pk}"
        letters.put("note-reported", key, reader=reader, details={"note": note.pk})
