"""Notes under what they are about: /articles/PMID/notes, /collections/ID/notes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ownjournal.notes import listing, posting
from ownjournal.notes.box import box
from ownjournal.notes.box_deeds import BoxPage, Place, ask_to_sign_in, done, own_form
from ownjournal.notes.checking import checked
from ownjournal.notes.note_view import note_views
from ownjournal.notes.subjects import Subject, article, collection, reader_or_none
from ownjournal.notes.typed import Typed

SEEN_BY = {
    "private": "Only you can see it.",
    "group": "Your group can see it.",
    "public": "Everybody can see it.",
}


@own_form
def of_article(request: HttpRequest, pmid: str) -> HttpResponse:
    """All notes about an article with the box; POST: what the box sends."""
    return _answer(request, article(int(pmid)))


@own_form
def of_collection(request: HttpRequest, number: str) -> HttpResponse:
    """The same of a collection."""
    return _answer(request, collection(int(number), reader_or_none(request)))


def _answer(request: HttpRequest, subject: Subject | None) -> HttpResponse:
    if subject is None:
        raise Http404
    if request.method == "POST":
        return done(request, Place(subject), _post)
    return _list(request, subject)


def _post(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    reader, subject = reader_or_none(request), place.subject
    if reader is None:
        checked(typed)
        return ask_to_sign_in(request, place, typed)
    note, problems = posting.post(reader, subject, typed, timezone.now())
    messages.success(request, f"Your {note.kind} is kept. {SEEN_BY[note.visibility]}")
    for problem in problems:
        messages.warning(request, problem)
    return redirect(f"{subject.address}#note-{note.pk}")


def _list(request: HttpRequest, subject: Subject) -> HttpResponse:
    """All notes, page by page, and the box with the draft that is asked for."""
    reader = reader_or_none(request)
    number = page_number(request)
    start = (number - 1) * listing.ON_A_PAGE
    notes = listing.notes_about(subject, reader, start, start + listing.ON_A_PAGE + 1)
    shown = notes[: listing.ON_A_PAGE]
    page = BoxPage(
        subject=subject,
        notes=note_views(shown, reader),
        earlier=f"{subject.box}?page={number - 1}" if number > 1 else None,
        later=f"{subject.box}?page={number + 1}" if len(notes) > len(shown) else None,
        preview=None,
        box=box(reader, subject, draft=_number(request, "draft"))
        if subject.takes_notes
        else None,
        deleted=listing.deleted_about(subject, reader),
    )
    return render(request, "notes/box_page.html", {"page": page})


def page_number(request: HttpRequest) -> int:
    """Of `?page=`; 1 for what is none, or beyond 9999."""
    number = _number(request, "page") or 1
    return number if number < 10_000 else 1


def _number(request: HttpRequest, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None
