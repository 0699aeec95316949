"""Who may write: nobody while a move ends, and nobody in a database that was left.

A file in the data folder says that either may be so. While the mover has it locked
the site is read-only; the lock ends with the mover, however that ends. Afterwards the
database itself says whether it is sealed (`SEALED`), and its triggers see to it. So
who asks is refused in words and at once, and who does not ask is refused by SQLite.
"""

import fcntl
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

FILE = "read-only"
SEALED = 0x6A6D6F76  # PRAGMA user_version of a database that was left
BEGINS = "BEGIN IMMEDIATE"
WRITES = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|VACUUM)\b", re.IGNORECASE
)
MOVING = (
    "The site is being moved to another database and is read-only for a moment:"
    " try again in a minute."
)
MOVED = (
    "This database was left: the site has moved to another one, which DATABASE_URL"
    " must name. To go on with this one all the same: ownjournal migrate-storage"
    " --resume-old."
)


class ReadOnly(OperationalError):
    """Nothing may be written now; the message tells the operator why."""


def why_read_only() -> str | None:
    """Why nothing may be written, in a sentence for the operator; None where it may."""
    place = Path(settings.DATA_DIR) / FILE
    if connection.vendor != "sqlite" or not place.exists():
        return None
    if _is_locked(place):
        return MOVING
    return MOVED if _is_sealed() else None


def _is_locked(place: Path) -> bool:
    try:
        with place.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:  # the mover has just given up
        return False
    return False


def _is_sealed() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        return bool(cursor.fetchone()[0] == SEALED)


@contextmanager
def read_only() -> Iterator[None]:
    """The site writes nothing within this; for as long as this process lives at most.

    The file stays where the database is sealed in the end.
    """
    place = Path(settings.DATA_DIR) / FILE
    place.touch(mode=0o600)
    with place.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        except BaseException:
            if not _is_sealed():
                place.unlink(missing_ok=True)
            raise


def writable() -> None:
    """Take the file away, once the database may be written again."""
    (Path(settings.DATA_DIR) / FILE).unlink(missing_ok=True)


def watch_writes(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """For `connection_created`: look before each write whether it may be."""
    wrappers = connection.execute_wrappers
    if connection.vendor == "sqlite" and _looking not in wrappers:
        wrappers.insert(0, _looking)


def _looking(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    """A transaction that may not write begins as one that reads."""
    begins = sql.startswith(BEGINS)
    if (begins or WRITES.match(sql)) and (reason := why_read_only()):
        if not begins:
            raise ReadOnly(reason)
        sql = "BEGIN"
    return execute(sql, params, many, context)
