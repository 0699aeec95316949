"""Coming in and going out: /sign-in, /sign-in/TOKEN, /sign-out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.readers import signin

BACKEND = "django.contrib.auth.backends.ModelBackend"
GONE = 410


@require_safe
def how_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where pages send a visitor who must be somebody: how to get a link."""
    return render(request, "readers/sign-in.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; only the button, a POST, signs in."""
    now = timezone.now()
    if request.method == "POST":
        reader = signin.use(token, now)
        if reader is not None:
            login(request, reader, backend=BACKEND)
            return redirect(settings.LOGIN_REDIRECT_URL)
    elif signin.is_open(token, now):
        return render(request, "readers/sign-in-link.html")
    return render(request, "readers/link-gone.html", status=GONE)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("home")
