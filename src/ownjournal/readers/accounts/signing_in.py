"""Joining and signing in: an address, then the code that was mailed to it.

The first step answers everybody alike (codes.py says how). A browser remembers in
its session which code it asked for; the link in the mail signs in by a button
there, and asks for the code in any other browser. Looking at a link changes
nothing, however often.
"""

from dataclasses import dataclass

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ownjournal.readers.accounts import (
    codes,
    door,
    joining,
    orcid,
    passkeys,
    passwords,
    rates,
    sessions,
)
from ownjournal.readers.accounts.models import MailedCode
from ownjournal.readers.accounts.origin import is_from_elsewhere
from ownjournal.readers.address import BadAddress, canonical
from ownjournal.readers.models import Reader

GONE = 410
LONGEST_SHOWN = 320  # characters of what was typed that are given back
CODE = "code to come in"  # in the session: the number of the code asked for here

Purpose = MailedCode.Purpose


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Everything accounts/sign-in.html and accounts/password-sign-in.html may use."""

    email: str  # as typed; "" when nothing was
    problem: str | None
    passkeys: bool  # whether they can work at this site's address
    orcid: bool
    may_join: bool


@dataclass(frozen=True, slots=True)
class SignUpPage:
    """Everything accounts/sign-up.html may use."""

    email: str
    problem: str | None
    mode: str  # joining.mode
    invitation: str


@dataclass(frozen=True, slots=True)
class CodePage:
    """Everything accounts/code.html may use."""

    email: str | None  # where the mail went; None: the link came from it
    by_button: bool  # the link, opened where it was asked for: no code is needed
    again: str  # where another is asked for
    problem: str | None


Asking = SignInPage | SignUpPage


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """/sign-in: an address for a code, or other ways; here pages send visitors."""
    if request.method != "POST":
        return _sign_in_page(request, None)
    try:
        address = canonical(_typed(request, "email"))
    except BadAddress as problem:
        return _sign_in_page(request, str(problem))
    return _ask(request, Purpose.SIGN_IN, address, None)


@csrf_exempt  # the panel stands on every page, which no cookie should need for it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """/sign-up: the first step of joining, and where the panel of any page leads."""
    if request.method != "POST":
        return _sign_up_page(request, None)
    if is_from_elsewhere(request):
        return HttpResponseForbidden("This form came from another site.")
    if settings.SIGN_UP == joining.CLOSED:
        return _sign_up_page(request, None, status=403)
    try:
        address = canonical(_typed(request, "email"))
    except BadAddress as problem:
        return _sign_up_page(request, str(problem))
    invitation = _typed(request, "invitation").strip()[:64] or None
    return _ask(request, Purpose.SIGN_UP, address, invitation)


def _ask(
    request: HttpRequest, purpose: str, address: str, invitation: str | None
) -> HttpResponse:
    refused = rates.may_mail(request, address)
    if refused:
        return refused
    row = codes.ask(purpose, address, timezone.now(), invitation=invitation)
    request.session[CODE] = row.number
    sessions.keep_briefly(request)
    return redirect("account_confirm_login_code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest) -> HttpResponse:
    """/sign-in/code: for the browser that asked."""
    row = _asked_here(request)
    if row is None:
        return redirect("account_login")
    if request.method != "POST":
        return _code_page(request, row, None)
    return _try(request, row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mailed(request: HttpRequest, token: str) -> HttpResponse:
    """/sign-in/mail/TOKEN: the link in the mail; only a button, a POST, acts."""
    row = codes.named(token)
    if row is None or row.reader_id or not codes.is_open(row, timezone.now()):
        if request.method == "POST":
            door.tell("refused", "code")
        return render(request, "accounts/code-gone.html", status=GONE)
    here = request.session.get(CODE) == row.number
    if request.method != "POST":
        return _code_page(request, row, None, by_link=True, by_button=here)
    if not here:
        return _try(request, row, by_link=True)
    if not codes.use(row, timezone.now()):
        door.tell("refused", "code")
        return render(request, "accounts/code-gone.html", status=GONE)
    return _enter(request, row)


def _try(
    request: HttpRequest, row: MailedCode, *, by_link: bool = False
) -> HttpResponse:
    refused = rates.may_try(request, row.address)
    if refused:
        return refused
    answer = codes.check(row.number, _typed(request, "code"), timezone.now())
    if answer is codes.Answer.RIGHT:
        rates.was_right(request, row.address)
        return _enter(request, row)
    door.tell("refused", "code")
    if answer is codes.Answer.GONE:
        return render(request, "accounts/code-gone.html", status=GONE)
    problem = "This is not the code in the mail. Look for the newest one."
    return _code_page(request, row, problem, by_link=by_link)


def _enter(request: HttpRequest, row: MailedCode) -> HttpResponse:
    """In, or to the second step of who has one."""
    reader = joining.join(row)
    if reader is None:
        door.tell("refused", "code")
        return render(request, "accounts/code-gone.html", status=GONE)
    come_in_as(request, reader)
    record_authentication(request, reader, method="code", email=row.address)
    answer: HttpResponse = perform_login(request, Login(user=reader, email=row.address))
    return answer


def come_in_as(request: HttpRequest, reader: Reader) -> None:
    """Leave first, where somebody else is in; nothing of theirs stays."""
    if request.user.is_authenticated and request.user != reader:
        logout(request)
    request.session.pop(CODE, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_password(request: HttpRequest) -> HttpResponse:
    """/sign-in/password: for those who set one."""
    if request.method != "POST":
        return _password_page(request, None)
    try:
        address = canonical(_typed(request, "email"))
    except BadAddress as problem:
        return _password_page(request, str(problem))
    refused = rates.may_try(request, address)
    if refused:
        return refused
    reader = passwords.right(address, _typed(request, "password"))
    if reader is None:
        door.tell("refused", "password")
        return _password_page(request, "Address and password do not fit together.")
    rates.was_right(request, address)
    come_in_as(request, reader)
    record_authentication(request, reader, method="password", email=address)
    answer: HttpResponse = perform_login(request, Login(user=reader, email=address))
    return answer


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")


def _asked_here(request: HttpRequest) -> MailedCode | None:
    number = request.session.get(CODE)
    return MailedCode.objects.filter(number=number).first() if number else None


def _sign_in_page(request: HttpRequest, problem: str | None) -> HttpResponse:
    return _shown(request, "accounts/sign-in.html", _sign_in(request, problem))


def _password_page(request: HttpRequest, problem: str | None) -> HttpResponse:
    return _shown(request, "accounts/password-sign-in.html", _sign_in(request, problem))


def _sign_in(request: HttpRequest, problem: str | None) -> SignInPage:
    return SignInPage(
        email=_typed(request, "email")[:LONGEST_SHOWN],
        problem=problem,
        passkeys=passkeys.are_possible(),
        orcid=orcid.is_offered(),
        may_join=settings.SIGN_UP != joining.CLOSED,
    )


def _sign_up_page(
    request: HttpRequest, problem: str | None, *, status: int | None = None
) -> HttpResponse:
    page = SignUpPage(
        email=_typed(request, "email")[:LONGEST_SHOWN],
        problem=problem,
        mode=joining.mode(),
        invitation=_typed(request, "invitation")[:64],
    )
    return _shown(request, "accounts/sign-up.html", page, status)


def _code_page(
    request: HttpRequest,
    row: MailedCode,
    problem: str | None,
    *,
    by_link: bool = False,
    by_button: bool = False,
) -> HttpResponse:
    joins = row.purpose == Purpose.SIGN_UP
    page = CodePage(
        email=None if by_link else row.address,
        by_button=by_button,
        again=reverse("account_signup" if joins else "account_login"),
        problem=problem,
    )
    return _shown(request, "accounts/code.html", page)


def _shown(
    request: HttpRequest,
    template: str,
    page: Asking | CodePage,
    status: int | None = None,
) -> HttpResponse:
    usual = 422 if page.problem else 200
    return render(request, template, {"page": page}, status=status or usual)
