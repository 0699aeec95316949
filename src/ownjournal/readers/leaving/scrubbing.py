"""Clear what erased rows leave behind in the files of the database.

SQLite does not overwrite what it deletes; even where it is told to, balancing a
table leaves copies of rows in pages (measured: 1 in some 300). So after an erasure
the whole file is written anew and the log is emptied. Of a store too large for that
the pages are overwritten as rows go, and an operator does the rest when there is
time: `ownjournal erased --vacuum`. PostgreSQL is told to make the space free.
"""

from pathlib import Path

from django.conf import settings
from django.db import connection

from ownjournal.readers.leaving.tables import tables

LARGEST = 1024**3  # bytes of a store that is written anew by itself


def _flag() -> Path:
    return Path(settings.DATA_DIR) / "erased" / "unscrubbed"


def plan() -> None:
    """Before rows are deleted: overwrite them, and note that there is work left."""
    _flag().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _flag().touch(mode=0o600)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def is_due() -> bool:
    return _flag().exists()


def scrub(*, whatever_size: bool = False) -> bool:
    """Do it outside any transaction; False where it is left to be done again.

    It waits for writers and stops them for as long as it takes.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            done = _sqlite(cursor, whatever_size)
        else:
            for model, _ in tables():
                name = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"VACUUM {name}")
            done = True
    if done:
        _flag().unlink(missing_ok=True)
    return done


def _sqlite(cursor: object, whatever_size: bool) -> bool:
    execute, fetch = cursor.execute, cursor.fetchone  # type: ignore[attr-defined]
    execute("PRAGMA page_count")
    pages = fetch()[0]
    execute("PRAGMA page_size")
    if not whatever_size and pages * fetch()[0] > LARGEST:
        execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return False
    execute("VACUUM")
    execute("PRAGMA wal_checkpoint(TRUNCATE)")
    busy = fetch()[0]
    return not busy
