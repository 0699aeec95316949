"""A letter and what its maker gave, as the mail that is sent.

The mail's bytes are written here, in a form that every program reads: headers
of printable ASCII, text first, then the same as HTML, both quoted-printable.
They are the same each time they are made from the same letter. The standard
library would take ten times as long for them, and its headers are not safe; see
headers.py.
"""

from binascii import b2a_qp
from collections.abc import Iterator
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from ownjournal.readers.post.headers import (
    encoded,
    header_text,
    mailbox,
    written,
)
from ownjournal.readers.post.identity import message_id, token
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

BOUNDARY = "=_parts-of-this-mail"  # quoted-printable never has "=_"
TEXT = "text/{}; charset=utf-8"
OURS = ("from", "to", "subject", "date", "message-id", "mime-version")


class Bytes:
    """What Django's backends take for a message of the standard library."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def as_bytes(self, *_: Any, linesep: str = "\r\n", **__: Any) -> bytes:
        """The mail; its lines end with CR LF, whatever is asked for."""
        return self._data


class Sendable(EmailMultiAlternatives):
    """A mail that any backend of Django's or of a provider's can send.

    `file_name` is for a backend that writes files.
    """

    def __init__(self, letter: Letter, mail: Mail) -> None:
        extra = tuple(_extra(letter, mail))
        super().__init__(
            subject=header_text(mail.subject),
            body=mail.text,
            from_email=sender(settings.MAIL_FROM),
            to=[letter.to()],
            headers=dict(extra),
        )
        if mail.html is not None:
            self.attach_alternative(mail.html, "text/html")
        self.file_name = f"{letter.kind}-{letter.pk}.eml"
        self.metadata = {"letter": token(letter)}  # providers give it back
        self._bytes = _bytes(self, extra, mail)
        if settings.MAIL_BOUNCES is not None:
            self.from_email = return_path(letter, settings.MAIL_BOUNCES)

    def message(self, **_: Any) -> Any:
        """Made when the mail was; the same each time."""
        return Bytes(self._bytes)


@cache
def sender(mail_from: str) -> str:
    """Name and address as the header From has them."""
    return mailbox(*parseaddr(header_text(mail_from)))


def return_path(letter: Letter, address: str) -> str:
    """Where a bounce goes: an address with the letter's token after a plus sign."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token(letter)}@{domain}"


def _bytes(
    made: EmailMultiAlternatives, extra: tuple[tuple[str, str], ...], mail: Mail
) -> bytes:
    """The whole mail. Raises UnsafeMessage."""
    kind = TEXT.format("plain")
    if mail.html is not None:
        kind = f'multipart/alternative; boundary="{BOUNDARY}"'
    headers = [
        ("From", sender(settings.MAIL_FROM)),
        ("To", made.to[0]),
        ("Subject", encoded(str(made.subject))),
        *extra,
        ("MIME-Version", "1.0"),
        ("Content-Type", kind),
    ]
    if mail.html is None:
        headers.append(("Content-Transfer-Encoding", "quoted-printable"))
        return written(headers) + b"\r\n" + _quoted(mail.text)
    parts = _part("plain", mail.text) + _part("html", mail.html)
    return written(headers) + b"\r\n" + parts + f"--{BOUNDARY}--\r\n".encode()


def _extra(letter: Letter, mail: Mail) -> Iterator[tuple[str, str]]:
    yield "Date", format_datetime(letter.put_at)
    yield "Message-ID", message_id(letter)
    yield "Auto-Submitted", "auto-generated"
    for name, value in mail.headers:
        if name.lower() not in OURS:
            yield name, encoded(header_text(value))


def _part(kind: str, text: str) -> bytes:
    head = (
        f"--{BOUNDARY}\r\nContent-Type: {TEXT.format(kind)}\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + _quoted(text) + b"\r\n"


def _quoted(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    data = lines.replace("\n", "\r\n").encode("utf-8", "replace")
    return b2a_qp(data, istext=True) + b"\r\n"
