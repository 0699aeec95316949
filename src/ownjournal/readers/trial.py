"""The trial panel: /trial takes an address, and answers everybody alike.

Nothing tells whether an address was known before: one statement stores it or
leaves it, and the answer is the same page. No mail is sent.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.readers.address import BadAddress, canonical
from ownjournal.readers.limits import Limit, take
from ownjournal.readers.models import TrialRequest

PER_CLIENT = Limit("trial requests of a client", times=20, seconds=3600)
OVERALL = Limit("trial requests in all", times=500, seconds=3600)
LONGEST_SHOWN = 320  # characters of a wrong address that are given back


@dataclass(frozen=True, slots=True)
class TrialPage:
    """Everything readers/trial.html may use."""

    email: str  # as typed; "" when nothing was
    problem: str | None


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The field `email`, typed into the panel of any page."""
    if request.method != "POST":
        return _again(request, None, status=200)
    try:
        email = canonical(request.POST.get("email", ""))
    except BadAddress as problem:
        return _again(request, str(problem), status=422)
    wait = _wait(request)
    if wait is not None:
        minutes = -(-wait // 60)
        answer = _again(
            request,
            f"Many addresses came in just now. Please try again in {minutes} min.",
            status=429,
        )
        answer["Retry-After"] = str(wait)
        return answer
    TrialRequest.objects.bulk_create(
        [TrialRequest(email=email, asked_at=timezone.now())], ignore_conflicts=True
    )
    return redirect("readers:asked")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "readers/trial-thanks.html")


def _wait(request: HttpRequest) -> int | None:
    """Seconds to wait; the peer's address counts, never a header it could invent."""
    now = timezone.now()
    client = request.META.get("REMOTE_ADDR", "")
    return take(PER_CLIENT, client, now) or take(OVERALL, "", now)


def _again(request: HttpRequest, problem: str | None, *, status: int) -> HttpResponse:
    typed = request.POST.get("email", "")[:LONGEST_SHOWN]
    page = TrialPage(email=typed, problem=problem)
    return render(request, "readers/trial.html", {"page": page}, status=status)
