"""Passwords: for those who want one; checked in the same time for everybody.

The exact text counts: no space is taken off, no form of a letter is made another,
nothing is cut.
"""

import secrets
from functools import lru_cache

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ownjournal.readers.models import Reader

SHORTEST, LONGEST = 8, 1000  # characters


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
