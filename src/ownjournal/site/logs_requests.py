"""Each request: its name, how long it took, and its line of the log."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ownjournal.site.logs_lines import (
    NAMED,
    path_pattern,
    request_name,
    request_now,
)
from ownjournal.site.metrics_counts import count_request

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")  # by a proxy of the site's own

log = logging.getLogger("ownjournal.requests")


def requests_logged(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: names each request, times it, and tells of it.

    The name stands on the answer and in every line that is written meanwhile.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        name = request.META[NAMED] = _name(request)
        named, now = request_name.set(name), request_now.set(request)
        began = time.perf_counter()
        try:
            response = get_response(request)
            seconds = time.perf_counter() - began
            path = path_pattern(request)
            count_request(request.method or "", path, response.status_code, seconds)
            response.headers[HEADER] = name
            if settings.LOG_FORMAT == "json":
                fields = {
                    "method": request.method,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                }
                log.info("request", extra={"fields": fields})
            return response
        finally:
            request_name.reset(named)
            request_now.reset(now)

    return middleware


def _name(request: HttpRequest) -> str:
    """The name that our own proxy gave the request, else a new one."""
    given = request.headers.get(HEADER, "")
    if settings.TRUSTED_PROXIES and GIVEN.fullmatch(given):
        return given
    return secrets.token_hex(8)
