"""What the site writes into its log, and what it never does.

With LOG_FORMAT=json each event is one line of JSON, and each request is an event; with
text only what somebody should look at is written. Neither has an address of a machine,
a query, a reader, or the path as it was asked for, which may hold a secret: a path is
told by its pattern, as `/articles/<pmid>`.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.admindocs.views import simplify_regex
from django.http import HttpRequest
from django.urls import Resolver404, resolve

NOWHERE = "(nowhere)"  # a path that is none of ours
NAMED = "ownjournal.request"  # in a request's META: its name
PATTERN = "ownjournal.pattern"  # there, too: of a path that no view has answered

request_name: ContextVar[str | None] = ContextVar("request", default=None)
request_now: ContextVar[HttpRequest | None] = ContextVar("request now", default=None)


def path_pattern(request: HttpRequest) -> str:
    """The pattern of the path that was asked for, as `/articles/<pmid>`."""
    if request.resolver_match is not None:
        return _simple(request.resolver_match.route)
    if PATTERN not in request.META:  # a flood asks for what is not here
        request.META[PATTERN] = _looked_up(request.path_info)
    return str(request.META[PATTERN])


def _looked_up(path: str) -> str:
    if path.startswith(settings.STATIC_URL):
        return f"{settings.STATIC_URL}<path>"
    try:
        return _simple(resolve(path).route)
    except Resolver404:
        return NOWHERE


@lru_cache(maxsize=1000)  # there are no more patterns than that
def _simple(route: str) -> str:
    return str(simplify_regex(route.replace(r"\.", ".").replace("/?", "")))


class WithoutPaths(logging.Filter):
    """Puts the pattern where Django names a path, and adds the request's name.

    An event with fields gets the pattern of where it happened as one more.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            pattern = path_pattern(request)
            record.args = tuple(
                pattern if each in (request.path, request.get_full_path()) else each
                for each in record.args
            )
        name = request_name.get()
        if name is None and isinstance(request, HttpRequest):
            # Django tells of a refusal when all middleware is through.
            name = request.META.get(NAMED)
        record.of_request = name
        fields, now = getattr(record, "fields", None), request_now.get()
        if fields is not None and now is not None:
            record.fields = {"path": path_pattern(now), **fields}
        return True


class TextLine(logging.Formatter):
    """Level, logger, event, and in brackets the fields that it has."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = getattr(record, "fields", {})
        said = ", ".join(f"{name}: {value}" for name, value in fields.items())
        return super().formatMessage(record) + (f" ({said})" if said else "")


class JsonLine(logging.Formatter):
    """An event as one line of JSON: time, level, logger, event, and what it has."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if name := getattr(record, "of_request", None):
            line["request"] = name
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class Advice(logging.Filter):
    """Leaves out what Granian thinks of the number of threads: nearly all wait."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "Python threads" not in record.getMessage()
