"""What other parts ask of the post office: put a letter, say how it is made.

`put` stores a letter in the caller's transaction; nothing is sent in a request.
The worker later makes the mail by the maker of its kind and sends it. Kind and
key name a letter for ever: what was put twice is sent once.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from msgspec import Struct

from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter


class Mail(Struct, frozen=True):
    """What a maker gives back: the mail without its sender, receiver and id.

    `headers` come after those that every mail has. Subject and headers may hold
    any text; the post office cleans them (headers.header_text).
    """

    subject: str
    text: str
    html: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


Maker = Callable[[Letter], Mail | None]
"""Makes the mail of a letter when it leaves; None where it is not wanted any more.

It may be called again for the same letter, after a try that failed, and should
then give the same."""

MAKERS: dict[str, Maker] = {}
URGENT: set[str] = set()
"""Kinds that somebody waits for at the screen: first out, to any address."""

MAY_MAIL: list[Callable[[Reader], bool]] = []
"""Each part that may know why a reader gets no issue by mail adds its question;
one that answers False is enough."""


def register(kind: str, maker: Maker, *, urgent: bool = False) -> None:
    """Name the maker of a kind of letters; called in AppConfig.ready."""
    MAKERS[kind] = maker
    if urgent:
        URGENT.add(kind)


def put(
    kind: str,
    key: str,
    *,
    reader: Reader | None = None,
    address: str | None = None,
    details: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Store a letter, to a reader or to an address; again it changes nothing.

    `details` is what its maker needs and cannot read elsewhere, as JSON. The key
    stays in the database: no address, no code belongs in it.
    """
    if (reader is None) == (address is None):
        raise ValueError("a letter goes to a reader or to an address")
    now = timezone.now()
    letter = Letter(
        kind=kind,
        key=key,
        reader=reader,
        address=address,
        details=details or {},
        put_at=now,
        due_at=due_at or now,
    )
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
