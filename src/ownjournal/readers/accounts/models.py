"""Codes sent by mail, and sessions that know whose they are."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


def a_number() -> str:
    """128 random bits in hexadecimal digits."""
    return secrets.token_hex(16)


class MailedCode(models.Model):
    """Somebody typed an address, and is mailed a code to show that it is theirs.

    The code itself is nowhere: codes.py works it out from the row's number and the
    site's secret, when the mail leaves and when it is typed.
    """

    class Purpose(models.TextChoices):
        SIGN_UP = "sign-up", "Join"
        SIGN_IN = "sign-in", "Sign in"
        ADDRESS = "address", "Take a new address"
        PROOF = "proof", "Prove that it is still they"

    number = models.CharField(max_length=32, primary_key=True, default=a_number)
    purpose = models.CharField(max_length=7, choices=Purpose.choices)
    address = models.EmailField(max_length=254)  # address.canonical, as typed
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True
    )  # who was signed in when asking; never found by the address
    invitation = models.CharField(max_length=64, null=True)  # as typed at sign-up
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones and the right

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=["sign-up", "sign-in"], reader=None)
                | models.Q(purpose__in=["address", "proof"], reader__isnull=False),
                name="mailed_code_asker",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.asked_at:%Y-%m-%d %H:%M}"


class Session(AbstractBaseSession):
    """A browser that keeps a session; it goes when its reader goes."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="sessions",
    )  # None: a visitor's
    browser = models.CharField(max_length=40, null=True)  # "Firefox on Windows"
    began_at = models.DateTimeField(null=True)  # when the reader signed in


class OrcidAccount(models.Model):
    """An ORCID iD that ORCID has confirmed to be a reader's, and the name there."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="orcid"
    )
    orcid = models.CharField(max_length=19, unique=True)  # 0000-0002-1825-0097
    name = models.CharField(max_length=200)  # "" where ORCID's record hides it
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.orcid
