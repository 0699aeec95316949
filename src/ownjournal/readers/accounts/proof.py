"""Before what matters: is it still the reader who signed in?

`proved` guards a view. Whoever signed in or proved it within a quarter of an hour
goes on; others are asked once more, by any way they can come in with.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.accounts import codes, door, passkeys, passwords, rates
from ownjournal.readers.accounts.adapter import has_two_steps
from ownjournal.readers.accounts.models import MailedCode
from ownjournal.readers.models import Reader

LASTS = 15 * 60  # seconds
BACK = "after proof"  # in the session: the path of a page of ours
CODE = "code of proof"

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class ProofPage:
    """Everything accounts/prove.html may use."""

    email: str
    has_password: bool
    has_app: bool
    passkey: dict[str, object] | None  # options for the browser; None: has none
    mailed: bool  # whether a code is on its way
    problem: str | None


def is_proved(request: HttpRequest) -> bool:
    """Whether the reader showed lately who they are, by signing in or by `prove`."""
    records = get_authentication_records(request, reader_of(request))
    return any(time.time() - record["at"] < LASTS for record in records)


def proved(view: View) -> View:
    """Guard a view; a page asked for is shown afterwards, a form is not sent on."""

    @signed_in
    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        if is_proved(request):
            return view(request, *args, **kwargs)
        seen = request.method in {"GET", "HEAD"}
        request.session[BACK] = request.path if seen else reverse("mfa_index")
        return redirect("account_reauthenticate")

    return guarded


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """/account/prove: by password, passkey, the app's code, or a code by mail."""
    if request.method != "POST":
        return _page(request, None)
    reader = reader_of(request)
    by = request.POST.get("by", "")
    if by == "mail":
        return _mail(request, reader)
    refused = rates.may_try(request, reader.email) or (
        rates.may_step(request, reader) if by == "app" else None
    )
    if refused:
        return refused
    problem = WAYS[by](request, reader) if by in WAYS else "Choose one of the ways."
    if problem:
        door.tell("not proved", by if by in WAYS else "nothing")
        return _page(request, problem)
    door.tell("proved", by)
    rates.was_right(request, reader.email)
    messages.success(request, "Thank you. That was you.")
    return redirect(request.session.pop(BACK, None) or reverse("mfa_index"))


def _mail(request: HttpRequest, reader: Reader) -> HttpResponse:
    refused = rates.may_mail(request, reader.email)
    if refused:
        return refused
    row = codes.ask(
        MailedCode.Purpose.PROOF, reader.email, timezone.now(), reader=reader
    )
    request.session[CODE] = row.number
    return redirect("account_reauthenticate")


def _by_password(request: HttpRequest, reader: Reader) -> str | None:
    if passwords.right(reader.email, request.POST.get("password", "")) != reader:
        return "This is not your password."
    record_authentication(request, reader, method="password", reauthenticated=True)
    return None


def _by_code(request: HttpRequest, reader: Reader) -> str | None:
    number = request.session.get(CODE, "")
    answer = codes.check(number, request.POST.get("code", ""), timezone.now())
    if answer is codes.Answer.GONE:
        request.session.pop(CODE, None)
        return "This code no longer works. Ask for another."
    if answer is codes.Answer.WRONG:
        return "This is not the code in the mail."
    request.session.pop(CODE, None)
    record_authentication(request, reader, method="code", reauthenticated=True)
    return None


def _by_app(request: HttpRequest, reader: Reader) -> str | None:
    form = ReauthenticateForm(request.POST, user=reader)
    used = rates.is_second_use(reader, request.POST.get("code", ""))
    if used or not form.is_valid():
        return "This is not the code that the app shows now."
    form.save()
    return None


def _by_passkey(request: HttpRequest, reader: Reader) -> str | None:
    form = ReauthenticateWebAuthnForm(request.POST, user=reader)
    if not passkeys.is_valid(form):
        return "This passkey was not taken."
    form.save()
    return None


WAYS = {
    "password": _by_password,
    "code": _by_code,
    "app": _by_app,
    "passkey": _by_passkey,
}


def _page(request: HttpRequest, problem: str | None) -> HttpResponse:
    reader = reader_of(request)
    page = ProofPage(
        email=reader.email,
        has_password=reader.has_usable_password(),
        has_app=has_two_steps(reader),
        passkey=passkeys.asked_of(reader),
        mailed=CODE in request.session,
        problem=problem,
    )
    status = 422 if problem else 200
    return render(request, "accounts/prove.html", {"page": page}, status=status)
