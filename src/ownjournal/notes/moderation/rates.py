"""How often readers and visitors may press what stands beside notes."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ownjournal.readers.limits import Limit, take

MARKS = Limit("helpful marks of a reader", 300, 3600)
REPORTS_OF_READER = Limit("reports of a reader", 20, 86_400)
REPORTS_OF_CLIENT = Limit("reports of a client", 5, 3600)
REPORTS_OF_VISITORS = Limit("reports of all visitors", 200, 3600)
"""So that a crowd of machines cannot bury what readers report."""


@dataclass(frozen=True, slots=True)
class SlowPage:
    """Everything moderation/slow.html may use."""

    minutes: int
    why: str  # a sentence


def must_wait(
    request: HttpRequest, why: str, *tries: tuple[Limit, str]
) -> HttpResponse | None:
    """Count one try of each; the page that asks to wait, or None."""
    now = timezone.now()
    for limit, key in tries:
        seconds = take(limit, key, now)
        if seconds is not None:
            page = SlowPage(minutes=-(-seconds // 60), why=why)
            answer = render(request, "moderation/slow.html", {"page": page}, status=429)
            answer["Retry-After"] = str(seconds)
            return answer
    return None
