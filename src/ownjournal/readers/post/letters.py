"""What other parts ask of the post office: put a letter, say how it is made.

`put` stores a letter in the caller's transaction; nothing is sent in a request.
The worker later makes the mail by the maker of its kind and sends it. Kind and
key name a letter for ever: what was put twice is sent once.

No model is imported here, so that a part's `apps` module may import this.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string
from msgspec import Struct

if TYPE_CHECKING:
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


Maker = Callable[["Letter"], Mail | None]
"""Makes the mail of a letter when it leaves; None where it is not wanted any more.

It may be called again for the same letter, after a try that failed, and should
then give the same."""

MAKERS: dict[str, Maker | str] = {}
URGENT: set[str] = set()
"""Kinds that somebody waits for at the screen: first out, to any address."""

MAY_MAIL: list[Callable[["Reader"], bool] | str] = []
"""Each part that may know why a reader gets no issue by mail adds its question,
or the dotted name of it; one that answers False is enough."""


PREPARERS: dict[str, Callable[[list["Letter"]], None] | str] = {}


def register(
    kind: str,
    maker: Maker | str,
    *,
    urgent: bool = False,
    prepare: Callable[[list["Letter"]], None] | str | None = None,
) -> None:
    """Name the maker of a kind of letters, in AppConfig.ready.

    `prepare` is called with the letters that are made next, so that it may read for all
    at once and leave in `letter.prepared` what the maker needs.

    The dotted name of a maker does as well: "ownjournal.issues.mail.made". So the
    `apps` module need not import what imports models.
    """
    MAKERS[kind] = maker
    if urgent:
        URGENT.add(kind)
    if prepare is not None:
        PREPARERS[kind] = prepare


def prepare(letters: list["Letter"]) -> None:
    """Let each kind read at once for all of its letters."""
    for kind, named in PREPARERS.items():
        of_kind = [each for each in letters if each.kind == kind]
        if of_kind:
            (import_string(named) if isinstance(named, str) else named)(of_kind)


def make(letter: "Letter") -> Mail | None:
    """The mail of a letter, by the maker of its kind."""
    maker = MAKERS[letter.kind]
    call: Maker = import_string(maker) if isinstance(maker, str) else maker
    return call(letter)


def may_mail(reader: "Reader") -> bool:
    """Whether issues go to this reader by mail now; on the site they stand anyway."""
    asked = (
        import_string(each) if isinstance(each, str) else each for each in MAY_MAIL
    )
    return reader.mails_issues and all(each(reader) for each in asked)


def put(
    kind: str,
    key: str,
    *,
    reader: "Reader | None" = None,
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
    _put([_letter(kind, key, reader, address, details, due_at)])


def put_several(
    kind: str, readers: Mapping[str, "Reader"], *, due_at: datetime | None = None
) -> None:
    """The same for many readers by their keys, in one step."""
    _put([_letter(kind, key, each, due_at=due_at) for key, each in readers.items()])


def _letter(
    kind: str,
    key: str,
    reader: "Reader | None" = None,
    address: str | None = None,
    details: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> "Letter":
    now = timezone.now()
    made: Letter = apps.get_model("post", "Letter")(
        kind=kind,
        key=key,
        reader=reader,
        address=address,
        details=details or {},
        put_at=now,
        due_at=due_at or now,
    )
    return made


def _put(several: list["Letter"]) -> None:
    rows = apps.get_model("post", "Letter")._default_manager
    rows.bulk_create(several, ignore_conflicts=True)
