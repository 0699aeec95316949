"""A move from begin to end; each step may be stopped, and the same command goes on.

`prepare` may take hours and disturbs nobody. `switch` makes the site read-only for
seconds, and leaves it so. Whatever becomes of the mover before it has sealed the old
database, the old site writes again by itself; once that is sealed the new one is whole.
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from msgspec import Struct

from ownjournal.search.index import Index, IndexBusy, IndexUnusable
from ownjournal.search.opensearch.address import read_address
from ownjournal.site.moving import copying, halting, record, search
from ownjournal.site.moving.problem import MovingProblem
from ownjournal.site.moving.record import GONE_ON, Ended, Same
from ownjournal.site.moving.source import Source
from ownjournal.site.moving.tables import Table, tables
from ownjournal.site.moving.target import Target
from ownjournal.site.options import Values

FEW = 1_000  # changes that are left to be copied while nobody writes
ROUNDS = 20
SMALL = 20_000  # rows of a table that is read back once more while nobody writes
OTHERS_WRITE = 15  # seconds that the switch waits for who is writing
LONGEST = 45  # seconds that it may take then; else the old site goes on
GRACE = 0.2  # seconds for who has looked whether he may write, and begins to
SAID_EACH = 100_000  # rows

ON_POSTGRES = "The database of this site is PostgreSQL already."
OLD_SETTINGS = "Say it with the settings of the old site: its database was SQLite."
NO_DATABASE = "There is no database at {} yet."
OLD_FORM = "The database is not of this version's form: run ownjournal migrate first."
MOVED = "This site has moved to {} already."
SAME_SEARCH = "The index of this site is at {} already."
TOO_LONG = (
    "The new database takes longer than {} seconds for the last of it. Nothing was"
    " changed, and the old site goes on: try again when both are less busy."
)
UNEQUAL = (
    "The copy is not the same: {} has {:,} rows, and {:,} were copied, with the sums"
    " {:x} and {:x}. Nothing was changed in the old database."
)

Say = Callable[[str], None]


class Copied(Struct, frozen=True):
    """What is in the new stores, and was compared."""

    rows: int
    tables: int
    articles: int | None  # in the index; None where no cluster was asked for
    unknown: tuple[str, ...]  # tables that this version does not know and left behind


class Move:
    """A move of this site."""

    def __init__(self, source: Source | None, target: Target | None, say: Say) -> None:
        self._say = say
        self._source, self._target = source, target
        self._index: Index | None = None
        self._tallies: copying.Tallies = {}
        self._said: dict[str, int] = {}
        self._closing = ExitStack()

    @classmethod
    def to(cls, database: str | None, cluster: str | None, say: Say) -> Self:
        """A move there; addresses are as DATABASE_URL and SEARCH_URL have them.

        Looks whether it can begin, or go on, and changes nothing before. Raises
        MovingProblem and OptionError.
        """
        with _faults_told(), ExitStack() as stack:
            source = target = None
            if database:
                source = stack.enter_context(closing(Source(_place())))
                target = stack.enter_context(closing(Target(database)))
            move = cls(source, target, say)
            move._begin(cluster)
            move._closing = stack.pop_all()
        return move

    def close(self) -> None:
        """Let go of both databases."""
        self._closing.close()

    def _begin(self, cluster: str | None) -> None:
        told = _search_told(cluster)
        name = self._target.name if self._target else None
        begun = record.begun() is not None
        self._plan = record.planned(name, told, _form())
        if self._target:
            if self.is_sealed and self._target.is_finished():
                raise MovingProblem(MOVED.format(name))
            self._target.check(self._plan.id)
        if cluster and told:
            self._index = search.opened(cluster, told, begun=begun)
        record.begin(self._plan)

    @property
    def is_sealed(self) -> bool:
        """Whether an earlier call has sealed the old database and was stopped then."""
        return self._source is not None and self._source.is_sealed

    def prepare(self) -> Copied:
        """Copy, build and compare, while the site goes on. Raises MovingProblem."""
        with _faults_told():
            if self._source and self._target:
                self._copy(self._source, self._target)
            articles = None
            if self._index:
                self._say("Building the index in the cluster …")
                search.build(self._index)
                articles = search.compare(self._index)
            unknown = self._source.others(tables()) if self._source else ()
            rows = sum(each.new.rows for each in self._tallies.values())
            return Copied(rows, len(self._tallies), articles, tuple(unknown))

    def _copy(self, source: Source, target: Target) -> None:
        target.prepare(self._plan.id, tables())
        goes_on = any(target.progress(table) != (None, False) for table in tables())
        if goes_on and not source.is_watched(tables()):
            raise MovingProblem(GONE_ON)
        source.watch(tables())
        for table in tables():
            copying.copy(source, target, table, self._told("copied"))
        copying.settle(source, target, tables(), {})
        if not target.is_put_on():
            self._say("Making references and indexes …")
            target.put_on()
        self._said.clear()
        for table in tables():
            tally = copying.compare(source, target, table, self._told("compared"))
            self._tallies[table.name] = tally

    def _told(self, deed: str) -> copying.Told:
        """Says of large tables how far they are."""

        def told(name: str, rows: int) -> None:
            before = self._said.get(name, 0)
            now = self._said[name] = before + rows
            if now // SAID_EACH > before // SAID_EACH:
                self._say(f"{name}: {now:,} rows {deed}")

        return told

    def switch(self) -> Ended:
        """After `prepare`: copy the rest while nobody writes, compare, seal the old.

        Raises MovingProblem; then the old site writes again.
        """
        source, target = self._source, self._target
        if source is None or target is None:
            raise ValueError("only a database is left behind")
        with _faults_told():
            for _ in range(ROUNDS):
                if copying.settle(source, target, tables(), self._tallies) < FEW:
                    break
            if self._index:
                search.build(self._index)
            began = time.monotonic()
            with halting.read_only():
                time.sleep(GRACE)
                with source.alone(OTHERS_WRITE):
                    self._finish_copy(source, target)
                    source.seal(tables())
            ended = Ended(
                datetime.now(UTC),
                str(self._plan),
                round(time.monotonic() - began, 2),
                {name: _same(tally) for name, tally in self._tallies.items()},
            )
            return self._ended(target, ended)

    def finish(self) -> None:
        """After `is_sealed`: let the new database be written to, which is whole."""
        assert self._target is not None
        with _faults_told():
            self._target.finish()
            record.forget()

    def _ended(self, target: Target, ended: Ended) -> Ended:
        target.finish()
        record.end(ended)
        return ended

    def _finish_copy(self, source: Source, target: Target) -> None:
        ends = time.monotonic() + LONGEST
        if _form() != self._plan.form or not source.is_watched(tables()):
            raise MovingProblem(GONE_ON)
        target.answers_within(LONGEST)
        copying.settle(source, target, tables(), self._tallies)
        for table in tables():
            if time.monotonic() > ends:
                raise MovingProblem(TOO_LONG.format(LONGEST))
            tally = self._tallies[table.name]
            if tally.new.rows <= SMALL:
                tally = copying.compare(source, target, table, lambda *_: None)
                self._tallies[table.name] = tally
            _see_equal(source, target, table, tally)
            if table.counts:
                target.count_from(table, source.last_key(table))
        if self._index:
            search.build(self._index)
            self._index.check()


def open_again() -> None:
    """Let the old site be written to, and forget the move. Raises MovingProblem."""
    with _faults_told(), record.alone():
        if connection.vendor == "sqlite":
            with closing(Source(_place())) as source:
                source.open_again()
            halting.writable()
        elif (known := record.begun()) is None or known.database:
            raise MovingProblem(OLD_SETTINGS)
        record.forget()


def _see_equal(
    source: Source, target: Target, table: Table, tally: copying.Tally
) -> None:
    """Rows counted by both databases now, and both sums."""
    counts = {source.count(table), target.count(table), tally.old.rows, tally.new.rows}
    if len(counts) != 1 or tally.old != tally.new or tally.left_out:
        raise MovingProblem(
            UNEQUAL.format(
                table.name,
                source.count(table),
                target.count(table),
                tally.old.value,
                tally.new.value,
            )
        )


def _same(tally: copying.Tally) -> Same:
    return Same(tally.new.rows, f"{tally.old.value:032x}", f"{tally.new.value:032x}")


def _place() -> Path:
    if connection.vendor != "sqlite":
        raise MovingProblem(ON_POSTGRES)
    place = Path(connection.settings_dict["NAME"])
    if not place.exists():
        raise MovingProblem(NO_DATABASE.format(place))
    return place


def _form() -> str:
    """A hash of the migrations of the old database. Raises MovingProblem."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MovingProblem(OLD_FORM)
    applied = sorted(".".join(key) for key in executor.loader.applied_migrations)
    return hashlib.sha256("\n".join(applied).encode()).hexdigest()


def _search_told(cluster: str | None) -> str | None:
    """The address without its password. Raises OptionError and MovingProblem."""
    address = Values({"SEARCH_URL": cluster or ""}).cluster("SEARCH_URL")
    if address is None:
        return None
    told = str(read_address(address))
    now = settings.SEARCH_URL
    if now and str(read_address(now)) == told:
        raise MovingProblem(SAME_SEARCH.format(told))
    return told


@contextmanager
def _faults_told() -> Iterator[None]:
    """What a database or the system says, to the operator."""
    try:
        yield
    except psycopg.Error as fault:
        raise MovingProblem(f"The new database: {str(fault).strip()}") from fault
    except (IndexBusy, IndexUnusable) as fault:
        raise MovingProblem(str(fault)) from fault
    except (sqlite3.Error, OSError) as fault:
        raise MovingProblem(f"The old database: {fault}") from fault
