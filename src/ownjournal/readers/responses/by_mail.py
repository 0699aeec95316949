"""What a link of a mail leads to: /say/TOKEN, a page with buttons that ask."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ownjournal.catalogue import store
from ownjournal.catalogue.titles import title_html
from ownjournal.readers.responses import saying
from ownjournal.readers.responses.links import Wish, wish_of

GONE = 410
NAMES = {
    "save": "Save",
    "more": "More like this",
    "less": "Less like this",
    "knew": "Already knew",
}
DONE = {
    "more": "Your issues will have more like this.",
    "less": "Your issues will have less like this.",
    "knew": "Noted. It will not be shown to you again.",
    "save": "The article is among those you saved.",
}


@dataclass(frozen=True, slots=True)
class MailPage:
    """Everything readers/say-by-mail.html may use."""

    pmid: int
    title: SafeString | None  # None for an article that is no longer here
    buttons: tuple[tuple[str, str], ...]  # deed and name; those that may be pressed
    done: str | None  # what was done, in a sentence; None before
    undo: str | None  # the deed that can be taken back


# Exempt, as the token is a secret that no other site knows, and a mail program
# may open the page where no cookie is kept.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Asks; a POST does what the link says, or `do`; one with `undo` takes it back."""
    wish = wish_of(token)
    if wish is None:
        page = {
            "title": "This link leads nowhere any more",
            "advice": "It was not copied whole, or its reader has left.",
        }
        return render(request, "error.html", {"page": page}, status=GONE)
    if request.method != "POST":
        return _page(request, wish, None)
    offered = _offered(wish)
    deed = request.POST.get("do") or offered[0]
    if (undone := request.POST.get("undo")) in offered:
        _undo(wish, undone or "")
        return _page(request, wish, "It is taken back.")
    if deed not in offered:
        raise Http404
    try:
        _do(wish, deed)
    except saying.CannotSay as problem:
        return _page(request, wish, str(problem))
    return _page(request, wish, DONE[deed], undo=deed)


def _offered(wish: Wish) -> tuple[str, ...]:
    return tuple(NAMES) if wish.deed == "any" else (wish.deed,)


def _do(wish: Wish, deed: str) -> None:
    if deed == "save":
        saying.keep(wish.reader, wish.pmid)
    else:
        saying.say(wish.reader, wish.pmid, deed)


def _undo(wish: Wish, deed: str) -> None:
    if deed == "save":
        saying.unkeep(wish.reader, wish.pmid)
    else:
        saying.unsay(wish.reader, wish.pmid)


def _page(
    request: HttpRequest, wish: Wish, done: str | None, *, undo: str | None = None
) -> HttpResponse:
    kept = store.get(wish.pmid)
    left = () if undo is not None and wish.deed != "any" else _offered(wish)
    page = MailPage(
        pmid=wish.pmid,
        title=title_html(kept.article) if kept else None,
        buttons=tuple((deed, NAMES[deed]) for deed in left if deed != undo),
        done=done,
        undo=undo,
    )
    return render(request, "readers/say-by-mail.html", {"page": page})
