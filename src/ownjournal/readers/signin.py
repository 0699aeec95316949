"""One-time links that sign a reader in.

A link holds 128 random bits, works once, and for ten minutes. The database
keeps its hash, so a stolen copy signs nobody in. Looking at a link changes
nothing, because mail scanners and previews look at every link; only `use`,
behind a button, does.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.urls import reverse

from ownjournal.readers.models import Reader, SignInLink

LIFE = timedelta(minutes=10)
APART = timedelta(minutes=2)  # that the clocks of two machines may be
KEPT = timedelta(days=1)  # so that an old link can still be told from a wrong one


def make_link(reader: Reader, now: datetime) -> str:
    """The path of a new link, `/sign-in/TOKEN`; the site's address goes before it."""
    token = secrets.token_urlsafe(16)
    SignInLink.objects.filter(expires_at__lt=now - KEPT).delete()
    SignInLink.objects.create(
        token_hash=_hash(token), reader=reader, made_at=now, expires_at=now + LIFE
    )
    return reverse("readers:sign-in-link", args=[token])


def is_open(token: str, now: datetime) -> bool:
    """Whether `use` would sign somebody in now."""
    return SignInLink.objects.filter(**_usable(token, now)).exists()


def use(token: str, now: datetime) -> Reader | None:
    """The link's reader, once; None ever after. Of two at once, one gets it."""
    links = SignInLink.objects.filter(token_hash=_hash(token))
    link = links.filter(**_usable(token, now)).select_related("reader").first()
    if link is None or not links.filter(used_at=None).update(used_at=now):
        return None
    return link.reader


def _usable(token: str, now: datetime) -> dict[str, object]:
    return {
        "token_hash": _hash(token),
        "used_at": None,
        "expires_at__gt": now,
        "made_at__lte": now + APART,  # one made by a clock that was ahead would last
        "reader__is_active": True,
    }


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
