"""Mails about notes: to authors, to who marked one helpful, to moderators.

Each is made when it leaves, and comes to nothing where it is no longer true.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from ownjournal.notes import seeing
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import Ban, Decision, Helpful, Report
from ownjournal.notes.moderation.places import place_of
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

SUBJECTS = {
    Decision.Deed.HIDE: "Your note was hidden",
    Decision.Deed.RESTORE: "Your note is shown again",
    Decision.Deed.BAN: "You may not publish notes",
    Decision.Deed.UNBAN: "You may publish notes again",
}


def decided(letter: Letter) -> Mail | None:
    """To the author, what a moderator decided; the key is the id of the decision."""
    line = Decision.objects.filter(pk=letter.key).first()
    if line is None or not _still_holds(line):
        return None
    note = None if line.note is None else seeing.kept().filter(pk=line.note).first()
    subject = SUBJECTS[Decision.Deed(line.deed)]
    return _mail(subject, "decided", line=line, note=note)


def _still_holds(line: Decision) -> bool:
    if line.deed in (Decision.Deed.BAN, Decision.Deed.UNBAN):
        is_banned = Ban.objects.filter(reader=line.about_id).exists()
        return is_banned == (line.deed == Decision.Deed.BAN)
    hidden = seeing.kept().filter(pk=line.note or 0).exclude(hidden_at=None).exists()
    return hidden == (line.deed == Decision.Deed.HIDE)


def reported(letter: Letter) -> Mail | None:
    """To a moderator, as long as a report waits."""
    reports = Report.objects.filter(note=letter.details.get("note"), settled_at=None)
    first = reports.select_related("note").first()
    if first is None:
        return None
    return _mail("A note was reported", "reported", report=first, note=first.note)


def outdated(letter: Letter) -> Mail | None:
    """To the author, that the note may be outdated, as long as it says so."""
    note = _outdated_note(letter)
    if note is None or note.author_id != letter.reader_id:
        return None
    return _mail("Your note may be outdated", "outdated", note=note)


def marked_outdated(letter: Letter) -> Mail | None:
    """To who marked the note helpful, and does so still."""
    note = _outdated_note(letter)
    marks = Helpful.objects.filter(note=note, reader=letter.reader_id)
    if note is None or not marks.exists():
        return None
    if not seeing.public().filter(pk=note.pk).exists():
        return None
    return _mail("A note may be outdated", "marked-outdated", note=note)


def _outdated_note(letter: Letter) -> Note | None:
    """The note, as long as what the letter was put for is what it says."""
    rows = seeing.kept().filter(pk=letter.details.get("note"))
    note = rows.exclude(outdated_at=None).first()
    if note is None or note.outdated_because != letter.details.get("because"):
        return None
    return note


def _mail(subject: str, template: str, *, note: Note | None, **more: Any) -> Mail:
    context = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact": settings.CONTACT_EMAIL,
        "note": note,
        "kind": note.get_kind_display().lower() if note is not None else None,
        "address": settings.SITE_URL + place_of(note) if note is not None else None,
        **more,
    }
    text = render_to_string(f"moderation/mail/{template}.txt", context)
    return Mail(subject=f"{subject} on {settings.SITE_NAME}", text=text)
