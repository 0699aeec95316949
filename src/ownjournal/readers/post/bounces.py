"""Read mail that came back: which letter, and whether the mailbox is there.

A bounce counts only if it names a letter of ours as only we can have named it: by
its Message-ID, or in the address it was returned to. What anybody may write, such
as the address of a reader, proves nothing. The standard form (RFC 3464) is read by
the standard library; of other forms flufl.bounce says whether they are bounces.
"""

import logging
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from flufl.bounce import all_failures
from msgspec import Struct

from ownjournal.readers.post.identity import named_in
from ownjournal.readers.post.models import Bounce, Letter
from ownjournal.readers.post.outcomes import SAID, STATUS, status_kind

LARGEST = 1_000_000  # bytes that are looked at
MOST_PARTS = 50
COMPLAINT = "message/feedback-report"  # RFC 5965

# It tells of each form that it stumbles over; what is no bounce to it is none.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


class Returned(Struct, frozen=True):
    """What one mail that came back proves."""

    letter: Letter
    kind: Bounce.Kind
    said: str


def read(data: bytes) -> Returned | None:
    """What a mail proves; None where it is no bounce, or of no letter of ours.

    Any bytes will do; a part in a wrong character set is read as far as it goes.
    """
    letter = next(named_in(data[:LARGEST].decode("ascii", "replace")), None)
    if letter is None:
        return None
    found = _kind(message_from_bytes(data[:LARGEST], policy=compat32))
    return Returned(letter, *found) if found is not None else None


def _kind(message: Message) -> tuple[Bounce.Kind, str] | None:
    """Whether it tells of a failure, and the words of the server; None: it does not."""
    parts = list(_parts(message))
    if any(part.get_content_type() == COMPLAINT for part in parts):
        return Bounce.Kind.COMPLAINT, "reported as unwanted"
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            return _of_status(part)
    return _of_any_form(message)


def _of_status(part: Message) -> tuple[Bounce.Kind, str] | None:
    """Of the standard form; what was only delayed is on its way still."""
    for fields in _within(part):
        if _field(fields, "Action").lower() != "failed":
            continue
        said = _field(fields, "Diagnostic-Code") or _field(fields, "Status")
        for text in (_field(fields, "Status"), said):
            status = STATUS.search(text)
            if status is not None:
                return status_kind(*(int(each) for each in status.groups())), said
        return Bounce.Kind.SOFT, said
    return None


def _of_any_form(message: Message) -> tuple[Bounce.Kind, str] | None:
    """Of the forms that servers invented; a status in the text says which kind."""
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # it was made for kinder mail
        return None
    if not permanent and not temporary:
        return None
    text = " ".join(_text(part) for part in _parts(message))
    status = STATUS.search(text)
    if not permanent:
        kind = Bounce.Kind.SOFT
    elif status is None:
        kind = Bounce.Kind.HARD
    else:
        kind = status_kind(*(int(each) for each in status.groups()))
    return kind, _line(text)


def _parts(message: Message) -> Iterator[Message]:
    """The parts, but for those of a mail that is quoted whole, up to a limit."""
    waiting = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        if part.get_content_maintype() == "multipart":
            waiting += _within(part)


def _within(part: Message) -> list[Message]:
    """The mails in it. A text is not asked for: its character set may be none."""
    if not part.is_multipart():
        return []
    return [each for each in part.get_payload() if isinstance(each, Message)]


def _field(fields: Message, name: str) -> str:
    """A field in one line without its type ("smtp;"), "" where there is none."""
    return _line(re.sub(r"^\s*[\w-]+\s*;", "", str(fields.get(name, "")), count=1))


def _text(part: Message) -> str:
    if part.get_content_maintype() != "text":
        return ""
    data = part.get_payload(decode=True)
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:SAID]
