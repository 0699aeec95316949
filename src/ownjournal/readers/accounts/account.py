"""/account: how one signs in, and where; each change is told by mail."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.accounts import (
    codes,
    mails,
    orcid,
    passkeys,
    passwords,
    rates,
    sessions,
)
from ownjournal.readers.accounts.adapter import has_two_steps
from ownjournal.readers.accounts.models import MailedCode, Session
from ownjournal.readers.address import BadAddress, canonical
from ownjournal.readers.models import Reader, SignInLink

CODE = "code of a new address"  # in the session


@dataclass(frozen=True, slots=True)
class Key:
    """A passkey in the list."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that is signed in."""

    name: str
    began_at: datetime | None
    is_this: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Everything accounts/account.html may use."""

    email: str
    has_password: bool
    passkeys: tuple[Key, ...]
    passkeys_possible: bool
    has_app: bool
    recovery_codes: int  # left
    browsers: tuple[Browser, ...]  # the newest first
    orcid_offered: bool
    orcid: str | None  # connected: 0000-0002-1825-0097


@dataclass(frozen=True, slots=True)
class AddressPage:
    """Everything accounts/address.html may use."""

    email: str  # now
    wanted: str  # as typed; "" when nothing was
    mailed_to: str | None  # where a code is on its way to
    problem: str | None


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """Everything accounts/password.html may use."""

    email: str  # for the browser's own list of passwords
    has_password: bool
    problem: str | None


@signed_in
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All there is about coming in."""
    reader = reader_of(request)
    page = AccountPage(
        email=reader.email,
        has_password=reader.has_usable_password(),
        passkeys=tuple(
            Key(each.pk, passkeys.name_of(each), each.created_at, each.last_used_at)
            for each in passkeys.of(reader)
        ),
        passkeys_possible=passkeys.are_possible(),
        has_app=has_two_steps(reader),
        recovery_codes=_recovery_codes(reader),
        browsers=_browsers(request, reader),
        orcid_offered=orcid.is_offered(),
        orcid=orcid.of(reader),
    )
    return render(request, "accounts/account.html", {"page": page})


def _recovery_codes(reader: Reader) -> int:
    kind = Authenticator.Type.RECOVERY_CODES
    kept = Authenticator.objects.filter(user=reader, type=kind).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def _browsers(request: HttpRequest, reader: Reader) -> tuple[Browser, ...]:
    rows = Session.objects.filter(reader=reader, expire_date__gt=timezone.now())
    return tuple(
        Browser(
            name=row.browser or "A browser",
            began_at=row.began_at,
            is_this=row.session_key == request.session.session_key,
        )
        for row in rows.order_by("-began_at")
    )


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    ended = sessions.end_others(reader_of(request), request.session.session_key)
    browsers = "1 other browser was" if ended == 1 else f"{ended} other browsers were"
    messages.success(request, f"{browsers} signed out.")
    return redirect("mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """/account/password: set one, change it, or take it away."""
    reader = reader_of(request)
    if request.method != "POST":
        return _password_page(request, None)
    if "remove" in request.POST:
        reader.set_unusable_password()
    else:
        wanted = request.POST.get("password", "")
        problem = passwords.problem_of(wanted, reader)
        if problem:
            return _password_page(request, problem)
        reader.set_password(wanted)
    reader.save(update_fields=["password"])
    _begin_anew(request, reader)
    has_one = reader.has_usable_password()
    mails.tell(reader, "password" if has_one else "no-password")
    messages.success(
        request,
        "Your password is set." if has_one else "Your password is no more.",
    )
    return redirect("mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """/account/address: the new one typed, then the code that was mailed there."""
    reader = reader_of(request)
    if request.method != "POST":
        return _address_page(request, None)
    if "code" in request.POST:
        return _take_address(request, reader)
    try:
        wanted = canonical(request.POST.get("email", ""))
    except BadAddress as problem:
        return _address_page(request, str(problem))
    if wanted == reader.email:
        return _address_page(request, "This is your address already.")
    refused = rates.may_take_address(request, reader) or rates.may_mail(request, wanted)
    if refused:
        return refused
    row = codes.ask(MailedCode.Purpose.ADDRESS, wanted, timezone.now(), reader=reader)
    request.session[CODE] = row.number
    return redirect("account_email")


def _take_address(request: HttpRequest, reader: Reader) -> HttpResponse:
    row = _asked(request, reader)
    refused = rates.may_try(request, reader.email)
    if refused:
        return refused
    typed = request.POST.get("code", "")
    answer = codes.check(row.number if row else "", typed, timezone.now())
    if answer is codes.Answer.WRONG:
        return _address_page(request, "This is not the code in the mail.")
    request.session.pop(CODE, None)
    if row is None or answer is not codes.Answer.RIGHT or not _take(reader, row):
        gone = "This code no longer works. Type the address again for another."
        return _address_page(request, gone)
    _begin_anew(request, reader)
    messages.success(request, f"Your address is {reader.email} now.")
    return redirect("mfa_index")


def _take(reader: Reader, row: MailedCode) -> bool:
    """Change the address and tell both; False where somebody has it already."""
    old, reader.email = reader.email, row.address
    try:
        with transaction.atomic():
            reader.save(update_fields=["email"])
    except IntegrityError:
        reader.email = old
        return False
    for to in (old, None):
        mails.tell(reader, "address", to=to, old=old, new=reader.email)
    codes.end_all(reader, old)
    return True


def _begin_anew(request: HttpRequest, reader: Reader) -> None:
    """After what counts: no link, no code and no other browser stays good."""
    codes.end_all(reader)
    SignInLink.objects.filter(reader=reader).delete()
    update_session_auth_hash(request, reader)
    sessions.end_others(reader, request.session.session_key)


def _asked(request: HttpRequest, reader: Reader) -> MailedCode | None:
    number = request.session.get(CODE, "")
    return MailedCode.objects.filter(number=number, reader=reader).first()


def _address_page(request: HttpRequest, problem: str | None) -> HttpResponse:
    reader = reader_of(request)
    row = _asked(request, reader)
    page = AddressPage(
        email=reader.email,
        wanted=request.POST.get("email", "")[:320],
        mailed_to=row.address if row else None,
        problem=problem,
    )
    status = 422 if problem else 200
    return render(request, "accounts/address.html", {"page": page}, status=status)


def _password_page(request: HttpRequest, problem: str | None) -> HttpResponse:
    reader = reader_of(request)
    page = PasswordPage(
        email=reader.email, has_password=reader.has_usable_password(), problem=problem
    )
    status = 422 if problem else 200
    return render(request, "accounts/password.html", {"page": page}, status=status)
