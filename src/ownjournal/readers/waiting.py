"""The page that asks to wait, for whatever is pressed too often."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ownjournal.readers.limits import Limit, take


@dataclass(frozen=True, slots=True)
class WaitPage:
    """Everything readers/wait.html may use."""

    minutes: int
    why: str  # a sentence


def must_wait(
    request: HttpRequest,
    why: str,
    *tries: tuple[Limit, str],
    template: str = "readers/wait.html",
) -> HttpResponse | None:
    """Count one try of each; the page that asks to wait, or None."""
    now = timezone.now()
    for limit, key in tries:
        seconds = take(limit, key, now)
        if seconds is not None:
            page = WaitPage(minutes=-(-seconds // 60), why=why)
            answer = render(request, template, {"page": page}, status=429)
            answer["Retry-After"] = str(seconds)
            return answer
    return None
