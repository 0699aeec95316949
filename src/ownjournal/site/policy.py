"""/privacy: what is kept, what leaves the server and which cookies there are.

Made from the settings that are in force and from the list of tables in `kept`, so
that it cannot promise what the site does not do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownjournal.readers.accounts.sessions import IDLE
from ownjournal.site.kept import KEPT, Kept

A_DAY = 24 * 3600  # seconds
FOLDER = "ownjournal.readers.post.folder.EmailBackend"


class Told(NamedTuple):
    """Somebody else who is told something."""

    whom: str
    what: str
    when: str


class Cookie(NamedTuple):
    """A cookie, or what a browser keeps for us in another way."""

    name: str
    why: str
    life: str


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """Everything privacy.html may use."""

    kept: tuple[Kept, ...]
    told: tuple[Told, ...]
    cookies: tuple[Cookie, ...]
    note: str | None  # the operator's own words
    trial_days: int | None  # None: no trials


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The same page for everybody."""
    page = PolicyPage(
        kept=KEPT,
        told=tuple(_told()),
        cookies=tuple(_cookies()),
        note=settings.POLICY_NOTE,
        trial_days=None if settings.MEMBERSHIP == "open" else settings.TRIAL_DAYS,
    )
    return render(request, "privacy.html", {"page": page})


def _told() -> Iterator[Told]:
    """Who learns anything, as the settings are."""
    yield Told(_host(settings.NLM_URL), "Nothing of you: names of files", "Every day")
    if settings.FETCH_UNKNOWN:
        yield Told(
            _host(settings.EUTILS_URL),
            "Nothing of you: the number of an article",
            "When somebody opens an article that is not here yet",
        )
    if settings.UNPAYWALL:
        yield Told(
            _host(settings.UNPAYWALL_URL),
            "Nothing of you: the DOI of an article",
            "Some time after somebody opened it",
        )
    if settings.NOTE_REMOTE_PICTURES:
        yield Told(
            "The site of a picture that a note names by its address",
            "Nothing of you: that a picture is wanted",
            "Once, when that note is saved",
        )
    yield from _told_by_mail()
    if settings.ORCID_CLIENT_ID:
        yield Told(
            _host(settings.ORCID_URL),
            "That you sign in here",
            "Only when you choose to sign in by ORCID or to connect it",
        )


def _told_by_mail() -> Iterator[Told]:
    """Whoever carries the mail has to read the address on it."""
    if settings.EMAIL_BACKEND == FOLDER:
        return
    if settings.EMAIL_BACKEND.startswith("anymail."):
        carrier = settings.EMAIL_BACKEND.split(".")[2].replace("_", " ").title()
    else:
        carrier = settings.EMAIL_HOST
    yield Told(
        f"{carrier}, which carries our mail",
        "Your address and the mails to you",
        "With each mail; you can have issues on the site alone",
    )


def _cookies() -> Iterator[Cookie]:
    """In the order in which one meets them."""
    yield Cookie(
        settings.CSRF_COOKIE_NAME,
        "Shows that a form was sent from our own page",
        f"{settings.CSRF_COOKIE_AGE // A_DAY} days",
    )
    yield Cookie(
        settings.SESSION_COOKIE_NAME,
        "Keeps you signed in",
        f"{settings.SESSION_COOKIE_AGE // A_DAY} days, or until you sign out; "
        f"{IDLE.days} days where you do not come",
    )
    yield Cookie(
        settings.MESSAGES_COOKIE_NAME,
        "Carries a line such as “Saved.” to the next page",
        "One page",
    )
    yield Cookie(
        "In your browser's own store, sent to nobody",
        "The libraries and the style of citation you chose without signing in, and "
        "which articles are ticked in a list",
        "Until you change them or clear the browser's data",
    )


def _host(address: str) -> str:
    return urlsplit(address).hostname or address
