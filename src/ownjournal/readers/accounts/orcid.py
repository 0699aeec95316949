"""ORCID: a name that ORCID vouches for, and one more way to sign in.

It is offered where the operator has a client at ORCID (ORCID_CLIENT_ID). It never
makes a reader: whoever wants it connects it to the account they have. The flow is
OAuth 2.0 with a code (RFC 6749, 4.1); ORCID names who signed in with the answer to
the second request, and nothing else is asked of it.
"""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ownjournal.readers.access import reader_of
from ownjournal.readers.accounts import door, mails, sessions
from ownjournal.readers.accounts.models import OrcidAccount
from ownjournal.readers.models import Reader

FORM = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
STATE = "orcid state"  # in the session
CONNECTS = "orcid connects"  # in the session, beside the state: set out to connect
SECONDS = 10.0  # for an answer of ORCID's
LONGEST_NAME = 200  # characters


class NoAnswer(Exception):
    """ORCID did not say who signed in."""


@dataclass(frozen=True, slots=True)
class OrcidPage:
    """Everything accounts/orcid.html may use."""

    address: str  # at ORCID


def is_offered() -> bool:
    return bool(settings.ORCID_CLIENT_ID)


def of(reader: Reader) -> str | None:
    """The reader's ORCID iD as ORCID confirmed it; None: not connected."""
    found = OrcidAccount.objects.filter(reader=reader).first()
    return found.orcid if found else None


@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Set out to sign in by ORCID; who is in already has nothing to do there."""
    if request.user.is_authenticated:
        return redirect("mfa_index")
    return _leave(request, connects=False)


@never_cache
@require_POST
def connect(request: HttpRequest) -> HttpResponse:
    """Set out to connect an iD; guarded by `proof.proved` in urls.py."""
    return _leave(request, connects=True)


def _leave(request: HttpRequest, *, connects: bool) -> HttpResponse:
    """A page with the link to ORCID: no form of ours may lead to another host."""
    request.session[STATE] = secrets.token_urlsafe(16)
    request.session[CONNECTS] = connects
    sessions.keep_briefly(request)
    asked = {
        "client_id": settings.ORCID_CLIENT_ID,
        "response_type": "code",
        "scope": "/authenticate",
        "redirect_uri": _back(),
        "state": request.session[STATE],
    }
    address = f"{settings.ORCID_URL}/oauth/authorize?{urlencode(asked)}"
    return render(request, "accounts/orcid.html", {"page": OrcidPage(address)})


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Where ORCID sends the reader back to: to sign in, or to connect it."""
    state = request.session.pop(STATE, None)
    connects = request.session.pop(CONNECTS, False)
    told = request.GET.get("state", "")
    if state is None or not constant_time_compare(state, told):
        return _not_so(request)
    try:
        orcid, name = ask(request.GET.get("code", ""))
    except NoAnswer:
        return _not_so(request)
    if request.user.is_authenticated != connects:
        return _not_so(request)
    if connects:
        return _connect(request, reader_of(request), orcid, name)
    account = OrcidAccount.objects.filter(orcid=orcid, reader__is_active=True).first()
    if account is None:
        return _not_so(request)
    record_authentication(request, account.reader, method="orcid")
    answer: HttpResponse = perform_login(request, Login(user=account.reader))
    return answer


def ask(code: str, transport: httpx.BaseTransport | None = None) -> tuple[str, str]:
    """The ORCID iD and the name of whoever signed in there. Raises NoAnswer."""
    if not code:
        raise NoAnswer
    form = {
        "client_id": settings.ORCID_CLIENT_ID,
        "client_secret": settings.ORCID_SECRET,
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _back(),
    }
    address = f"{settings.ORCID_URL}/oauth/token"
    accept = {"Accept": "application/json"}
    try:
        with httpx.Client(timeout=SECONDS, transport=transport) as client:
            answer = client.post(address, data=form, headers=accept).raise_for_status()
        told = answer.json()
        orcid, name = str(told["orcid"]), str(told.get("name") or "")
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError):
        raise NoAnswer from None
    if not FORM.fullmatch(orcid):
        raise NoAnswer
    return orcid, " ".join(name.split())[:LONGEST_NAME]


def _connect(
    request: HttpRequest, reader: Reader, orcid: str, name: str
) -> HttpResponse:
    try:
        with transaction.atomic():
            OrcidAccount.objects.update_or_create(
                reader=reader,
                defaults={"orcid": orcid, "name": name, "at": timezone.now()},
            )
    except IntegrityError:
        messages.error(request, f"{orcid} is connected to another account here.")
        return redirect("mfa_index")
    mails.tell(reader, "orcid")
    messages.success(request, f"Your ORCID iD {orcid} is connected.")
    return redirect("mfa_index")


@require_POST
def disconnect(request: HttpRequest) -> HttpResponse:
    """Take the connection away; guarded by `proof.proved` in urls.py."""
    reader = reader_of(request)
    taken, _ = OrcidAccount.objects.filter(reader=reader).delete()
    if not taken:
        raise Http404
    mails.tell(reader, "no-orcid")
    messages.success(request, "Your ORCID iD is no longer connected.")
    return redirect("mfa_index")


def _not_so(request: HttpRequest) -> HttpResponse:
    door.tell("refused", "orcid")
    return render(request, "accounts/orcid-unknown.html", status=403)


def _back() -> str:
    return settings.SITE_URL + reverse("orcid-back")
