"""The second step: a code from an app, and recovery codes for its loss."""

from dataclasses import dataclass
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import (
    generate_recovery_codes,
    view_recovery_codes,
)
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.readers.access import reader_of
from ownjournal.readers.accounts import door, mails, passkeys, rates
from ownjournal.readers.accounts.adapter import MfaAdapter, SecondStep, has_two_steps
from ownjournal.readers.accounts.qr_code import squares


@dataclass(frozen=True, slots=True)
class StepPage:
    """Everything accounts/second-step.html may use."""

    passkey: dict[str, Any] | None  # options for the browser; None: has none
    problem: str | None


@dataclass(frozen=True, slots=True)
class AppPage:
    """Everything accounts/app.html may use."""

    secret: str  # to be typed in where no picture can be taken, in groups of four
    address: str  # otpauth://…
    picture: str  # of the address: the d of an SVG path
    side: int  # of the picture, in squares
    problem: str | None


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """Everything accounts/recovery-codes.html may use."""

    codes: tuple[str, ...]  # those not used yet


@never_cache
@login_stage_required(  # type: ignore[untyped-decorator]
    stage=SecondStep.key, redirect_urlname="account_login"
)
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """/sign-in/second-step: a code from the app, a recovery code, or a passkey."""
    stage = request._login_stage  # type: ignore[attr-defined]  # by the decorator
    reader = stage.login.user
    problem = None
    if request.method == "POST":
        refused = rates.may_step(request, reader)
        if refused:
            return refused
        kind = AuthenticateForm if "code" in request.POST else AuthenticateWebAuthnForm
        form = kind(data=request.POST, user=reader)
        code = request.POST.get("code")
        used = code is not None and rates.is_second_use(reader, code)
        if not used and passkeys.is_valid(form):
            form.save()
            answer: HttpResponse = stage.exit()
            return answer
        door.tell("refused", "app" if code is not None else "passkey")
        problem = "That did not fit. Look at the app again, or use a recovery code."
    page = StepPage(passkey=passkeys.asked_of(reader), problem=problem)
    status = 422 if problem else 200
    return render(request, "accounts/second-step.html", {"page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """/account/second-step: show the secret once; its first code switches it on."""
    reader = reader_of(request)
    if has_two_steps(reader):
        return redirect("mfa_index")
    form = ActivateTOTPForm(
        request.POST if request.method == "POST" else None, user=reader
    )
    if form.is_bound:
        refused = rates.may_step(request, reader)
        if refused:
            return refused
        if form.is_valid():
            activate_totp(request, form)
            mails.tell(reader, "two-steps")
            messages.success(request, "Signing in takes a code from your app now.")
            return redirect("mfa_view_recovery_codes")
    address = MfaAdapter().build_totp_url(reader, form.secret)
    picture, side = squares(address)
    page = AppPage(
        secret=" ".join(form.secret[at : at + 4] for at in range(0, 32, 4)).strip(),
        address=address,
        picture=picture,
        side=side,
        problem="This is not the code that the app shows." if form.is_bound else None,
    )
    status = 422 if page.problem else 200
    return render(request, "accounts/app.html", {"page": page}, status=status)


@require_POST
def switch_off(request: HttpRequest) -> HttpResponse:
    """One step is enough again; recovery codes go with the second."""
    reader = reader_of(request)
    kind = Authenticator.Type.TOTP
    app = Authenticator.objects.filter(user=reader, type=kind).first()
    if app is None:
        raise Http404
    delete_and_cleanup(request, app)
    codes = Authenticator.Type.RECOVERY_CODES
    Authenticator.objects.filter(user=reader, type=codes).delete()
    mails.tell(reader, "one-step")
    messages.success(request, "Signing in takes no second step any more.")
    return redirect("mfa_index")


@require_safe
def recovery(request: HttpRequest) -> HttpResponse:
    """/account/recovery-codes: those that are left."""
    found, _ = view_recovery_codes(request)
    if found is None:
        raise Http404
    page = RecoveryPage(codes=tuple(found.get_unused_codes()))
    return render(request, "accounts/recovery-codes.html", {"page": page})


@require_POST
def recovery_again(request: HttpRequest) -> HttpResponse:
    """Ten new ones; the old ones work no longer."""
    reader = reader_of(request)
    if not has_two_steps(reader):
        raise Http404
    generate_recovery_codes(request)
    mails.tell(reader, "recovery")
    messages.success(request, "The codes you had before no longer work.")
    return redirect("mfa_view_recovery_codes")
