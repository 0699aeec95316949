"""Passkeys: signing in with what a device keeps, added and taken away.

The ceremony is allauth's and fido2's. Options go to the browser as JSON, and
static/passkeys.js does the rest; whoever has no script has the other ways.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ownjournal.readers.access import reader_of
from ownjournal.readers.accounts import door, mails, rates, sessions
from ownjournal.readers.accounts.adapter import site_host
from ownjournal.readers.models import Reader

LONGEST_NAME = 60  # characters
MOST = 20  # passkeys of a reader
KEY = Authenticator.Type.WEBAUTHN


@dataclass(frozen=True, slots=True)
class PasskeyPage:
    """Everything accounts/passkey.html may use."""

    options: dict[str, Any]  # for the browser
    name: str
    problem: str | None


def are_possible() -> bool:
    """Whether browsers take passkeys here: they belong to a name, not to a number."""
    try:
        ip_address(site_host())
    except ValueError:
        return True
    return False


def of(reader: Reader) -> tuple[Authenticator, ...]:
    """The reader's passkeys, the oldest first."""
    return tuple(Authenticator.objects.filter(user=reader, type=KEY).order_by("pk"))


def name_of(key: Authenticator) -> str:
    """As the reader called it."""
    return str(key.data["name"])


def asked_of(reader: Reader) -> dict[str, Any] | None:
    """Options for the browser to ask for one of the reader's; None: there is none."""
    return plain(auth.begin_authentication(reader)) if of(reader) else None


def plain(options: Any) -> dict[str, Any]:
    """allauth's options as JSON has them."""
    return dict(options)


def is_valid(form: Form) -> bool:
    """Whether a passkey's answer holds; what no browser would send is simply wrong."""
    try:
        return bool(form.is_valid())
    except (AttributeError, KeyError, TypeError, ValueError, ValidationError):
        return False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """/sign-in/passkey: options for the browser; then, posted, what it answers."""
    if request.method != "POST":
        sessions.keep_briefly(request)
        return JsonResponse(plain(auth.begin_authentication(None)))
    refused = rates.may_try(request, None)
    if refused:
        return refused
    form = LoginWebAuthnForm(data=request.POST)
    if not is_valid(form) or not form.cleaned_data["credential"].user.is_active:
        door.tell("refused", "passkey")
        messages.error(request, "This passkey was not taken. Come in another way.")
        return redirect("account_login")
    key = form.cleaned_data["credential"]
    rates.was_right(request, None)
    post_authentication(request, key, passwordless=True)
    answer: HttpResponse = perform_login(request, Login(user=key.user))
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """/account/passkeys/add; guarded by `proof.proved` in urls.py."""
    reader = reader_of(request)
    if not are_possible() or len(of(reader)) >= MOST:
        raise Http404
    if request.method != "POST":
        return _page(request, reader, None)
    form = AddWebAuthnForm({**request.POST.dict(), "passwordless": "on"}, user=reader)
    if not is_valid(form):
        return _page(request, reader, "This passkey was not taken. Try once more.")
    name = request.POST.get("name", "").strip()[:LONGEST_NAME] or _next_name(reader)
    auth.WebAuthn.add(reader, name, form.cleaned_data["credential"])
    mails.tell(reader, "passkey", name=name)
    messages.success(request, f"You can sign in with {name} now.")
    return redirect("mfa_index")


@require_POST
def remove(request: HttpRequest, key_id: int) -> HttpResponse:
    """Take one away; another reader's answers as if it were not there."""
    reader = reader_of(request)
    key = Authenticator.objects.filter(user=reader, type=KEY, pk=key_id).first()
    if key is None:
        raise Http404
    name = name_of(key)
    key.delete()
    mails.tell(reader, "no-passkey", name=name)
    messages.success(request, f"{name} signs nobody in any more.")
    return redirect("mfa_index")


def _next_name(reader: Reader) -> str:
    return f"Passkey {len(of(reader)) + 1}"


def _page(request: HttpRequest, reader: Reader, problem: str | None) -> HttpResponse:
    page = PasskeyPage(
        options=plain(auth.begin_registration(reader, True)),
        name=request.POST.get("name", "")[:LONGEST_NAME] or _next_name(reader),
        problem=problem,
    )
    status = 422 if problem else 200
    return render(request, "accounts/passkey.html", {"page": page}, status=status)
