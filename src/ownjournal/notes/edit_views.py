"""What an author does with a note: /notes/ID/edit, /delete and /undo."""

from dataclasses import dataclass

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ownjournal.notes import drafts, editing
from ownjournal.notes.box import BoxView, edit_box, typed_of
from ownjournal.notes.box_deeds import SIGN_IN, Place, count_waiting, done, own_form
from ownjournal.notes.checking import Refused
from ownjournal.notes.models import GoneNote, Note
from ownjournal.notes.note_view import NoteView, note_view
from ownjournal.notes.subjects import Subject, reader_or_none, subject_of
from ownjournal.notes.typed import Typed, typed_in
from ownjournal.readers import onward
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.accounts import sessions
from ownjournal.readers.back import back_of
from ownjournal.readers.models import Reader

GONE, CONFLICT = 410, 409


@dataclass(frozen=True, slots=True)
class EditPage:
    """Everything notes/edit.html may use."""

    subject: Subject
    box: BoxView
    now: NoteView | None  # the note as another tab has saved it


@dataclass(frozen=True, slots=True)
class GonePage:
    """Everything notes/gone.html may use."""

    text: str | None  # what was to be saved, to be copied
    undo: int | None  # the note that can still be had back
    subject: Subject | None


@own_form
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """The note in the box; POST: what the box sends."""
    reader = reader_or_none(request)
    note = _of_author(int(number), reader)
    if note is None and (reader is not None or is_gone(int(number))):
        return not_there(request, int(number), reader)
    if note is None or reader is None:
        return _of_visitor(request, int(number), note)
    if request.method == "POST":
        return done(request, Place(_subject(note, reader), note), _save)
    subject = _subject(note, reader)
    draft = drafts.of_edit(reader, note)
    typed = _of_draft(note, drafts.typed_of(draft)) if draft else typed_of(note)
    page = EditPage(subject, edit_box(reader, note, typed), None)
    return render(request, "notes/edit.html", {"page": page})


def _of_visitor(request: HttpRequest, number: int, note: Note | None) -> HttpResponse:
    """To signing in, whatever was pressed; not told is whether there is such a note."""
    if request.method == "POST":
        typed = typed_in(request)
        try:
            count_waiting(request)
        except Refused as refused:
            told = f"{refused}\n\n{typed.text}"
            status = refused.problem.status
            return HttpResponse(told, status=status, content_type="text/plain")
        if note is not None:
            drafts.let_wait(request, _subject(note, None), typed, note)
        messages.info(request, SIGN_IN)
    sessions.keep_briefly(request)
    onward.lead_to(request, f"/notes/{number}/edit")
    return redirect("readers:sign-in")


def _save(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    reader, note = reader_of(request), place.note
    assert note is not None
    try:
        _, problems = editing.edit(reader, note, typed, timezone.now())
    except editing.Conflict as conflict:
        return _both(request, reader, place.subject, conflict.note, typed)
    except editing.Gone as gone:
        return gone_page(request, gone.note, place.subject, typed.text)
    messages.success(request, "Your changes are saved.")
    for problem in problems:
        messages.warning(request, problem)
    return redirect(f"{place.subject.address}#note-{note.pk}")


def _both(
    request: HttpRequest, reader: Reader, subject: Subject, now: Note, typed: Typed
) -> HttpResponse:
    """What was saved meanwhile, and below it what was typed, to be saved over it."""
    mine = msgspec.structs.replace(typed, base=now.edits)
    page = EditPage(subject, edit_box(reader, now, mine), note_view(now, reader))
    return render(request, "notes/edit.html", {"page": page}, status=CONFLICT)


@never_cache
@signed_in
@require_POST
def delete(request: HttpRequest, number: str) -> HttpResponse:
    """Out of every list; back to the page that the button stood on."""
    reader = reader_of(request)
    note = _of_author(int(number), reader)
    if note is None:
        return not_there(request, int(number), reader)
    editing.delete(note, timezone.now())
    subject = _subject(note, reader)
    return redirect(f"{back_of(request, subject.address).partition('#')[0]}#undo")


@never_cache
@signed_in
@require_POST
def undo(request: HttpRequest, number: str) -> HttpResponse:
    """Have it back, while it is there."""
    reader = reader_of(request)
    note = Note.objects.filter(pk=int(number), author=reader).first()
    if note is None or not editing.undo(note, timezone.now()):
        return not_there(request, int(number), reader)
    messages.success(request, f"Your {note.kind} is back.")
    subject = _subject(note, reader)
    return redirect(
        f"{back_of(request, subject.address).partition('#')[0]}#note-{number}"
    )


def gone_page(
    request: HttpRequest, note: Note | None, subject: Subject | None, text: str | None
) -> HttpResponse:
    """410, with the text that could not be saved, and the way back while there is."""
    undo = note.pk if note is not None else None
    page = GonePage(text, undo, subject)
    return render(request, "notes/gone.html", {"page": page}, status=GONE)


def is_gone(number: int) -> bool:
    """Whether a note had this number and is deleted or erased."""
    deleted = Note.objects.filter(pk=number, deleted_at__isnull=False)
    return deleted.exists() or GoneNote.objects.filter(number=number).exists()


def not_there(request: HttpRequest, number: int, reader: Reader | None) -> HttpResponse:
    """410 for what was deleted, with the text; else a 404, as for another's note."""
    if not is_gone(number):
        raise Http404
    mine = None
    if reader is not None:
        mine = editing.lately_deleted(reader, timezone.now()).filter(pk=number).first()
    text = typed_in(request).text if request.method == "POST" else None
    return gone_page(request, mine, None, text or None)


def _of_author(number: int, reader: Reader | None) -> Note | None:
    """The note, for its author; for a visitor any note, of which she is shown nothing.

    Whoever was signed out meanwhile must be able to send an edit.
    """
    notes = Note.objects.filter(pk=number, deleted_at=None)
    return (notes if reader is None else notes.filter(author=reader)).first()


def _of_draft(note: Note, typed: Typed) -> Typed:
    """A draft of an edit, with the conditions of the note."""
    return msgspec.structs.replace(
        typed,
        conflict=note.conflict_of_interest,
        licence=note.licence,
        base=typed.base if typed.base is not None else note.edits,
    )


def _subject(note: Note, reader: Reader | None) -> Subject:
    """What it is about; its own page stands for what is not here any more.

    A visitor is not told: the note may be private.
    """
    found = subject_of(note, reader) if reader is not None else None
    return found or Subject(note.pmid, note.collection, f"/notes/{note.pk}", "a note")
