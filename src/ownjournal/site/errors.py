"""What a reader sees when a page cannot be shown: always a page of this site."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ownjournal.catalogue.unknown import NoArticle
from ownjournal.pubmed.fulltext import record_address
from ownjournal.readers.files.kept import FilesAway

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Everything error.html may use."""

    title: str
    advice: str
    query: str | None = None  # what the search box holds already
    elsewhere: str | None = None  # address of a page that may have it
    way: tuple[str, str] | None = None  # name and address of where to go on


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
        return not_now(request, FILES_AWAY, 60)


def broken(request: HttpRequest) -> HttpResponse:
    """A page that needs nothing that may be broken: no database, no session."""
    return HttpResponse(render_to_string("broken.html"), status=500)


def _answer(request: HttpRequest, page: ErrorPage, status: int) -> HttpResponse:
    return render(request, "error.html", {"page": page}, status=status)
