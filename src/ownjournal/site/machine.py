"""What the machine below the site could not do, in the operator's words."""

import errno
import shutil
import sqlite3

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError

from ownjournal.search.index import IndexUnusable
from ownjournal.site.moving.halting import ReadOnly

GO_ON = "What was done before stays; the same command goes on from there."
FULL = "The disk is full: make room."
FAILS = "The disk fails ({}): see the log of the system."
OF_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}
LITTLE = 1_000_000  # bytes; SQLite calls a disk without room broken, too


def told(fault: Exception) -> str | None:
    """Sentences about a fault of disk, database or index; None of any other.

    A fault of another kind is ours, and the operator had better see where it is.
    """
    match fault:
        case IndexUnusable() | ReadOnly():
            return str(fault)
        case DatabaseError() | InterfaceError():
            reason = _of_database(fault)
        case OSError(errno=number) if number in OF_DISK:
            reason = _of_disk(number, str(fault))
        case _:
            return None
    return None if reason is None else f"{reason} {GO_ON}"


def _of_disk(number: int | None, said: str) -> str:
    if number in {errno.ENOSPC, errno.EDQUOT} or _has_no_room():
        return FULL
    return FAILS.format(said)


def _of_database(fault: Exception) -> str | None:
    cause = fault.__cause__
    said = " ".join(str(fault).split())
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(getattr(cause, "sqlite_errorcode", 0) & 0xFF, said)
    if getattr(cause, "sqlstate", None) == "53100":
        return "The disk of the database is full: make room."
    if isinstance(fault, (OperationalError, InterfaceError)):
        return f"The database cannot be used now: {said}."
    return None


def _of_sqlite(code: int, said: str) -> str | None:
    match code:
        case sqlite3.SQLITE_FULL:
            return FULL
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY:
            return _of_disk(None, said)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"The database is damaged ({said}): restore a backup."
        case sqlite3.SQLITE_BUSY:
            return "Another process has written to the database for too long."
    return None


def _has_no_room() -> bool:
    try:
        return shutil.disk_usage(settings.DATA_DIR).free < LITTLE
    except OSError:
        return False
