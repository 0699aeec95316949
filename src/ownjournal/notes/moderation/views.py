"""Helpful marks, reports, "still true", and the pages of moderators.

/moderation and what is below it are there for moderators alone; a reader who is
none finds no such page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.notes import outdated, seeing
from ownjournal.notes.moderation import deciding, marks, queue, reporting
from ownjournal.notes.moderation.models import LONGEST, Reason
from ownjournal.notes.moderation.places import place_of
from ownjournal.notes.moderation.rates import (
    MARKS,
    REPORTS_OF_CLIENT,
    REPORTS_OF_READER,
    REPORTS_OF_VISITORS,
)
from ownjournal.notes.moderation.standing import may_moderate
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.accounts.client import client_of
from ownjournal.readers.back import back_of
from ownjournal.readers.models import Reader
from ownjournal.readers.waiting import must_wait

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything moderation/report.html may use."""

    note: int
    kind: str
    address: str
    reasons: tuple[tuple[str, str, bool], ...]  # code, name, chosen
    text: str
    longest: int
    problem: str | None


def for_moderators(view: View) -> View:
    """Nobody else finds the page."""

    @never_cache
    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_moderate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@never_cache
@signed_in
@require_POST
def helpful(request: HttpRequest, note_id: int) -> HttpResponse:
    """`do` is "mark" or "unmark"; `back` the path of the page."""
    reader = reader_of(request)
    note = marks.markable(reader).filter(pk=note_id).first()
    if note is None:
        raise Http404
    wait = must_wait(request, "Those were many marks.", (MARKS, str(reader.pk)))
    if wait is not None:
        return wait
    try:
        if request.POST.get("do") == "unmark":
            marks.unmark(reader, note_id)
        else:
            marks.mark(reader, note_id, timezone.now())
    except marks.CannotMark as problem:
        messages.warning(request, str(problem))
    return _back(request, place_of(note), note_id)


@never_cache
@signed_in
@require_POST
def still_true(request: HttpRequest, note_id: int) -> HttpResponse:
    """By its author: the note holds, and is looked at again two years from now."""
    note = seeing.kept().filter(pk=note_id, author=reader_of(request)).first()
    if note is None:
        raise Http404
    outdated.confirm(note, timezone.now())
    messages.success(request, "The mark is gone; the note has a new review date.")
    return _back(request, place_of(note), note_id)


def _back(request: HttpRequest, otherwise: str, note_id: int) -> HttpResponse:
    path = back_of(request, otherwise).partition("#")[0]
    return redirect(f"{path}#note-{note_id}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, note_id: int) -> HttpResponse:
    """The form, and what it sends: `reason` of Reason, and `text`; for visitors too."""
    reader = request.user if isinstance(request.user, Reader) else None
    note = reporting.reportable(note_id, reader)
    if note is None:
        raise Http404
    reason, text = request.POST.get("reason", ""), request.POST.get("text", "")
    problem = None
    if request.method == "POST":
        wait = _counted(request, reader)
        if wait is not None:
            return wait
        try:
            reporting.report(note, reader, reason, text, timezone.now())
        except reporting.CannotReport as refused:
            problem = str(refused)
        else:
            messages.success(request, "Thank you. A moderator looks at the note.")
            return redirect(place_of(note))
    page = ReportPage(
        note=note.pk,
        kind=note.get_kind_display().lower(),
        address=place_of(note),
        reasons=tuple((code, name, code == reason) for code, name in Reason.choices),
        text=text,
        longest=LONGEST,
        problem=problem,
    )
    status = 422 if problem else 200
    return render(request, "moderation/report.html", {"page": page}, status=status)


def _counted(request: HttpRequest, reader: Reader | None) -> HttpResponse | None:
    why = "Many notes were reported from here."
    if reader is not None:
        return must_wait(request, why, (REPORTS_OF_READER, str(reader.pk)))
    client = client_of(request)
    return must_wait(
        request, why, (REPORTS_OF_CLIENT, client), (REPORTS_OF_VISITORS, "")
    )


@for_moderators
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`show` is of queue.SHOWS, `page` from 1."""
    wanted = request.GET.get("show", "")
    shown = wanted if wanted in queue.SHOWS else "reported"
    page = queue.queue_page(shown, request.GET.get("page"))
    return render(request, "moderation/queue.html", {"page": page})


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, note_id: int) -> HttpResponse:
    """One note; `do` is a deed of Decision, `why` its reason."""
    problem, why = None, request.POST.get("why", "")
    if request.method == "POST":
        deed = request.POST.get("do", "")
        try:
            deciding.about_note(note_id, deed, reader_of(request), why, timezone.now())
        except deciding.CannotDecide as refused:
            problem = str(refused)
        else:
            messages.success(request, "Done, and on record.")
            return redirect("moderation:note", note_id)
    page = queue.note_page(note_id, problem=problem, why=why)
    if page is None:
        raise Http404
    status = 422 if problem else 200
    return render(request, "moderation/note.html", {"page": page}, status=status)


@for_moderators
@require_POST
def unban(request: HttpRequest, reader_id: int) -> HttpResponse:
    """Let a reader publish again, for the reason `why`."""
    reader = Reader.objects.filter(pk=reader_id).first()
    if reader is None:
        raise Http404
    why = request.POST.get("why", "")
    try:
        deciding.unban(reader, reader_of(request), why, timezone.now())
    except deciding.CannotDecide as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "Done, and on record.")
    return redirect("/moderation?show=banned")
