"""Whether a note can be kept as it was typed; if not, why, and beside which field."""

import unicodedata
from dataclasses import dataclass

from ownjournal.notes.dialect import DIALECT, TooHard, Written
from ownjournal.notes.kinds import LARGEST, LIMITS, kind_of
from ownjournal.notes.reading import written
from ownjournal.notes.typed import Typed

UNREADABLE = 422
TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a note was refused."""

    field: str  # of notes/box.html: "text", "name", "audience", "picture"
    told: str  # a sentence or two for its writer
    status: int = UNREADABLE


class Refused(ValueError):
    """The note is not kept; its text is to come back in the box, with `problem`."""

    def __init__(self, field: str, told: str, status: int = UNREADABLE) -> None:
        super().__init__(told)
        self.problem = Problem(field, told, status)


def checked(typed: Typed, dialect: int = DIALECT) -> Written:
    """The note as it will be shown, however it may be kept. Raises Refused."""
    read = readable(typed, dialect)
    if read.empty or not _says_anything(read):
        raise Refused("text", "There is nothing to read in it yet.")
    kind = kind_of(typed.kind)
    over = read.length - LIMITS[kind]
    if over > 0:
        raise Refused(
            "text",
            f"This is {over:,} character{'s' if over > 1 else ''} too long: a "
            f"{kind.value} has at most {LIMITS[kind]:,}.{_longer(read.length)}",
        )
    return read


def readable(typed: Typed, dialect: int = DIALECT) -> Written:
    """The note as the dialect reads it, of whatever length. Raises Refused."""
    size = len(typed.text.encode())
    if size > LARGEST:
        raise Refused(
            "text",
            f"With all its marks this is {size / 1024:,.0f} KB, and a note has at "
            f"most {LARGEST // 1024}. Take something out, or make two notes of it.",
        )
    try:
        return written(typed.text, typed.kind, dialect)
    except TooHard as problem:
        raise Refused("text", str(problem)) from problem


def _says_anything(read: Written) -> bool:
    """Spaces, controls and what has no width say nothing; a picture does."""
    seen = (each for each in read.plain() if unicodedata.category(each)[0] not in "ZC")
    return bool(read.pictures) or any(seen)


def _longer(length: int) -> str:
    """The kind that would hold it."""
    for kind, limit in LIMITS.items():
        if length <= limit:
            return f" As a {kind.value} it would fit."
    return ""
