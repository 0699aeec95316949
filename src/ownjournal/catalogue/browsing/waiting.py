"""Parts of pages that take counting, in a request of their own.

A list is shown at once. What is counted over all of its articles, as a chart or who
wrote most of them, takes tenths of a second where they are many, when it is asked
for the first time after the index changed. So the page loads that part when it
stands; without scripts a link leads to the same page with everything in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response

from ownjournal import __version__
from ownjournal.catalogue import store
from ownjournal.catalogue.browsing.lists import ListAsked
from ownjournal.catalogue.following import index
from ownjournal.catalogue.similar import FRESH_SECONDS
from ownjournal.search.index import IndexUnusable

AT_ONCE = 20_000
"""Articles of a list that are counted while its page waits."""

WHOLE = "whole"  # the parameter of an address that asks for everything at once


@dataclass(frozen=True, slots=True)
class Waiting:
    """A part that its page loads: everything catalogue/waiting.html may use."""

    part: str  # address of the part alone
    whole: str  # of the page with it

    @classmethod
    def at(cls, asked: ListAsked, part: str) -> "Waiting":
        """The part of the page that was asked for."""
        address = asked.address()
        return cls(part, f"{address}{'&' if '?' in address else '?'}{WHOLE}=1")


def is_whole(request: HttpRequest) -> bool:
    """Whether a page is asked for with everything in it."""
    return WHOLE in request.GET


def answer(
    request: HttpRequest, template: str, made: Callable[[], Mapping[str, Any]]
) -> HttpResponse:
    """A part alone, the same for every reader, until what it counts changes.

    made  what the template gets; may raise IndexUnusable. 503 has no body, as nobody
    sees it: the page keeps its link.
    """
    try:
        etag = f'"{store.revision()}.{index().revision}.{__version__}.{_today()}"'
        known = get_conditional_response(request, etag)
        response = known or render(request, template, dict(made()))
    except IndexUnusable:
        return HttpResponse(status=503)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


def _today() -> str:
    """Charts say which year is not over."""
    return timezone.now().date().isoformat()
