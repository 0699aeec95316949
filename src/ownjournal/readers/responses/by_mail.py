"""What a link of a mail leads to: /say/TOKEN, a page with one button."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
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
    "more": "More like this",
    "less": "Less like this",
    "knew": "I knew this already",
    "save": "Save this article",
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
    button: str
    done: str | None  # what was done, in a sentence; None before
    can_undo: bool


# Exempt, as the token is a secret that no other site knows, and a mail program
# may open the page where no cookie is kept.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Asks; a POST does it, one with `do` undo takes it back."""
    wish = wish_of(token)
    if wish is None:
        page = {
            "title": "This link leads nowhere any more",
            "advice": "It was not copied whole, or its reader has left.",
        }
        return render(request, "error.html", {"page": page}, status=GONE)
    if request.method != "POST":
        return _page(request, wish, None, can_undo=False)
    if request.POST.get("do") == "undo":
        _undo(wish)
        return _page(request, wish, "It is taken back.", can_undo=False)
    try:
        _do(wish)
    except saying.CannotSay as problem:
        return _page(request, wish, str(problem), can_undo=False)
    return _page(request, wish, DONE[wish.deed], can_undo=True)


def _do(wish: Wish) -> None:
    if wish.deed == "save":
        saying.keep(wish.reader, wish.pmid)
    else:
        saying.say(wish.reader, wish.pmid, wish.deed)


def _undo(wish: Wish) -> None:
    if wish.deed == "save":
        saying.unkeep(wish.reader, wish.pmid)
    else:
        saying.unsay(wish.reader, wish.pmid)


def _page(
    request: HttpRequest, wish: Wish, done: str | None, *, can_undo: bool
) -> HttpResponse:
    kept = store.get(wish.pmid)
    page = MailPage(
        pmid=wish.pmid,
        title=title_html(kept.article) if kept else None,
        button=NAMES[wish.deed],
        done=done,
        can_undo=can_undo,
    )
    return render(request, "readers/say-by-mail.html", {"page": page})
