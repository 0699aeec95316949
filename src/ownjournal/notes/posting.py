"""Post a note: checked, counted against the limits, and signed.

Nothing is kept of a note that is refused; its text goes back into the box.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from ownjournal.notes import drafts
from ownjournal.notes.checking import TOO_MANY, Refused, checked
from ownjournal.notes.dialect import DIALECT
from ownjournal.notes.models import Note, Signature, Visibility
from ownjournal.notes.moderation.standing import may_publish
from ownjournal.notes.pictures.copying import copy
from ownjournal.notes.seeing import groups_of
from ownjournal.notes.signing import default_visibility, keep, signature_of
from ownjournal.notes.subjects import Subject
from ownjournal.notes.typed import Typed, parted
from ownjournal.readers.limits import Limit, take
from ownjournal.readers.log.keeping import record
from ownjournal.readers.models import Reader

HOUR, DAY = 3600, 86_400  # seconds
LIMITS = (Limit("notes in an hour", 30, HOUR), Limit("notes in a day", 120, DAY))
REVIEWED_AFTER_YEARS = 2
TWICE = timedelta(minutes=1)  # within which the same text is the same note
BANNED = "A moderator does not let you publish notes. For yourself, choose “Only me”."
CLOSED = "This article is in PubMed no longer, so it takes no new notes."


class Saved(NamedTuple):
    """A note that is kept, and what its writer should know."""

    note: Note
    problems: tuple[str, ...]  # pictures from elsewhere that could not be had


def post(reader: Reader, subject: Subject, typed: Typed, now: datetime) -> Saved:
    """Keep a new note, and forget its draft. Raises Refused."""
    if not subject.takes_notes:
        raise Refused("text", CLOSED, 410)
    checked(typed)
    if same := _sent_before(reader, subject, typed.kind, typed.text, now):
        return Saved(same, ())
    signature = signature_of(reader)
    visibility, group = audience(reader, typed, signature)
    name = signed_by(signature, typed, visibility)
    may_write(reader, now)
    text, problems = copy(reader, typed.text, now)
    with transaction.atomic():
        # of a button pressed twice, the second waits here and finds the first's note
        Reader.objects.select_for_update().get(pk=reader.pk)
        if same := _sent_before(reader, subject, typed.kind, text, now):
            return Saved(same, problems)
        remember(signature, name, visibility)
        note = Note.objects.create(
            author=reader,
            pmid=subject.pmid,
            collection=subject.collection,
            kind=typed.kind,
            text=text,
            dialect=DIALECT,
            visibility=visibility,
            group=group,
            conflict_of_interest=typed.conflict,
            licence=typed.licence or signature.licence,
            created_at=now,
            review_on=review_day(now),
        )
        drafts.discard(reader, typed.draft)
        if subject.pmid is not None:
            record(reader, subject.pmid, "noted", now)
    return Saved(note, problems)


def audience(
    reader: Reader, typed: Typed, signature: Signature
) -> tuple[Visibility, int | None]:
    """Who shall see the note, and its group.

    Raises Refused for another's group, and for who may not publish.
    """
    visibility, group = parted(typed.audience or default_audience(reader, signature))
    if group is not None and group not in dict(groups_of(reader)):
        raise Refused("audience", "You are not in this group. Choose another.")
    if visibility != Visibility.PRIVATE and not may_publish(reader):
        raise Refused("audience", BANNED)
    return visibility, group


def default_audience(reader: Reader, signature: Signature) -> str:
    """The value of the field `audience` that is chosen at first."""
    visibility = default_visibility(signature)
    if visibility != Visibility.GROUP:
        return visibility
    groups = groups_of(reader)
    return f"group:{groups[0][0]}" if groups else Visibility.PRIVATE


def signed_by(signature: Signature, typed: Typed, visibility: Visibility) -> str | None:
    """The name to sign with. Raises Refused where others shall see it and none is."""
    name = signature.name or typed.name
    if name is None and visibility != Visibility.PRIVATE:
        raise Refused("name", "Others will read this: say how you sign.")
    return name


def may_write(reader: Reader, now: datetime) -> None:
    """Count one note. Raises Refused where it is one too many."""
    for limit in LIMITS:
        seconds = take(limit, str(reader.pk), now)
        if seconds is not None:
            minutes = -(-seconds // 60)
            raise Refused(
                "text",
                f"You have written many notes lately. Post this one in {minutes:,} "
                f"minute{'s' if minutes > 1 else ''}.",
                TOO_MANY,
            )


def _sent_before(
    reader: Reader, subject: Subject, kind: str, text: str, now: datetime
) -> Note | None:
    """The same note of this minute: a button pressed twice makes no second one."""
    rows = reader.notes.filter(deleted_at=None, created_at__gt=now - TWICE)
    return rows.filter(**subject.columns, kind=kind, text=text).first()


def review_day(now: datetime) -> date:
    """When a note written now is to be looked at again."""
    day = now.date()
    try:
        return day.replace(year=day.year + REVIEWED_AFTER_YEARS)
    except ValueError:  # written on 29 February
        return day.replace(year=day.year + REVIEWED_AFTER_YEARS, day=28)


def remember(signature: Signature, name: str | None, visibility: Visibility) -> None:
    """What was said once: the name, and the first choice that is not private."""
    chosen = signature.visibility
    if chosen is None and visibility != Visibility.PRIVATE:
        chosen = visibility
    if (name, chosen) != (signature.name, signature.visibility) or not signature.pk:
        signature.name, signature.visibility = name, chosen
        keep(signature)
