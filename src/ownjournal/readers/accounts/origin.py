"""Whether a form came from another site, by what browsers say of it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_from_elsewhere(request: HttpRequest) -> bool:
    """As browsers tell it by Sec-Fetch-Site and Origin, which no page can change.

    What tells neither is no browser that another site could have led here.
    """
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    ours = {urlsplit(settings.SITE_URL).netloc, request.get_host()}
    return urlsplit(origin).netloc not in ours
