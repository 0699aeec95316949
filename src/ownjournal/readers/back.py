"""Where to go on to after a form: the page it stood on, and never another site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2_000  # characters


def back_of(request: HttpRequest, otherwise: str) -> str:
    """The path in the form's field `back`, if it is one of this site.

    otherwise   a path of this site, for a form that says none or another
    """
    path = request.POST.get("back", "")
    own = (
        len(path) <= LONGEST
        and path.startswith("/")
        and path.isprintable()
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    )
    return path if own else otherwise
