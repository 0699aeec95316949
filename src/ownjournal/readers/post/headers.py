"""Text from outside made fit for a mail header, and the proof that it was.

The library's own guard is not enough: the `email` package of CPython 3.11.7
and 3.12.1 writes the subject `A =?UTF-8?Q?=0D=0A?=Bcc: x@evil.test` as two
headers, because it looks for line breaks before it decodes (gh-121650). So text
is decoded here first, cleaned, and kept from being decoded again; and
every message is read back before anybody else sees it.
"""

import email
import unicodedata
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, default

LONGEST = 200  # characters of one header's text
# controls, halves of characters and line ends part words; marks that cannot be
# seen, such as those that turn the direction of writing, go
REPLACED = {"Cc": " ", "Cs": " ", "Zl": " ", "Zp": " ", "Cf": ""}


class UnsafeMessage(ValueError):
    """A message that does not read back as it was meant; it must not be sent."""


def header_text(text: str) -> str:
    """One line without control characters in which nothing is left to decode."""
    plain = "".join(
        REPLACED.get(unicodedata.category(each), each) for each in _decoded(text)
    )
    line = " ".join(plain.replace("=?", "= ").replace("?=", " =").split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def survives(text: str) -> bool:
    """Whether a subject of this text reads back as it is.

    The library breaks a few lines of strange signs while it folds them.
    """
    written = EmailMessage(policy=SMTP)
    written["Subject"] = text
    read = email.message_from_bytes(written.as_bytes(), policy=default)
    return _letters([(n, str(v)) for n, v in read.items()]) == _letters(
        [("Subject", text)]
    )


def check(message: EmailMessage, wanted: dict[str, str]) -> bytes:
    """The message's bytes, once they read back to the wanted headers and no others.

    `wanted` has every header that was set by us, in order, as text. Raises
    UnsafeMessage.
    """
    data = message.as_bytes()
    read = email.message_from_bytes(data, policy=default)
    ours = [(name, str(value)) for name, value in read.items() if name in wanted]
    if _letters(ours) != _letters(wanted.items()):
        raise UnsafeMessage(f"headers read back as {ours}")
    strange = set(read.keys()) - wanted.keys() - {"MIME-Version", "Content-Type"}
    if strange:
        raise UnsafeMessage(f"headers nobody set: {sorted(strange)}")
    kinds = [part.get_content_type() for part in read.walk()]
    if kinds != [part.get_content_type() for part in message.walk()] or read.defects:
        raise UnsafeMessage(f"parts read back as {kinds}")
    return data


def _letters(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without spaces, of which the library may lose one between encoded words."""
    return [(name, "".join(value.split())) for name, value in headers]


def _decoded(text: str) -> str:
    """RFC 2047 words decoded where they can be, as a mail program would."""
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text
