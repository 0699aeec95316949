"""What the data folder keeps of a move: that it was begun, and how it ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import msgspec
from django.conf import settings
from msgspec import Struct

from ownjournal.search.locking import hold_lock
from ownjournal.site.moving.problem import MovingProblem

BEGUN, ENDED, LOCK = "moving.json", "moved.json", "moving.lock"
OTHER = (
    "A move to {} was begun. Name the same again to go on with it, or give it up:"
    " ownjournal migrate-storage --resume-old."
)

GONE_ON = (
    "The tables of the site were changed while it was copied. Give the move up"
    " (ownjournal migrate-storage --resume-old), empty the new database and begin anew."
)


class Begun(Struct, frozen=True):
    """A move that is under way; addresses are without passwords."""

    id: str
    database: str | None
    search: str | None
    form: str  # of the old database: a hash of its migrations

    def __str__(self) -> str:
        return " and ".join(each for each in (self.database, self.search) if each)


class Same(Struct, frozen=True):
    """A table that was the same on both sides."""

    rows: int
    old: str  # the sum of the fingerprints of its rows, in hex
    new: str


class Ended(Struct, frozen=True):
    """The file moved.json: what was moved, and that it was the same."""

    at: datetime
    to: str
    seconds: float  # in which the site was read-only, until the end of the move
    tables: dict[str, Same]


@contextmanager
def alone() -> Iterator[None]:
    """One move at a time. Raises MovingProblem."""
    taken = MovingProblem("Another process is moving this site.")
    with hold_lock(_folder() / LOCK, taken):
        yield


def begun() -> Begun | None:
    """The move that is under way, if there is one."""
    place = _folder() / BEGUN
    if not place.exists():
        return None
    return msgspec.json.decode(place.read_bytes(), type=Begun)


def planned(database: str | None, search: str | None, form: str) -> Begun:
    """The move there that is under way, else a new one. Raises MovingProblem."""
    known = begun()
    if known is None:
        return Begun(uuid4().hex, database, search, form)
    if (known.database, known.search) != (database, search):
        raise MovingProblem(OTHER.format(known))
    if known.form != form:
        raise MovingProblem(GONE_ON)
    return known


def begin(move: Begun) -> None:
    """From now on it is under way."""
    _write(BEGUN, move)


def end(how: Ended) -> Path:
    """Where it is written how the move ended."""
    path = _write(ENDED, how)
    forget()
    return path


def forget() -> None:
    """No move is under way."""
    (_folder() / BEGUN).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR)


def _write(name: str, what: Struct) -> Path:
    place = _folder() / name
    draft = place.with_suffix(".draft")
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(what), indent=1))
    draft.chmod(0o600)
    return draft.replace(place)
