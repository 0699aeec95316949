"""Text from outside made fit for a mail header, and the proof that it was.

The `email` package of Python is not asked to write headers: that of CPython
3.11.7 and 3.12.1 writes the subject `A =?UTF-8?Q?=0D=0A?=Bcc: x@evil.test` as two,
because it looks for line breaks before it decodes (gh-121650). Here text is
decoded first, cleaned, kept from being decoded again, and written in a form that
has printable ASCII only; and what was written is read back before anybody else
sees it.
"""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Sequence
from email.errors import (
    FirstHeaderLineIsContinuationDefect,
    HeaderParseError,
    MisplacedEnvelopeHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from textwrap import wrap

LONGEST = 200  # characters of one header's text
LINE = 76  # columns
WORD = 39  # bytes of an encoded word, which is 64 characters long then
# controls, halves of characters and line ends part words; marks that cannot be
# seen, such as those that turn the direction of writing, go
REPLACED = {"Cc": " ", "Cs": " ", "Zl": " ", "Zp": " ", "Cf": ""}
PRINTABLE = re.compile(r"[\x20-\x7e]*")
NAME = re.compile(r"[A-Za-z][A-Za-z-]*")

OF_HEADERS = (
    FirstHeaderLineIsContinuationDefect,
    MisplacedEnvelopeHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
"""Faults of headers; older Pythons find the parts of the body missing as well."""

_parser = BytesHeaderParser(policy=compat32)


class UnsafeMessage(ValueError):
    """A message that does not read back as it was meant; it must not be sent."""


def header_text(text: str) -> str:
    """One line without control characters in which nothing is left to decode."""
    if PRINTABLE.fullmatch(text) and "=?" not in text and "?=" not in text:
        return _cut(" ".join(text.split()))
    plain = "".join(
        REPLACED.get(unicodedata.category(each), each) for each in _decoded(text)
    )
    return _cut(" ".join(plain.replace("=?", "= ").replace("?=", " =").split()))


def encoded(text: str) -> str:
    """Any text as printable ASCII (RFC 2047), in words short enough for a line."""
    if PRINTABLE.fullmatch(text) and "=?" not in text:
        return text
    words = (b64encode(part).decode("ascii") for part in _chunks(text))
    return " ".join(f"=?utf-8?b?{word}?=" for word in words)


def mailbox(name: str, address: str) -> str:
    """Name and address as a header has them, in printable ASCII."""
    if not name:
        return address
    if PRINTABLE.fullmatch(name):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{encoded(name)} <{address}>"


def written(headers: Sequence[tuple[str, str]]) -> bytes:
    """Headers in printable ASCII as bytes, read back and found as they were meant.

    Addresses between angle brackets stay on one line each, as some programs need
    for List-Unsubscribe. Raises UnsafeMessage.
    """
    lines = []
    for name, value in headers:
        if not NAME.fullmatch(name) or not PRINTABLE.fullmatch(value):
            raise UnsafeMessage(f"{name} is no header in printable ASCII")
        lines.append(_folded(name, value))
    data = "".join(lines).encode("ascii")
    check(data, headers)
    return data


def check(data: bytes, wanted: Sequence[tuple[str, str]]) -> None:
    """That a mail program reads these headers and no others, in this order.

    Raises UnsafeMessage.
    """
    read = _parser.parsebytes(data + b"\r\n")
    found = [(name, _unfolded(str(value))) for name, value in read.items()]
    faulty = any(isinstance(each, OF_HEADERS) for each in read.defects)
    if found != list(wanted) or faulty:
        raise UnsafeMessage(f"headers read back as {found}")


def _folded(name: str, value: str) -> str:
    line = f"{name}: {value}"
    if len(line) <= LINE or value.startswith("<"):
        return f"{line}\r\n"
    first, *rest = wrap(line, LINE, break_long_words=False, break_on_hyphens=False)
    if first == f"{name}:":  # the value would begin on a line of its own
        return f"{line}\r\n"
    return "\r\n ".join((first, *rest)) + "\r\n"


def _unfolded(value: str) -> str:
    return value.replace("\r\n", "").replace("\n", "")


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _chunks(text: str) -> Iterator[bytes]:
    """UTF-8 in parts that end where a character does."""
    part = b""
    for each in text:
        character = each.encode()
        if len(part) + len(character) > WORD:
            yield part
            part = b""
        part += character
    yield part


def _decoded(text: str) -> str:
    """RFC 2047 words decoded where they can be, as a mail program would."""
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text
