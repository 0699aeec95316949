"""What every template may use beside its page."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | None]:
    """The site's own name and address, never taken from the request."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "canonical_url": settings.SITE_URL + request.path,
    }
