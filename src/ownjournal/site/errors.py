"""What a reader sees when a page cannot be shown: always a page of this site."""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string

from ownjournal.catalogue.unknown import NoArticle
from ownjournal.pubmed.fulltext import record_address
from ownjournal.readers.accounts.origin import is_from_elsewhere
from ownjournal.readers.files.kept import FilesAway
from ownjournal.site import machine

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Everything error.html may use."""

    title: str
    advice: str
    query: str | None = None  # what the search box holds already
    elsewhere: str | None = None  # address of a page that may have it
    way: tuple[str, str] | None = None  # name and address of where to go on


TYPED = (
    *("text", "description", "journals", "reflection", "why"),
    *("authors", "questions", "minutes"),
)
"""What texts are called in forms."""

AGAIN_IN = 60  # seconds

BAD_REQUEST = ErrorPage(
    "This request cannot be read",
    "The address or the form it came with is not one this site can answer.",
)
FORBIDDEN = ErrorPage("This page is not open to you", "Signing in may help.")
STALE_FORM = ErrorPage(
    "This form is too old or came from elsewhere",
    "Nothing was changed. Go back, load the page again and repeat what you did.",
)
NOT_FOUND = ErrorPage(
    "There is nothing at this address",
    "Perhaps the search finds what you were looking for.",
)
NOT_ALLOWED = ErrorPage(
    "There is no page at this address",
    "It is where a form is sent to. Nothing was changed; the form is on the page that"
    " you came from.",
)
FILES_AWAY = ErrorPage(
    "Pictures and files cannot be reached at the moment",
    "Everything else works, and nothing is lost. Try again in a few minutes.",
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a Host that is not ours, a body too large, a path that is none."""
    return _answer(request, BAD_REQUEST, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, by a view's own decision."""
    return _answer(request, FORBIDDEN, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without the token of this browser; Django logs the reason."""
    return _answer(request, STALE_FORM, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with a search box; for an article with its number in the box."""
    page = NOT_FOUND
    if isinstance(exception, NoArticle):
        page = ErrorPage(
            f"Article {exception.pmid} is not here",
            exception.told,
            query=str(exception.pmid),
            elsewhere=record_address(exception.pmid) if exception.may_exist else None,
        )
    return _answer(request, page, 404)


def not_now(request: HttpRequest, page: ErrorPage, seconds: int) -> HttpResponse:
    """503: what was asked for works again later; in how many seconds to try."""
    answer = _answer(request, page, 503)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer


def not_allowed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 405 with a page where it has none: who reloads a form comes there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if answer.status_code != 405 or request.method != "GET" or answer.content:
            return answer
        page = _answer(request, NOT_ALLOWED, 405)
        page["Allow"] = answer["Allow"]
        return page

    return middleware


class FilesAwayPage:
    """Middleware: 503 where a page needs files that cannot be reached now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """The page; the log says what is wrong with the store."""
        if not isinstance(exception, FilesAway):
            return None
        log.warning("Files are away: %s", exception)
        return not_now(request, FILES_AWAY, AGAIN_IN)


def broken(request: HttpRequest) -> HttpResponse:
    """A page that needs nothing that may be broken: no database, no session.

    500; 503 where it is the machine that fails, with what was written in a form, so
    that it can be copied: pages in the history of a browser may have lost it.
    """
    fault = sys.exc_info()[1]
    if not isinstance(fault, Exception) or machine.told(fault) is None:
        return HttpResponse(render_to_string("broken.html"), status=500)
    page = render_to_string("machine.html", {"typed": _typed(request)})
    headers = {"Retry-After": str(AGAIN_IN), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def _typed(request: HttpRequest) -> list[str]:
    """The texts of a form of ours; none of one that another site may have sent."""
    with suppress(OSError, SuspiciousOperation, MultiPartParserError):
        if request.method == "POST" and not is_from_elsewhere(request):
            texts = (request.POST.get(name, "").strip() for name in TYPED)
            return [text for text in texts if text]
    return []


def _answer(request: HttpRequest, page: ErrorPage, status: int) -> HttpResponse:
    return render(request, "error.html", {"page": page}, status=status)
