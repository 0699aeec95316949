"""The old database: SQLite, read while others write to it.

`watch` puts a trigger on each table for each kind of change, which notes the key of
the changed row in a table of ours. Keys are noted in order and never twice under one
number, so what was copied can be forgotten while more is noted.
"""

# ruff: noqa: S608 - the names in its statements are those of our models

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ownjournal.site.moving.halting import SEALED
from ownjournal.site.moving.problem import MovingProblem
from ownjournal.site.moving.tables import Table
from ownjournal.site.moving.values import Key

NOTED = "ownjournal_moving"  # the table, and how names of triggers begin
DEEDS = {
    "INSERT": "SELECT '{0}', NEW.\"{1}\"",
    "DELETE": "SELECT '{0}', OLD.\"{1}\"",
    "UPDATE": "SELECT '{0}', OLD.\"{1}\" UNION SELECT '{0}', NEW.\"{1}\"",
}
BUSY = (
    "A file is being loaded just now, or the site is very busy: the database could not"
    " be had for itself. Nothing was changed; say --switch again."
)
LARGEST = 16 * 1024 * 1024  # bytes of rows that are read at once
LEFT = "This site has moved to another database."


class Source:
    """A connection of its own. Text comes as bytes, since it need not be any."""

    def __init__(self, place: Path) -> None:
        self._db = sqlite3.connect(place, timeout=30, isolation_level=None)
        self._db.text_factory = bytes
        self._db.execute("PRAGMA synchronous=FULL")

    def close(self) -> None:
        self._db.close()

    # Noting changes

    def watch(self, tables: Iterable[Table]) -> None:
        """Note changes from now on, if that is not done yet."""
        with self._writing():
            self._db.execute(
                f"CREATE TABLE IF NOT EXISTS {NOTED} (number INTEGER PRIMARY KEY"
                " AUTOINCREMENT, name TEXT NOT NULL, key NOT NULL)"
            )
            for table in tables:
                for deed, values in DEEDS.items():
                    self._db.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {_trigger(table, deed)}"
                        f' AFTER {deed} ON "{table.name}" BEGIN INSERT INTO {NOTED}'
                        f" (name, key) {values.format(table.name, table.key_name)};"
                        " END"
                    )

    def is_watched(self, tables: Iterable[Table]) -> bool:
        """Whether every change is noted; a migration may have made tables anew."""
        wanted = {_trigger(table, deed) for table in tables for deed in DEEDS}
        return wanted <= self._triggers()

    def noted(self) -> tuple[int, dict[str, set[Key]]]:
        """The number of the last change, and the keys of all that changed by table."""
        last = self._db.execute(f"SELECT max(number) FROM {NOTED}").fetchone()[0]
        found: dict[str, set[Key]] = {}
        select = f"SELECT DISTINCT name, key FROM {NOTED}"
        for name, key in self._db.execute(select):
            found.setdefault(name.decode(), set()).add(_key(key))
        return last or 0, found

    def changing(self, table: Table, after: Key | None, up_to: Key | None) -> set[Key]:
        """The keys of a table that changed, of those above one and up to another."""
        found = self._db.execute(
            f"SELECT DISTINCT key FROM {NOTED} WHERE name = ?1"
            " AND (?2 IS NULL OR key > ?2) AND (?3 IS NULL OR key <= ?3)",
            [table.name, after, up_to],
        )
        return {_key(key) for (key,) in found}

    def forget(self, up_to: int) -> None:
        """What was noted up to this number is copied."""
        self._db.execute(f"DELETE FROM {NOTED} WHERE number <= ?", [up_to])

    # Reading

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read within is of one moment; short, or the log grows.

        Within `alone` that is so already.
        """
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    def highest(self, table: Table) -> Key | None:
        """The last key in their order; None where there are no rows."""
        highest = f'SELECT max("{table.key_name}") FROM "{table.name}"'
        found = self._db.execute(highest).fetchone()[0]
        return None if found is None else _key(found)

    def after(
        self, table: Table, key: Key | None, last: Key | None, most: int
    ) -> list[Sequence[Any]]:
        """The next rows in order of their keys, the first ones where there is None.

        None above `last`, and fewer than `most` where they are large.
        """
        above = "" if key is None else f'AND "{table.key_name}" > ?'
        found = self._db.execute(
            f'SELECT {_columns(table)} FROM "{table.name}"'
            f' WHERE "{table.key_name}" <= ? {above}'
            f' ORDER BY "{table.key_name}" LIMIT {most}',
            [last] if key is None else [last, key],
        )
        rows, size = [], 0
        for row in found:
            rows.append(row)
            size += sum(len(each) for each in row if isinstance(each, bytes))
            if size >= LARGEST:
                break
        found.close()
        return rows

    def having(self, table: Table, keys: Sequence[Key]) -> list[Sequence[Any]]:
        """The rows with these keys, as far as they are there."""
        marks = ",".join("?" * len(keys))
        return self._db.execute(
            f'SELECT {_columns(table)} FROM "{table.name}"'
            f' WHERE "{table.key_name}" IN ({marks})',
            list(keys),
        ).fetchall()

    def count(self, table: Table) -> int:
        count = self._db.execute(f'SELECT count(*) FROM "{table.name}"')
        return int(count.fetchone()[0])

    def last_key(self, table: Table) -> int:
        """The highest key that was ever given out."""
        found = self._db.execute(
            "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", [table.name]
        ).fetchone()[0]
        return max(found or 0, int(self.highest(table) or 0))

    def others(self, tables: Iterable[Table]) -> list[str]:
        """Tables with rows that this version does not know."""
        known = {NOTED, *(table.name for table in tables)}
        rows = self._db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite%' ORDER BY name"
        ).fetchall()
        names = [name.decode() for (name,) in rows]
        return [
            name
            for name in names
            if name not in known
            and self._db.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()
        ]

    # Leaving it

    @property
    def is_sealed(self) -> bool:
        return bool(self._db.execute("PRAGMA user_version").fetchone()[0] == SEALED)

    @contextmanager
    def alone(self, wait: int = 30) -> Iterator[None]:
        """Nobody else writes; what is done within is done whole or not at all.

        Raises MovingProblem where somebody else writes for `wait` seconds.
        """
        self._db.execute(f"PRAGMA busy_timeout={wait * 1000}")
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as fault:
            raise MovingProblem(BUSY) from fault
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def seal(self, tables: Iterable[Table]) -> None:
        """From now on SQLite itself refuses every write; within `alone`."""
        self._unwatch()
        for table in tables:
            for deed in DEEDS:
                self._db.execute(
                    f"CREATE TRIGGER {_trigger(table, deed)} BEFORE {deed} ON"
                    f" \"{table.name}\" BEGIN SELECT RAISE(ABORT, '{LEFT}'); END"
                )
        self._db.execute(f"PRAGMA user_version={SEALED}")

    def open_again(self) -> None:
        """Take away the seal, and whatever else a move has left here."""
        with self._writing():
            self._unwatch()
            self._db.execute("PRAGMA user_version=0")

    def _unwatch(self) -> None:
        for name in self._triggers():
            self._db.execute(f"DROP TRIGGER {name}")
        self._db.execute(f"DROP TABLE IF EXISTS {NOTED}")

    def _triggers(self) -> set[str]:
        rows = self._db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        names = {name.decode() for (name,) in rows}
        return {name for name in names if name.startswith(f"{NOTED}_")}

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self.alone():
            yield


def _trigger(table: Table, deed: str) -> str:
    return f"{NOTED}_{table.name}_{deed.lower()}"


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _key(value: bytes | int) -> Key:
    return value.decode() if isinstance(value, bytes) else value
