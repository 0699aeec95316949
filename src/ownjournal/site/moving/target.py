"""The new database: PostgreSQL, empty before, read-only for all others until the end.

A schema of ours tells whose move it is and how far each table is copied, in the same
transaction as the rows, so that a stopped move goes on. References, unique constraints
and indexes are taken off first and made again when all rows are there: rows arrive in
the order of their keys, and it is faster.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import set_json_dumps, set_json_loads

from ownjournal.site.database_url import database
from ownjournal.site.moving.problem import MovingProblem
from ownjournal.site.moving.tables import Table
from ownjournal.site.moving.values import Key, Row

NO_PLACE = Path()  # of an SQLite database, which is refused
WHEN_SILENT = {
    "connect_timeout": "10",  # seconds
    "keepalives_idle": "10",
    "tcp_user_timeout": "30000",  # milliseconds
}
OLDEST = 140_000  # of PostgreSQL, as it counts
SCHEMA = "ownjournal_moving"
NOT_EMPTY = (
    "The database {} is not empty. Name an empty one; to empty this one, drop it and"
    " create it anew."
)
ANOTHERS = (
    "The database {} holds an unfinished move of another site, or one that was given"
    " up. Drop it and create it anew."
)
FACTS = """
    SELECT current_setting('server_version_num')::int, pg_is_in_recovery(),
        current_setting('server_encoding'),
        pg_has_role(current_user, datdba, 'member'),
        has_schema_privilege(current_schema(), 'create'),
        to_regnamespace('ownjournal_moving') IS NOT NULL,
        (SELECT count(*) FROM pg_tables WHERE schemaname = current_schema())
    FROM pg_database WHERE datname = current_database()
"""
BEGIN = """
    CREATE SCHEMA ownjournal_moving;
    CREATE TABLE ownjournal_moving.move (id text, ready bool);
    CREATE TABLE ownjournal_moving.part (number serial, name text, definition text);
    CREATE TABLE ownjournal_moving.progress (
        name text PRIMARY KEY, up_to text, whole bool)
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace AND contype = %s
    ORDER BY conname
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = current_schema()::regnamespace AND NOT EXISTS (
        SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
    ORDER BY 1
"""


class Target:
    """A connection of its own, which may write when others may not."""

    def __init__(self, url: str) -> None:
        """Raises OptionError for a wrong address, MovingProblem where none answers."""
        named = database(url, NO_PLACE)
        if "HOST" not in named:
            raise MovingProblem("--to-database names no server of PostgreSQL.")
        self.url = url
        self.name = f"{named['HOST']}/{named['NAME']}"
        options = {**WHEN_SILENT, **named["OPTIONS"]}
        try:
            self._db = psycopg.connect(
                host=named["HOST"],
                port=named["PORT"],
                user=named["USER"],
                password=named["PASSWORD"],
                dbname=named["NAME"],
                autocommit=True,
                **options,
            )
        except psycopg.OperationalError as fault:
            said = str(fault).strip()
            raise MovingProblem(f"{self.name} cannot be reached: {said}") from None
        set_json_dumps(str, self._db)  # JSON stays the text that it is
        set_json_loads(_text, self._db)
        for setting in (
            "default_transaction_read_only = off",
            "timezone = 'UTC'",
            "statement_timeout = 0",
            "idle_in_transaction_session_timeout = 0",
            "maintenance_work_mem = '256MB'",
        ):
            self._db.execute(f"SET {setting}".encode())

    def close(self) -> None:
        self._db.close()

    # Before

    def check(self, id_: str) -> None:
        """Raises MovingProblem where this move cannot begin here, nor go on."""
        found = self._db.execute(FACTS).fetchone()
        assert found is not None
        version, copies, encoding, owns, creates, begun, count = found
        if version < OLDEST:
            raise MovingProblem(
                f"{self.name} is PostgreSQL {version // 10_000}, not 14."
            )
        if copies:
            raise MovingProblem(f"{self.name} is a replica; name the primary.")
        if encoding != "UTF8":
            raise MovingProblem(f"{self.name} has the encoding {encoding}, not UTF8.")
        if not (owns and creates):
            raise MovingProblem(f"The account does not own the database {self.name}.")
        if not begun and count:
            raise MovingProblem(NOT_EMPTY.format(self.name))
        if begun and self._one("SELECT id FROM ownjournal_moving.move") != id_:
            raise MovingProblem(ANOTHERS.format(self.name))

    def is_finished(self) -> bool:
        """Whether nothing of a move is left."""
        return self._one("SELECT to_regnamespace('ownjournal_moving')") is None

    def prepare(self, id_: str, tables: Sequence[Table]) -> None:
        """Make the tables, empty and without what is made in the end."""
        if self.is_finished():
            with self._db.transaction():
                self._db.execute(BEGIN)
                self._db.execute(
                    "INSERT INTO ownjournal_moving.move VALUES (%s, false)", [id_]
                )
        if not self._one("SELECT ready FROM ownjournal_moving.move"):
            self._migrate()
            with self._db.transaction():
                self._take_off()
                names = sql.SQL(", ").join(_name(table) for table in tables)
                self._db.execute(sql.SQL("TRUNCATE {}").format(names))
                self._db.execute("UPDATE ownjournal_moving.move SET ready = true")
        self._only_we_write()

    def _migrate(self) -> None:
        """By a process whose database this is; nobody else may know the password."""
        environment = {**os.environ, "DATABASE_URL": self.url}
        environment.pop("DATABASE_READ_URL", None)
        done = subprocess.run(
            [sys.executable, "-m", "ownjournal.cli.main", "migrate"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise MovingProblem(
                f"The tables could not be made: {done.stderr.strip()[-500:]}"
            )

    def _take_off(self) -> None:
        """References and indexes; how each is made again is kept."""
        indexes = self._db.execute(INDEXES).fetchall()
        unique = self._db.execute(CONSTRAINTS, ["u"]).fetchall()
        references = self._db.execute(CONSTRAINTS, ["f"]).fetchall()
        for table, name, _ in (*references, *unique):
            self._db.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())
        for name, _ in indexes:
            self._db.execute(f"DROP INDEX {name}".encode())
        again = [(name, definition) for name, definition in indexes]
        for table, name, told in (*unique, *references):
            made = f"ALTER TABLE {table} ADD CONSTRAINT {name} {told}"
            again.append((name, made))
        self._db.cursor().executemany(
            "INSERT INTO ownjournal_moving.part (name, definition) VALUES (%s, %s)",
            again,
        )

    def _only_we_write(self) -> None:
        self._db.execute(
            sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(
                sql.Identifier(self._db.info.dbname)
            )
        )

    # Rows

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._db.transaction():
            yield

    def progress(self, table: Table) -> tuple[Key | None, bool]:
        """The last key that was copied, and whether that is all."""
        found = self._db.execute(
            "SELECT up_to, whole FROM ownjournal_moving.progress WHERE name = %s",
            [table.name],
        ).fetchone()
        if found is None:
            return None, False
        up_to, whole = found
        is_text = table.columns[table.key].type == "varchar"
        return (up_to if is_text or up_to is None else int(up_to)), whole

    def note_progress(self, table: Table, key: Key | None) -> None:
        """Copied up to this key; None: all of it."""
        self._db.execute(
            "INSERT INTO ownjournal_moving.progress VALUES (%(name)s, %(key)s, %(all)s)"
            " ON CONFLICT (name) DO UPDATE SET whole = %(all)s,"
            " up_to = coalesce(%(key)s, progress.up_to)",
            {
                "name": table.name,
                "key": None if key is None else str(key),
                "all": key is None,
            },
        )

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows that are not there."""
        names = sql.SQL(", ").join(sql.Identifier(c.name) for c in table.columns)
        copy = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)")
        with self._db.cursor().copy(copy.format(_name(table), names)) as out:
            out.set_types([column.type for column in table.columns])
            for row in rows:
                out.write_row(row)

    def take_out(self, table: Table, keys: Sequence[Key]) -> None:
        """Remove the rows with these keys, as far as they are there."""
        self._db.execute(
            sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(
                _name(table), sql.Identifier(table.key_name)
            ),
            [list(keys)],
        )

    def having(self, table: Table, keys: Sequence[Key]) -> list[Row]:
        """The rows with these keys, as far as they are there."""
        names = sql.SQL(", ").join(sql.Identifier(c.name) for c in table.columns)
        select = sql.SQL("SELECT {} FROM {} WHERE {} = ANY(%s)")
        return (
            self._db.cursor(binary=True)
            .execute(
                select.format(names, _name(table), sql.Identifier(table.key_name)),
                [list(keys)],
            )
            .fetchall()
        )

    def count(self, table: Table) -> int:
        return int(self._one(sql.SQL("SELECT count(*) FROM {}").format(_name(table))))

    # In the end

    def answers_within(self, seconds: int) -> None:
        """From now on a statement that takes longer fails."""
        self._db.execute(f"SET statement_timeout = '{seconds}s'".encode())

    def put_on(self) -> None:
        """Make again what was taken off, what is not there yet."""
        parts = self._db.execute(
            "SELECT number, name, definition FROM ownjournal_moving.part"
            " ORDER BY number"
        ).fetchall()
        for number, name, definition in parts:
            try:
                with self._db.transaction():
                    self._db.execute(definition.encode())
                    self._db.execute(
                        "DELETE FROM ownjournal_moving.part WHERE number = %s", [number]
                    )
            except psycopg.IntegrityError as fault:
                raise MovingProblem(
                    f"PostgreSQL refuses rows that SQLite has taken ({name}):"
                    f" {str(fault).strip()}. Change them in the old database and start"
                    " again."
                ) from None
        if parts:
            self._db.execute("VACUUM (ANALYZE)")  # so that rows are counted fast

    def is_put_on(self) -> bool:
        return not self._one("SELECT count(*) FROM ownjournal_moving.part")

    def count_from(self, table: Table, last: int) -> None:
        """The next key that is given out comes after this one."""
        self._db.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), greatest(%s, 1), %s)",
            [f'"{table.name}"', table.key_name, last, last > 0],
        )

    def finish(self) -> None:
        """From now on everybody may write here, and nothing tells of a move."""
        with self._db.transaction():
            self._db.execute("DROP SCHEMA IF EXISTS ownjournal_moving CASCADE")
            self._db.execute(
                sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only").format(
                    sql.Identifier(self._db.info.dbname)
                )
            )

    def _one(self, query: Any) -> Any:
        found = self._db.execute(query).fetchone()
        return None if found is None else found[0]


def _text(json: str | bytes) -> str:
    return json if isinstance(json, str) else bytes(json).decode()


def _name(table: Table) -> sql.Identifier:
    return sql.Identifier(table.name)
