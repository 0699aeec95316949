"""What the box can do wherever it stands: preview, frame, drafts, and signing in first.

What is sent comes back in the box with the reason wherever it is refused. Signing in
is asked for on posting alone; until then the text waits (drafts.py).

No cookie is needed to send the box: a page that was open while its reader signed in
elsewhere, or while the session ended, still loses nothing. That no other site sends
it is known by what browsers tell (`accounts.origin`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import msgspec
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ownjournal.notes import drafts
from ownjournal.notes.box import BoxView, box, edit_box
from ownjournal.notes.checking import TOO_MANY, UNREADABLE, Problem, Refused
from ownjournal.notes.kinds import FRAME
from ownjournal.notes.models import Kind, Note
from ownjournal.notes.note_view import NoteView
from ownjournal.notes.pictures.bringing import bring
from ownjournal.notes.preview import PreviewView, preview
from ownjournal.notes.subjects import Subject, reader_or_none
from ownjournal.notes.typed import Typed, typed_in
from ownjournal.readers import onward
from ownjournal.readers.accounts.client import client_of
from ownjournal.readers.accounts.origin import is_from_elsewhere
from ownjournal.readers.limits import Limit, take
from ownjournal.readers.models import Reader

MINUTES = 60  # seconds
PREVIEWS = Limit("previews of notes", 120, 10 * MINUTES)
SAVINGS = Limit("savings of drafts", 600, 10 * MINUTES)
WAITINGS = Limit("notes that wait for signing in", 20, 60 * MINUTES)
IN_PLACE = "X-In-Place"  # a header of notes.js: it wants a part, not a page
SIGN_IN = "Sign in or join to post your note. What you wrote is kept."
TOO_BIG = "This is more than a note can hold. Go back: your browser still has it.\n"

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Place:
    """A box, for a new note or for an edit."""

    subject: Subject
    note: Note | None = None  # that is edited

    @property
    def address(self) -> str:
        """The path of the page with the box."""
        if self.note is not None:
            return f"/notes/{self.note.pk}/edit"
        return f"{self.subject.box}#note-box"

    def box(
        self, reader: Reader | None, typed: Typed, problem: Problem | None = None
    ) -> BoxView:
        """The box with what was typed."""
        if self.note is not None:
            return edit_box(reader, self.note, typed, problem)
        return box(reader, self.subject, typed, problem)


Deed = Callable[[HttpRequest, Place, Typed], HttpResponse]


@dataclass(frozen=True, slots=True)
class BoxPage:
    """Everything notes/box_page.html may use."""

    subject: Subject
    notes: tuple[NoteView, ...]
    earlier: str | None  # address of the page before this one
    later: str | None
    preview: PreviewView | None
    box: BoxView | None
    deleted: tuple[int, ...]


def own_form(view: View) -> View:
    """A view whose form needs no cookie, and is taken from this site alone."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: int, **named: int) -> HttpResponse:
        if request.method == "POST" and is_from_elsewhere(request):
            return HttpResponseForbidden("This form came from another site.")
        try:
            return view(request, *args, **named)
        except RequestDataTooBig:
            return HttpResponse(TOO_BIG, status=413, content_type="text/plain")

    return guarded


def done(request: HttpRequest, place: Place, post: Deed) -> HttpResponse:
    """What the pressed button asks for; `post` is of this place."""
    typed = typed_in(request)
    deed = DEEDS.get(request.POST.get("do", ""), post)
    try:
        return deed(request, place, typed)
    except Refused as refused:
        return _refused(request, place, typed, refused.problem)


def ask_to_sign_in(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    """Keep the text, and come back to it from signing in. Raises Refused."""
    count_waiting(request)
    drafts.let_wait(request, place.subject, typed, place.note)
    onward.lead_to(request, place.address)
    messages.info(request, SIGN_IN)
    return redirect("readers:sign-in")


def count_waiting(request: HttpRequest) -> None:
    """Another text of a visitor's is to wait. Raises Refused."""
    _count(WAITINGS, client_of(request))


def _preview(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    reader = reader_or_none(request)
    _count(PREVIEWS, str(reader.pk) if reader else client_of(request))
    shown = preview(reader, place.subject, typed)
    if IN_PLACE in request.headers:
        return render(request, "notes/preview.html", {"preview": shown})
    return box_page(request, place.subject, place.box(reader, typed), shown)


def _frame(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    """The starting frame of a summary, below what is typed already."""
    text = f"{typed.text.rstrip()}\n\n{FRAME}" if typed.text.strip() else FRAME
    framed = msgspec.structs.replace(typed, text=text, kind=Kind.SUMMARY.value)
    shown = place.box(reader_or_none(request), framed)
    return box_page(request, place.subject, shown)


def _picture(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    """Without a script: the picture that the form brings, below what is typed."""
    text, told = bring(request, typed.text)
    problem = Problem("picture", told) if told else None
    with_it = msgspec.structs.replace(typed, text=text)
    shown = place.box(reader_or_none(request), with_it, problem)
    status = UNREADABLE if problem else 200
    return box_page(request, place.subject, shown, status=status)


def _draft(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    """Keep it as a draft; for notes.js the answer is the draft's number."""
    reader = reader_or_none(request)
    if reader is None:
        return ask_to_sign_in(request, place, typed)
    _count(SAVINGS, str(reader.pk))
    now = timezone.now()
    draft = drafts.save(reader, place.subject, typed, now, note=place.note)
    if IN_PLACE in request.headers:
        return JsonResponse({"draft": draft.pk if draft else None})
    messages.success(request, "The draft is kept, and stands in the box.")
    return redirect(place.address)


def _discard(request: HttpRequest, place: Place, typed: Typed) -> HttpResponse:
    reader = reader_or_none(request)
    if reader is not None:
        drafts.discard(reader, typed.draft)
    messages.success(request, "The draft is thrown away.")
    return redirect(place.address)


DEEDS: dict[str, Deed] = {
    "preview": _preview,
    "frame": _frame,
    "picture": _picture,
    "draft": _draft,
    "discard": _discard,
}


def _count(limit: Limit, key: str) -> None:
    if take(limit, key, timezone.now()) is not None:
        told = "That was often, just now. Wait a few minutes; the text stays here."
        raise Refused("text", told, TOO_MANY)


def _refused(
    request: HttpRequest, place: Place, typed: Typed, problem: Problem
) -> HttpResponse:
    if IN_PLACE in request.headers:
        return HttpResponse(
            problem.told, status=problem.status, content_type="text/plain"
        )
    shown = place.box(reader_or_none(request), typed, problem)
    return box_page(request, place.subject, shown, status=problem.status)


def box_page(
    request: HttpRequest,
    subject: Subject,
    shown: BoxView,
    previewed: PreviewView | None = None,
    status: int = 200,
) -> HttpResponse:
    """The box alone, with a preview or with what is wrong."""
    page = BoxPage(subject, (), None, None, previewed, shown, ())
    return render(request, "notes/box_page.html", {"page": page}, status=status)
