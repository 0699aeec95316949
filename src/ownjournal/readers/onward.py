"""Where signing in leads a reader for whom something waits on another page.

Our own pages say it, in the session; no address of a request ever decides it.
"""

from django.http import HttpRequest

ONWARD = "where signing in leads"  # in the session


def lead_to(request: HttpRequest, path: str) -> None:
    """Go on to this page of the site after signing in."""
    request.session[ONWARD] = path


def taken(request: HttpRequest) -> str | None:
    """The page, once; None where nothing waits."""
    path: str | None = request.session.pop(ONWARD, None)
    return path
