"""What a page says once, such as “Saved.”, on its way there in a cookie.

The cookie has the site's prefix, as all of its cookies have: no other host, and
nobody on the way, can set one that browsers send to us.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OwnCookie(CookieStorage):
    """Django's, under our name."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class Said(FallbackStorage):
    """In the cookie, and what is too long for one in the session."""

    storage_classes = (OwnCookie, SessionStorage)
