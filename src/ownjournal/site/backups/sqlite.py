"""SQLite's file, copied while others write to it, and put in its place.

The copy is made by SQLite's own online backup, in one step: a reader's view of one
moment. Writers go on meanwhile in the log, which grows for that long.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from ownjournal.site.backups.problem import BackupProblem

RUNNING = (
    "The database is in use. Stop the site and the worker, and try again;"
    " nothing was changed."
)


def place() -> Path:
    """Where the site's database is, or will be."""
    return Path(connection.settings_dict["NAME"])


def copy(target: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Copy the database to a new file; the copy's rows by table, and its migrations.

    Raises BackupProblem where there is no database, no room, or damage.
    """
    if is_empty():
        raise BackupProblem(f"There is no database at {place()}.")
    target.touch(mode=0o600)
    try:
        with closing(_open(place())) as source, closing(_open(target)) as out:
            source.backup(out)
            out.execute("PRAGMA journal_mode=DELETE")
            damage = out.execute("PRAGMA quick_check(1)").fetchone()[0]
            if damage != "ok":
                raise BackupProblem(f"The database is damaged: {damage}.")
            return rows(out), migrations(out)
    except sqlite3.Error as fault:
        raise BackupProblem(f"The database could not be copied: {fault}.") from fault


def is_empty() -> bool:
    """Whether nothing is there yet."""
    return not place().exists() or place().stat().st_size == 0


def free() -> None:
    """See that nobody has the database open, and that it is one file, without a log.

    Raises BackupProblem.
    """
    if is_empty():
        return
    try:
        with closing(_open(place())) as alone:
            alone.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as fault:
        busy = fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        raise BackupProblem(RUNNING if busy else f"{place()}: {fault}") from None
    except sqlite3.DatabaseError:
        pass  # it is damaged; as it is, it is moved aside


def files() -> list[Path]:
    """The database with what SQLite keeps beside it, as far as it is there."""
    named = [place().with_name(place().name + end) for end in ("", "-wal", "-shm")]
    return [path for path in named if path.exists()]


def rows(database: sqlite3.Connection) -> dict[str, int]:
    """How many each table has, by its name, in order."""
    named = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite%' ORDER BY name"
    )
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in named.fetchall()
    }


def migrations(database: sqlite3.Connection) -> tuple[str, ...]:
    """Those that were applied, in order of their names."""
    found = database.execute("SELECT app || '.' || name FROM django_migrations")
    return tuple(sorted(name for (name,) in found))


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=5, isolation_level=None)
