"""Coming in by an operator's link, /sign-in/TOKEN, and going out, /sign-out.

Such a link asks for no second step: it is what is left to whoever lost everything.
"""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from ownjournal.readers import signin
from ownjournal.readers.accounts import door

BACKEND = "ownjournal.readers.accounts.passwords.ReaderBackend"
GONE = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; only the button, a POST, signs in."""
    now = timezone.now()
    if request.method == "POST":
        reader = signin.use(token, now)
        if reader is not None:
            login(request, reader, backend=BACKEND)
            record_authentication(request, reader, method="link")
            door.tell("in", "link")
            return redirect(settings.LOGIN_REDIRECT_URL)
        door.tell("refused", "link")
    elif signin.is_open(token, now):
        return render(request, "readers/sign-in-link.html")
    return render(request, "readers/link-gone.html", status=GONE)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out; the browser forgets what it was shown and what pages kept in its store."""
    logout(request)
    answer = redirect("home")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
