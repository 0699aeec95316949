"""PostgreSQL's own programs, run on the site's database.

pg_dump sees the moment in which the rows were counted (an exported snapshot), so
what was put back can be counted against it. What a restore replaces is not dropped:
its schema gets another name.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.utils import DatabaseError

from ownjournal.site.backups.problem import BackupProblem

ASIDE = "replaced_"
ABSENT = (
    "{} is not to be found; it comes with PostgreSQL's client programs"
    " (Debian: apt install postgresql-client)."
)
DUMP = ("--format=custom", "--no-owner", "--no-privileges", "--no-comments")
LOAD = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
LEAVING = 5.0  # seconds in which who was just stopped may leave
RUNNING = (
    "Others are connected to the database. Stop the site and the worker, and try"
    " again; nothing was changed."
)


def copy(target: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Dump the database into a new file; its rows by table, and its migrations."""
    program("pg_dump")
    target.touch(mode=0o600)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        found = rows(cursor)
        if "django_migrations" not in found:
            raise BackupProblem("There is nothing in the database yet.")
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        applied = tuple(sorted(name for (name,) in cursor.fetchall()))
        others = f"--exclude-schema={ASIDE}*"
        _run("pg_dump", *DUMP, others, f"--snapshot={snapshot}", f"--file={target}")
    return found, applied


def is_empty() -> bool:
    """Whether nothing is there yet."""
    return not connection.introspection.table_names()


def free() -> None:
    """See that nobody else is connected. Raises BackupProblem.

    The server hears a moment later that a process has ended; that is waited for.
    """
    until = time.monotonic() + LEAVING
    while _others():
        if time.monotonic() > until:
            raise BackupProblem(RUNNING)
        time.sleep(0.05)


def _others() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def load(dump: Path, expected: dict[str, int], stamp: str) -> str | None:
    """Put a dump in; the schema that holds what was there before, None of nothing.

    Where it fails the database is as it was. Raises BackupProblem.
    """
    aside = None if is_empty() else f"{ASIDE}{stamp.lower()}"
    if aside:
        _execute(f"ALTER SCHEMA public RENAME TO {aside}", "CREATE SCHEMA public")
    try:
        _run("pg_restore", *LOAD, str(dump))
        with connection.cursor() as cursor:
            found = rows(cursor)
        differs = [name for name in expected if found.get(name) != expected[name]]
        if differs:
            raise BackupProblem(f"Rows are missing in {', '.join(differs[:5])}.")
    except BaseException:
        _execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        if aside:
            _execute("DROP SCHEMA public", f"ALTER SCHEMA {aside} RENAME TO public")
        raise
    _execute("ANALYZE")
    return aside


def rows(cursor: CursorWrapper) -> dict[str, int]:
    """How many each table has, by its name, in order."""
    found = {}
    for name in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
        found[name] = cursor.fetchone()[0]
    return found


def program(name: str) -> str:
    """Where a program is. Raises BackupProblem where it is nowhere."""
    path = shutil.which(name)
    if path is None:
        raise BackupProblem(ABSENT.format(name))
    return path


def _execute(*statements: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)
    except DatabaseError as fault:
        raise BackupProblem(f"The database refused {statements[0]}: {fault}") from fault


def _run(name: str, *words: str) -> None:
    """Run a program on the site's database; the password is not on its command line."""
    password = connection.settings_dict["PASSWORD"]
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    command = [program(name), *words, f"--dbname={_conninfo()}"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupProblem(f"{name} failed: {done.stderr.strip()}")


def _conninfo() -> str:
    """The database as libpq names it, without the password."""
    settings = connection.settings_dict
    named = {
        "dbname": settings["NAME"],
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        **settings["OPTIONS"],
    }
    named.pop("password", None)
    return " ".join(
        f"{key}='{_escaped(str(value))}'" for key, value in named.items() if value
    )


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("'", r"\'")
