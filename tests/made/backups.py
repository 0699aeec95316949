"""Sites to back up and to restore: run in processes, compared row by row."""

import atexit
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from made.loopback import free_port
from made.postgres import another_database, copy_of

ROOT = Path(__file__).parents[2]
Tables = dict[str, list[tuple[Any, ...]]]
"""Every row of every table, in an order that is the same for equal rows."""

FILL = """
import django; django.setup()
from made.everything import leave_traces
from made.articles import an_article
from made.shelf import shelve
shelve(*(an_article(pmid=99_100_001 + each) for each in range(20)))
for number, tag in enumerate(("canary", "stays")):
    leave_traces(tag, 876_543_210_987 + 1_000_003 * number)
"""
WRITE = """
import django, itertools, sys; django.setup()
from datetime import UTC, datetime
from django.db import transaction
from ownjournal.readers.models import Reader, Interest
reader = Reader.objects.create_reader("writer-in-a-hurry@merrow.test")
for number in itertools.count():
    with transaction.atomic():
        Interest.objects.create(reader=reader, kind="words", value=f"w{number}")
        Reader.objects.filter(pk=reader.pk).update(specialty=f"{number}")
    if number == 20:
        print("writing", flush=True)
"""


class Site:
    """A data folder and a database; commands run as an operator runs them."""

    def __init__(self, folder: Path, server: str | None, **settings: str) -> None:
        """On SQLite, or in a new database of a PostgreSQL server's URL."""
        self.folder = folder
        self._settings = settings
        self._server = server
        self.url = another_database(server) if server else None

    def environment(self) -> Mapping[str, str]:
        own = {
            "DATA_DIR": str(self.folder),
            "BIND_PORT": str(free_port()),
            "SEMANTIC": "no",
            "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
            "PYTHONPATH": str(ROOT / "tests"),
            **self._settings,
        }
        left_out = {"DATABASE_URL", "SECRET_KEY", "OUTBOX_DIR"}
        others = {k: v for k, v in os.environ.items() if k not in left_out}
        return {**others, **own, **({"DATABASE_URL": self.url} if self.url else {})}

    def ownjournal(self, *words: object, code: int = 0, **more: str) -> str:
        """What a command says; it must end with that exit status."""
        command = [sys.executable, "-m", "ownjournal.cli.main", *map(str, words)]
        return self._run(command, code, more)

    def python(self, program: str, code: int = 0) -> str:
        return self._run([sys.executable, "-c", program], code, {})

    def _run(self, command: list[str], code: int, more: Mapping[str, str]) -> str:
        done = subprocess.run(
            command,
            env={**self.environment(), **more},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr or done.stdout
        return done.stdout + done.stderr

    def migrate(self) -> "Site":
        """What the command of this name leaves, by a copy of it: where it is no matter.

        On PostgreSQL the copy is another database.
        """
        made = _migrated(self._server)
        if made.url:
            self.url = copy_of(made.url)
        else:
            self.folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(made.database(), self.database())
        return self

    def fill(self) -> None:
        """Rows in every table that leads to a reader, pictures, mails, a log."""
        self.migrate()
        self.python(FILL)

    @contextmanager
    def written_to(self) -> Iterator[None]:
        """While another process writes, a row in two tables at a time."""
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE],
            env=self.environment(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"writing\n"
            yield
            assert process.poll() is None, "the writer gave up"
        finally:
            process.kill()
            process.communicate()

    def database(self) -> Path:
        """SQLite's file."""
        return self.folder / "ownjournal.sqlite3"

    def tables(self) -> Tables:
        if self.url:
            return _of_postgres(self.url)
        return of_sqlite(self.database())

    def execute(self, statement: str) -> None:
        """One statement, whatever runs beside it."""
        if self.url:
            with psycopg.connect(self.url, autocommit=True) as database:
                database.execute(statement.encode())
        else:
            with closing(sqlite3.connect(self.database(), timeout=30)) as file, file:
                file.execute(statement)

    def asked(self, question: str) -> list[tuple[Any, ...]]:
        """The rows that answer a statement."""
        if self.url:
            with psycopg.connect(self.url) as database:
                return database.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self.database())) as file:
            return file.execute(question).fetchall()

    def files(self) -> dict[str, bytes]:
        """What is in the data folder beside the database."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and "ownjournal.sqlite3" not in path.name
        }


def of_sqlite(place: Path) -> Tables:
    with closing(sqlite3.connect(place)) as database:
        named = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {
            name: _ordered(database.execute(f'SELECT * FROM "{name}"').fetchall())  # noqa: S608
            for (name,) in named
        }


@cache
def _migrated(server: str | None) -> Site:
    """A site with nothing in it, made once in a process, on a server once."""
    folder = tempfile.mkdtemp(prefix="ownjournal-migrated-")
    atexit.register(shutil.rmtree, folder)
    site = Site(Path(folder) / "data", server)
    site.ownjournal("migrate")
    return site


def _of_postgres(url: str) -> Tables:
    with psycopg.connect(url) as database:
        named = database.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        select = sql.SQL("SELECT * FROM {}")
        return {
            name: _ordered(
                database.execute(select.format(sql.Identifier(name))).fetchall()
            )
            for (name,) in named
        }


def _ordered(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


def differing(one: Tables, other: Tables) -> list[str]:
    """Names of tables whose rows are not the same, or that one side lacks."""
    return sorted(
        name for name in one.keys() | other.keys() if one.get(name) != other.get(name)
    )
