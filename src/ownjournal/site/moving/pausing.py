"""What readers see while the site is read-only: pages, and a word where they write."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ownjournal.site.errors import ErrorPage, not_now
from ownjournal.site.moving.halting import ReadOnly, why_read_only

SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
AGAIN_IN = 30  # seconds
PAUSED = ErrorPage(
    "Nothing can be changed here for a moment",
    "This site is moving to another machine. What you sent was not kept: go back, and"
    " send it again in a minute. Reading and searching go on.",
)


class Pausing:
    """Middleware: 503 and Retry-After where something is to be changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and why_read_only():
            return _paused(request)
        answer = self._get_response(request)
        if why_read_only():  # a session is not worth an answer that fails
            request.session.modified = False
        return answer

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """The same page where a request came too late, or a page had to write."""
        return _paused(request) if isinstance(exception, ReadOnly) else None


def _paused(request: HttpRequest) -> HttpResponse:
    return not_now(request, PAUSED, AGAIN_IN)
