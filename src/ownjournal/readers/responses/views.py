"""What the buttons do: /articles/PMID/say and /follow.

Each goes back to the page that it stood on; for responses.js it answers with the
article's buttons as they are then.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ownjournal.catalogue import store
from ownjournal.catalogue.pages import journal_name
from ownjournal.catalogue.titles import title_of
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.back import back_of
from ownjournal.readers.interests import CannotFollow, follow, unfollow
from ownjournal.readers.models import Reader
from ownjournal.readers.responses import saying
from ownjournal.readers.responses.buttons import (
    article_buttons,
    article_subjects,
    journal_subjects,
)
from ownjournal.readers.responses.muting import mute, unmute
from ownjournal.readers.responses.state import State

IN_PLACE = "X-In-Place"  # a header of responses.js: "card" or "page"

DEEDS: dict[str, Callable[[Reader, int], object]] = {
    "more": lambda reader, pmid: saying.say(reader, pmid, "more"),
    "less": lambda reader, pmid: saying.say(reader, pmid, "less"),
    "knew": lambda reader, pmid: saying.say(reader, pmid, "knew"),
    "unsay": saying.unsay,
    "save": saying.keep,
    "unsave": saying.unkeep,
    "read": lambda reader, pmid: saying.mark_read(reader, pmid, at=timezone.now()),
    "unread": lambda reader, pmid: saying.mark_read(reader, pmid, at=None),
}


@never_cache
@signed_in
@require_POST
def say(request: HttpRequest, pmid: str) -> HttpResponse:
    """`do` is of DEEDS; `back` the path of the page. No such article is a 404."""
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    try:
        deed(reader_of(request), int(pmid))
    except saying.NotHere as problem:
        raise Http404 from problem
    except saying.CannotSay as problem:
        messages.warning(request, str(problem))
    return _in_place(request, int(pmid)) or _back(request, int(pmid))


@never_cache
@signed_in
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """One of the fields follow, unfollow, mute, unmute: a kind, ":" and a value."""
    reader = reader_of(request)
    try:
        said = _changed(reader, request)
    except CannotFollow as problem:
        messages.warning(request, str(problem))
    else:
        if IN_PLACE not in request.headers:
            messages.success(request, said)
    pmid = request.POST.get("pmid", "")
    pmid = pmid if pmid.isascii() and pmid.isdigit() and len(pmid) < 10 else "0"
    return _in_place(request, int(pmid)) or _back(request, int(pmid))


def _changed(reader: Reader, request: HttpRequest) -> str:
    """What came of it, in a sentence. Raises CannotFollow, Http404."""
    for deed in ("follow", "unfollow", "mute", "unmute"):
        kind, colon, value = request.POST.get(deed, "").partition(":")
        if not colon:
            continue
        if deed == "follow":
            return follow(reader, kind, value).sentence
        if deed == "mute":
            label = mute(reader, kind, value).label
            return f"{label} is muted: no issue chooses what is about it."
        (unfollow if deed == "unfollow" else unmute)(reader, kind, value)
        return "You no longer follow it." if deed == "unfollow" else "It is not muted."
    raise Http404


def _back(request: HttpRequest, pmid: int) -> HttpResponse:
    path = back_of(request, f"/articles/{pmid}" if pmid else "/interests")
    anchor = f"#say-{pmid}" if pmid else ""
    return redirect(path.partition("#")[0] + anchor)


def _in_place(request: HttpRequest, pmid: int) -> HttpResponse | None:
    """The article's buttons alone, for the script; None where nobody asks for them."""
    place = request.headers.get(IN_PLACE)
    kept = store.get(pmid) if place in ("card", "page") else None
    if kept is None:
        return None
    article, state = kept.article, State(reader_of(request))
    name = journal_name(article)
    nlm_id = article.journal.nlm_id if article.journal else None
    buttons = article_buttons(
        pmid,
        title_of(article),
        state,
        back=back_of(request, f"/articles/{pmid}"),
        subjects=article_subjects(article, name, state)
        if place == "page"
        else journal_subjects(nlm_id, name, state),
        whole=place == "page",
    )
    return render(request, "readers/article_buttons.html", {"page": buttons})
