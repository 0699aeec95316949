"""What allauth is told of this house: its readers, its mail, its second step.

Readers come in by our own pages (signing_in.py); allauth has the stages of signing
in, passkeys, codes of an app, recovery codes and ORCID. A reader has one address,
`Reader.email`, and it is confirmed; allauth's own table of addresses stays empty.
"""

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from ownjournal.readers.accounts import door
from ownjournal.readers.accounts.client import client_of


class AccountAdapter(DefaultAccountAdapter):
    """Of `allauth.account`."""

    def get_login_stages(self) -> list[str]:
        return [f"{__name__}.SecondStep"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # by allauth's pages; joining.py has ours

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return False  # proof.py asks, before allauth would

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        door.tell_shown(request, user, "in")
        return super().post_login(request, user, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_of(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our views say what happened, in our words."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """All mail goes through the post office: mails.tell."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """See send_mail."""


class SecondStep(AuthenticateStage):
    """Asked of those who set up an app for it.

    A passkey alone does not ask for itself: who lost it comes in by a code.
    """

    def handle(self) -> Any:
        if not has_two_steps(self.login.user):
            return None, True
        door.tell_shown(self.request, self.login.user, "second step")
        return super().handle()


def has_two_steps(reader: Any) -> bool:
    """Whether the reader set up an app whose code is asked for at signing in."""
    return bool(is_mfa_enabled(reader, [Authenticator.Type.TOTP]))


class MfaAdapter(DefaultMFAAdapter):
    """Of `allauth.mfa`: names by our settings, and secrets not in the clear."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": site_host(), "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.email, "display_name": user.email}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """See AccountAdapter.send_mail."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text; one that fits nothing where the site's secret was changed.

        Whoever had a second step then needs the operator's link to come in.
        """
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"secrets of second steps" + str(settings.SECRET_KEY).encode())
    return Fernet(base64.urlsafe_b64encode(key.digest()))


def site_host() -> str:
    """The name that passkeys belong to: that of SITE_URL, never of the request."""
    return urlsplit(settings.SITE_URL).hostname or ""
