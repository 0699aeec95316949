"""What moderators decide: hide, show again, let stand, pin, ban. Each leaves a line.

Whatever is decided about a note settles the reports of it. The author is told by
mail of what was decided against her, and of its end.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ownjournal.notes import seeing
from ownjournal.notes.models import Kind, Note, Visibility
from ownjournal.notes.moderation.models import LONGEST, Ban, Decision, Report
from ownjournal.readers.log.keeping import clean
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters

Deed = Decision.Deed
TOLD = frozenset({Deed.HIDE, Deed.RESTORE, Deed.BAN, Deed.UNBAN})  # to the author


class CannotDecide(ValueError):
    """This of that note or reader; the message is a sentence for the moderator."""


def about_note(note_id: int, deed: str, by: Reader, why: str, now: datetime) -> None:
    """Do what was decided about a public note; `deed` is of Decision.Deed.

    Done already, it changes nothing and leaves no line. Raises CannotDecide.
    """
    reason = _reason(why)
    with transaction.atomic():
        if deed == Deed.PIN:
            _hold_article_of(note_id)
        rows = seeing.kept().filter(visibility=Visibility.PUBLIC)
        note = rows.select_for_update().filter(pk=note_id).first()
        if note is None or deed not in OF_NOTES:
            raise CannotDecide("There is no such public note any more.")
        _of_others(note.author, by)
        if not OF_NOTES[Deed(deed)](note, by, now):
            return
        reports = Report.objects.filter(note=note, settled_at=None)
        reports.update(settled_at=now)
        _note_down(Deed(deed), by, reason, now, note=note, about=note.author)


def _hold_article_of(note_id: int) -> None:
    """Let nobody else pin of its article: of two at once each would miss the other.

    In the order of their ids, so that no two wait for each other.
    """
    pmid = Note.objects.filter(pk=note_id).values("pmid")
    rows = Note.objects.select_for_update().filter(pmid__in=pmid)
    list(rows.order_by("pk").values_list("pk", flat=True))


def unban(reader: Reader, by: Reader, why: str, now: datetime) -> None:
    """Let a reader publish again. Raises CannotDecide."""
    reason = _reason(why)
    _of_others(reader, by)
    with transaction.atomic():
        if Ban.objects.filter(reader=reader).delete()[0]:
            _note_down(Deed.UNBAN, by, reason, now, about=reader)


def _of_others(about: Reader | None, by: Reader) -> None:
    if about == by and not by.is_operator:
        raise CannotDecide("This is about you: another moderator has to decide it.")


def _reason(why: str) -> str:
    reason = clean(why)
    if reason is None:
        raise CannotDecide("Say why; the author reads it, and it stays on record.")
    if len(reason) > LONGEST:
        raise CannotDecide(f"A reason has at most {LONGEST:,} characters.")
    return reason


def _note_down(
    deed: Decision.Deed,
    by: Reader,
    why: str,
    now: datetime,
    *,
    note: Note | None = None,
    about: Reader | None = None,
) -> None:
    line = Decision.objects.create(
        at=now,
        by=by,
        deed=deed,
        note=note.pk if note is not None else None,
        about=about,
        why=why,
    )
    if about is not None and deed in TOLD:
        letters.put("note-decided", str(line.pk), reader=about)


def _hide(note: Note, by: Reader, now: datetime) -> bool:
    return _change(note, hidden_at=note.hidden_at or now)


def _restore(note: Note, by: Reader, now: datetime) -> bool:
    return _change(note, hidden_at=None)


def _keep(note: Note, by: Reader, now: datetime) -> bool:
    return Report.objects.filter(note=note, settled_at=None).exists()


def _pin(note: Note, by: Reader, now: datetime) -> bool:
    """The article's pinned note from now on, and the only one."""
    if note.kind == Kind.COMMENT or note.pmid is None:
        raise CannotDecide("Only a pearl or a summary of an article leads it.")
    if note.hidden_at is not None:
        raise CannotDecide("A hidden note leads nothing: show it again first.")
    others = Note.objects.filter(pmid=note.pmid, pinned_at__isnull=False)
    for other in others.exclude(pk=note.pk):
        _change(other, pinned_at=None)
        why = f"Note {note.pk} was pinned."
        _note_down(Deed.UNPIN, by, why, now, note=other, about=other.author)
    return _change(note, pinned_at=note.pinned_at or now)


def _unpin(note: Note, by: Reader, now: datetime) -> bool:
    return _change(note, pinned_at=None)


def _ban(note: Note, by: Reader, now: datetime) -> bool:
    author = note.author
    if author is None:
        raise CannotDecide("Its author is no reader here any more: hide the note.")
    if author.is_operator:
        raise CannotDecide("Its author runs this site.")
    Report.objects.filter(note__author=author, settled_at=None).update(settled_at=now)
    return Ban.objects.get_or_create(reader=author, defaults={"since_at": now})[1]


OF_NOTES: dict[Decision.Deed, Callable[[Note, Reader, datetime], bool]] = {
    Deed.HIDE: _hide,
    Deed.RESTORE: _restore,
    Deed.KEEP: _keep,
    Deed.PIN: _pin,
    Deed.UNPIN: _unpin,
    Deed.BAN: _ban,
}
"""Each says whether it changed anything."""


def _change(note: Note, **fields: datetime | None) -> bool:
    """Whether any of them was otherwise; an edit of the author's stays as it is."""
    if all(getattr(note, name) == value for name, value in fields.items()):
        return False
    Note.objects.filter(pk=note.pk).update(**fields)
    return True
