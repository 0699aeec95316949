"""A small site of this version as SQL, to be migrated by every later one.

    python -m made.old_site upgrades/0.1.0.sql.gz      in the folder tests

All of it is invented. tests/upgrades/README.md says when to make one.
"""

import gzip
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from made.backups import Site

OLD = sorted((Path(__file__).parents[1] / "upgrades").glob("*.sql.gz"))
GONE: frozenset[str] = frozenset()
"""Tables, and columns as "table.column", that a migration removed on purpose."""

Columns = dict[str, tuple[str, ...]]


def make(target: Path) -> None:
    """Write the file; equal databases give equal files."""
    with tempfile.TemporaryDirectory() as name:
        site = Site(Path(name), None)
        site.fill()
        with closing(sqlite3.connect(site.database())) as database:
            lines = "\n".join(database.iterdump())
    target.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


def load(source: Path, place: Path) -> None:
    """Make the database of such a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(place)) as database:
        database.executescript(gzip.decompress(source.read_bytes()).decode())


def columns(place: Path) -> Columns:
    """The names of each table's columns, in SQLite's file."""
    with closing(sqlite3.connect(place)) as database:
        named = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {
            table: tuple(
                row[1] for row in database.execute(f'PRAGMA table_info("{table}")')
            )
            for (table,) in named
        }


def _rows(place: Path, table: str, names: list[str]) -> "Counter[tuple[Any, ...]]":
    listed = ", ".join(f'"{name}"' for name in names)
    with closing(sqlite3.connect(place)) as database:
        return Counter(database.execute(f'SELECT {listed} FROM "{table}"').fetchall())  # noqa: S608


def lost(old: Path, new: Path) -> list[str]:
    """What the old database has and the new one lacks: tables, columns, rows."""
    found, now = [], columns(new)
    for table, names in columns(old).items():
        if table not in now:
            found += [table]
            continue
        found += [f"{table}.{name}" for name in names if name not in now[table]]
        both = [name for name in names if name in now[table]]
        missing = _rows(old, table, both) - _rows(new, table, both)
        found += [f"{table}: {row}" for row in missing]
    return [each for each in found if each not in GONE]


if __name__ == "__main__":
    make(Path(sys.argv[1]))
