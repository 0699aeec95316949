"""Security headers, the same on every answer: pages, files, errors.

The policy allows this server's own files and nothing else: no inline script, no
inline style, no other host. A page that needs more is wrong.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; "
        "object-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then send "Origin: null" with our own forms, which
    # is what a form from elsewhere looks like. To others nothing is told either way.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), "
        "payment=(), usb=()"
    ),
}
TWO_YEARS = "max-age=63072000; includeSubDomains"  # seconds


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware; it stands first, so that no answer leaves without them.

    What a view has set stays: a picture's policy is stricter than a page's.
    """
    headers = dict(HEADERS)
    if settings.SECURE:
        headers["Strict-Transport-Security"] = TWO_YEARS

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if _is_made_for_a_reader(request):
            # Kept by that reader's browser alone, and asked for anew each time. Not
            # "no-store", with which what was typed would be gone on going back: that
            # is for pages of the reader's own, which say so themselves.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def _is_made_for_a_reader(request: HttpRequest) -> bool:
    """Whether who is signed in was looked at while the answer was made."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and request.user.is_authenticated
