"""What somebody typed into the box, before anything is made of it.

Every value is kept as it came, so that a refused note stands in the box as it was
typed. Only what no database can hold is replaced: NUL and lone surrogates become
U+FFFD, as CommonMark has it. Line ends stay what the browser sent.
"""

import re

from django.http import HttpRequest
from msgspec import Struct

from ownjournal.notes.kinds import kind_of
from ownjournal.notes.models import Licence, Visibility

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
GROUP = re.compile(r"group:([1-9][0-9]{0,17})")
LONGEST_NAME = 100
LONGEST_CONFLICT = 500
NUMBER = re.compile(r"[0-9]{1,9}")


class Typed(Struct, frozen=True):
    """The fields of notes/box.html."""

    text: str = ""
    kind: str = "pearl"
    audience: str | None = None  # "private", "public", "group:7"; None: not chosen
    name: str | None = None  # to sign with, of who has not said it before
    conflict: str | None = None  # of interest
    licence: str | None = None  # None: not chosen
    draft: int | None = None  # the one that it is kept as
    base: int | None = None  # Note.edits of the text that was edited


def typed_in(request: HttpRequest) -> Typed:
    """The form's fields. Raises RequestDataTooBig where there is too much of it."""
    post = request.POST
    licence = post.get("licence", "")
    return Typed(
        text=storable(post.get("text", "")),
        kind=kind_of(post.get("kind", "")).value,
        audience=_audience(post.get("audience", "")),
        name=_line(post.get("name", ""), LONGEST_NAME),
        conflict=_line(post.get("conflict", ""), LONGEST_CONFLICT),
        licence=licence if licence in Licence.values else None,
        draft=_number(post.get("draft", "")),
        base=_number(post.get("base", "")),
    )


def storable(text: str) -> str:
    """The text with U+FFFD for what a database cannot hold."""
    return UNSTORABLE.sub("\ufffd", text)


def audience_of(visibility: str, group: int | None) -> str:
    """The value of the field `audience` for a note that is there."""
    return f"group:{group}" if visibility == Visibility.GROUP else visibility


def parted(audience: str) -> tuple[Visibility, int | None]:
    """The visibility and the group of a value of the field `audience`."""
    if match := GROUP.fullmatch(audience):
        return Visibility.GROUP, int(match[1])
    return Visibility(audience), None


def one_line(text: str) -> str | None:
    """The text in one line, without controls; None where nothing is left."""
    line = " ".join(storable(text).split())
    return "".join(each for each in line if each.isprintable()) or None


def _line(text: str, longest: int) -> str | None:
    line = one_line(text)
    return line[:longest] if line else None


def _audience(value: str) -> str | None:
    known = value in (Visibility.PRIVATE, Visibility.PUBLIC) or GROUP.fullmatch(value)
    return value if known else None


def _number(text: str) -> int | None:
    return int(text) if NUMBER.fullmatch(text) else None
