"""The note that leads an article, and the rule that chooses it.

The lead stands between title and authors, replaces the digest in lists, and goes
into issues. Of the notes that may lead, the first in this order does:

1. one that a moderator pinned, the last pinned first
2. a summary before a pearl
3. one whose author's role an operator has verified
4. the one that more readers marked as helpful
5. the oldest: so a lead changes for a reason, and not with each new note

Never a comment; never a note that is private, of a group, deleted, hidden or by a
banned reader; none that a report is waiting of; and none that is marked as perhaps
outdated, until its author says that it is still true. A pin changes none of this.

An issue keeps which text of which note it was sent with, and shows just that for as
long as everybody may see the note: see `as_sent`.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ownjournal.catalogue.lead_notes import LeadNote
from ownjournal.notes import seeing
from ownjournal.notes.dialect import TooHard, Written
from ownjournal.notes.models import Kind, Note, Version, Visibility
from ownjournal.notes.moderation.models import Helpful
from ownjournal.notes.moderation.places import place_of
from ownjournal.notes.moderation.standing import reported
from ownjournal.notes.reading import written
from ownjournal.notes.signing import WITH_AUTHORS, byline, signature_of

KINDS = (Kind.SUMMARY, Kind.PEARL)  # in this order
SHORT = 600  # characters that a list shows of a note


def lead_notes(pmids: Collection[int]) -> dict[int, LeadNote]:
    """By PMID. One cheap query where there are no notes, as mostly; else one more."""
    kinds = Note.objects.filter(pmid__in=pmids, kind__in=KINDS).order_by()
    noted = kinds.filter(visibility=Visibility.PUBLIC).values_list("pmid", flat=True)
    if not (found := set(noted)):
        return {}
    rows = seeing.public().filter(pmid__in=found, kind__in=KINDS, outdated_at=None)
    rows = rows.exclude(reported()).annotate(helpful=_helpful())
    leads: dict[int, Note] = {}
    for note in sorted(rows.select_related(*WITH_AUTHORS), key=_place):
        if note.pmid is not None:
            leads.setdefault(note.pmid, note)
    return {
        pmid: lead
        for pmid, note in leads.items()
        if (lead := _lead(note, note, note.edits)) is not None
    }


Sent = tuple[int, int]  # a note by its id, and how often it had been edited


def as_sent(sent: Iterable[Sent]) -> dict[Sent, LeadNote]:
    """Each note with the text that it had then, of those that all may see now.

    What was deleted, hidden or made private since is missing. Who signs it is told as
    of now, so that no name outlives its reader.
    """
    wanted = set(sent)
    if not wanted:
        return {}
    ids = {note_id for note_id, _ in wanted}
    rows = seeing.public().filter(pk__in=ids).select_related(*WITH_AUTHORS)
    notes = {note.pk: note for note in rows}
    edited = {each for each in wanted if _is_edited(notes.get(each[0]), each[1])}
    before = _before(edited)
    leads = (
        (each, _lead(notes[each[0]], before.get(each, notes[each[0]]), each[1]))
        for each in wanted
        if each[0] in notes
    )
    return {each: lead for each, lead in leads if lead is not None}


def _is_edited(note: Note | None, version: int) -> bool:
    return note is not None and note.edits > version


def _before(edited: Collection[Sent]) -> dict[Sent, Version]:
    """What notes said; an edit that changed no text has left no version."""
    if not edited:
        return {}
    ids = {note_id for note_id, _ in edited}
    found: dict[Sent, Version] = {}
    for row in Version.objects.filter(note__in=ids):  # in order of their numbers
        for each in edited:
            if each[0] == row.note_id and row.number >= each[1]:
                found.setdefault(each, row)
    return found


def _helpful() -> Coalesce:
    marks = Helpful.objects.filter(note=OuterRef("pk")).order_by().values("note")
    counted: QuerySet[Any, Any] = marks.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _place(note: Any) -> tuple[Any, ...]:
    """Sorts the leading note first; `helpful` is annotated."""
    pinned = note.pinned_at
    author = note.author
    verified = author is not None and bool(signature_of(author).role_verified_at)
    return (
        -pinned.timestamp() if pinned else 0,
        KINDS.index(note.kind),
        not verified,
        -note.helpful,
        note.created_at,
        note.pk,
    )


def _lead(note: Note, said: Note | Version, version: int) -> LeadNote | None:
    """`said` holds the text; None where the dialect does not read it any more."""
    try:
        text = written(said.text, said.kind, said.dialect)
        html = text.html(f"lead-{note.pk}", heading=2)
    except TooHard:
        return None
    plain = text.plain()
    is_whole = len(plain) <= SHORT
    short = plain if is_whole else _beginning(plain)
    short_html: str = format_html("<p>{}</p>", short)
    return LeadNote(
        id=note.pk,
        version=version,
        kind=Kind(said.kind).label,
        byline=str(byline(note.author)),
        conflict=note.conflict_of_interest,
        on=note.created_at.date(),
        address=place_of(note),
        html=mark_safe(html),
        short=mark_safe(_whole(text, note) if is_whole else short_html),
        mail=mark_safe(text.mail_html(settings.SITE_URL) if is_whole else short_html),
        plain=short,
        is_whole=is_whole,
    )


def _whole(text: Written, note: Note) -> str:
    """For a list, where the article's title is a heading of the third level."""
    return text.html(f"short-{note.pk}", heading=4)


def _beginning(text: str) -> str:
    """Its first SHORT characters on one line, cut between words."""
    line = " ".join(text.split())
    return re.sub(r"\W*\s?\S*\Z", "", line[:SHORT]) + " …"
