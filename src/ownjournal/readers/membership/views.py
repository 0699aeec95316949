"""/account/membership: what one is here, until when, and how to go on."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.limits import Limit, take
from ownjournal.readers.membership import members
from ownjournal.readers.membership.standing import may_receive, standing
from ownjournal.readers.membership.words import told
from ownjournal.readers.models import Reader

TRIES = Limit("invitation codes tried by a reader", times=10, seconds=3600)


@dataclass(frozen=True, slots=True)
class MembershipPage:
    """Everything membership/membership.html may use."""

    told: str  # what the reader is; sentences
    may_receive: bool
    gives_trials: bool  # where it does not, nobody needs to be a member
    code: str  # as typed; "" when nothing was
    problem: str | None  # with the code


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The page; with POST, the field `code`."""
    reader = reader_of(request)
    if request.method != "POST":
        return _page(request, reader, None, status=200)
    now = timezone.now()
    wait = take(TRIES, str(reader.pk), now)
    if wait is not None:
        said = f"Those were many codes. Please try again in {-(-wait // 60)} min."
        answer = _page(request, reader, said, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    try:
        members.use(reader, request.POST.get("code", "")[:64], now)
    except members.NoInvitation as problem:
        return _page(request, reader, str(problem), status=422)
    messages.success(request, "You are a member now.")
    return redirect("readers:membership")


def _page(
    request: HttpRequest, reader: Reader, problem: str | None, *, status: int
) -> HttpResponse:
    now = timezone.now()
    page = MembershipPage(
        told=told(standing(reader, now)),
        may_receive=may_receive(reader, now),
        gives_trials=settings.MEMBERSHIP != "open",
        code=request.POST.get("code", "")[:64],
        problem=problem,
    )
    return render(request, "membership/membership.html", {"page": page}, status=status)
