"""Passwords: for those who want one; checked in the same time for everybody.

What the site is called counts for nothing in one: without it there must be enough left.

The exact text counts: no space is taken off, no form of a letter is made another,
nothing is cut.
"""

import re
import secrets
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ownjournal.readers.models import Reader

SHORTEST, LONGEST = 8, 1000  # characters
HOUSE = ("ownjournal", "journal", "pubmed", "medline")
WORD = re.compile(r"[^\W\d_]{4,}")  # shorter ones are in too many others
ALIKE = str.maketrans("013457@$", "oieastas")


class ReaderBackend(ModelBackend):
    """Readers by their id for sessions; no one comes in by it but through `right`."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> Reader | None:
        if username is None or password is None:
            return None
        return right(username, password)


def right(address: str, password: str) -> Reader | None:
    """The reader with this canonical address, if it is their password.

    One query and one hash, whoever asks: for an address of nobody, and for a reader
    without a password, another's hash is compared in vain.
    """
    reader = Reader.objects.filter(email=address, is_active=True).first()
    kept = reader.password if reader and reader.has_usable_password() else nobodys()
    matches = check_password(password[: LONGEST + 1], kept)
    return reader if matches and reader and reader.password == kept else None


@lru_cache(maxsize=1)
def nobodys() -> str:
    """A hash of a password that nobody knows, as costly to compare as a reader's."""
    return make_password(secrets.token_hex(16))


class SiteNames:
    """Django's validator: refuses what is little more than the name of the site."""

    def validate(self, password: str, user: Reader | None = None) -> None:
        """Raises ValidationError where fewer than SHORTEST characters are left."""
        left = _as_word(password)
        for name in sorted(site_names(), key=len, reverse=True):
            left = left.replace(name, "")
        if len(left) < min(SHORTEST, len(_as_word(password))):
            raise ValidationError("Without the name of this site it is too short.")

    def get_help_text(self) -> str:
        """For forms of Django's own."""
        return "The name of this site counts for nothing in a password."


def site_names() -> Iterator[str]:
    """What is guessed first of this site: its name, its host's, and of what it is."""
    yield from HOUSE
    host = urlsplit(settings.SITE_URL).hostname or ""
    for text in (settings.SITE_NAME, host):
        yield from map(_as_word, WORD.findall(text))
        if len(_as_word(text)) >= 4:
            yield _as_word(text)


def _as_word(text: str) -> str:
    """In small letters, without spaces, digits that stand for letters as letters."""
    return "".join(text.split()).casefold().translate(ALIKE)


def problem_of(password: str, reader: Reader) -> str | None:
    """Why this cannot be the reader's password, in a sentence."""
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST:,} characters."
    if "\x00" in password:
        return "A password cannot have a NUL character in it."
    try:
        validate_password(password, reader)
    except ValidationError as error:
        return " ".join(error.messages)
    return None
