"""Rows from the old database to the new one, and the comparison of both.

Each is done in steps of some thousand rows in the order of keys, in little memory, up
to the last key of its beginning: a busy table would have no end otherwise, and what
comes later is noted and settled. A tally is kept of each table: how many rows, and the
sum of their fingerprints, of both sides on their own. Once it was made by reading
everything back, it is kept up with what is copied later, so that nothing need be read
twice while the site waits.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ownjournal.site.moving.problem import MovingProblem
from ownjournal.site.moving.source import Source
from ownjournal.site.moving.tables import Table
from ownjournal.site.moving.target import Target
from ownjournal.site.moving.values import (
    Key,
    Row,
    converted,
    differing,
    fingerprint,
)

AT_ONCE = 2_000  # rows
BITS = 128

DIFFERS = (
    "The copy is not the same: {} {}. Nothing was changed in the old database. Somebody"
    " else writes to the new one: drop it, create it anew and begin again."
)

Told = Callable[[str, int], None]
"""Told of a table how many of its rows were looked at."""


class Sum:
    """How many rows, and the sum of their fingerprints."""

    def __init__(self) -> None:
        self.rows = 0
        self.value = 0

    def add(self, *prints: int) -> None:
        self.rows += len(prints)
        self.value = (self.value + sum(prints)) % 2**BITS

    def take(self, *prints: int) -> None:
        self.rows -= len(prints)
        self.value = (self.value - sum(prints)) % 2**BITS

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


class Tally:
    """The two sides of a table."""

    def __init__(self) -> None:
        self.old, self.new = Sum(), Sum()
        self.left_out: set[Key] = set()  # what changed just then, counted later


Tallies = dict[str, Tally]


def copy(source: Source, target: Target, table: Table, told: Told) -> None:
    """Copy a table for the first time, or the rest of it."""
    key, whole = target.progress(table)
    last = source.highest(table)
    while not whole:
        raw = source.after(table, key, last, AT_ONCE)
        rows = [converted(table, each) for each in raw]
        key = rows[-1][table.key] if rows else None
        with target.transaction():
            target.put(table, rows)
            target.note_progress(table, key)
        whole = not rows
        told(table.name, len(rows))


def compare(source: Source, target: Target, table: Table, told: Told) -> Tally:
    """Read all of both sides. Raises MovingProblem at the first row that differs.

    What changes meanwhile is left out of the tally, and counted by `settle`.
    """
    tally = Tally()
    key: Key | None = None
    last = source.highest(table)
    while True:
        with source.snapshot():
            raw = source.after(table, key, last, AT_ONCE)
            rows = _by_key(table, (converted(table, each) for each in raw))
            before, key = key, max(rows, default=None)
            changing = source.changing(table, before, key)
        tally.left_out |= changing
        settled = [each for each in rows if each not in changing]
        old = {each: rows[each] for each in settled}
        _count(table, tally, old, _by_key(table, target.having(table, settled)))
        if key is None:
            return tally
        told(table.name, len(rows))


def settle(
    source: Source, target: Target, tables: Sequence[Table], tallies: Tallies
) -> int:
    """Copy what has changed, all as of one moment; how many rows it was.

    Rows go first and come after that, so that no two of one value ever meet.
    """
    with source.snapshot():
        last, changed = source.noted()
        steps = [
            (table, keys)
            for table in tables
            for keys in _in_steps(changed.get(table.name, set()))
        ]
        with target.transaction():
            for table, keys in steps:
                _take_out(target, table, keys, tallies.get(table.name))
            for table, keys in steps:
                _put(source, target, table, keys, tallies.get(table.name))
    source.forget(last)
    return sum(len(keys) for _, keys in steps)


def _take_out(
    target: Target, table: Table, keys: list[Key], tally: Tally | None
) -> None:
    if tally:
        there = _by_key(table, target.having(table, keys))
        counted = [there[key] for key in there.keys() - tally.left_out]
        prints = [fingerprint(table, row) for row in counted]
        tally.old.take(*prints)  # it was found to be the same
        tally.new.take(*prints)
    target.take_out(table, keys)


def _put(
    source: Source, target: Target, table: Table, keys: list[Key], tally: Tally | None
) -> None:
    raw = source.having(table, keys)
    rows = _by_key(table, (converted(table, each) for each in raw))
    target.put(table, [*rows.values()])
    if tally:
        _count(table, tally, rows, _by_key(table, target.having(table, keys)))
        tally.left_out.difference_update(keys)


def _count(
    table: Table, tally: Tally, rows: dict[Key, Row], copied: dict[Key, Row]
) -> None:
    """Add rows to both sums. Raises MovingProblem where they are not the same."""
    old = {key: fingerprint(table, row) for key, row in rows.items()}
    new = {key: fingerprint(table, row) for key, row in copied.items()}
    if old != new:
        key = next(key for key in old if new.get(key) != old[key])
        lacks = f"lacks the row {key!r}"
        if key in copied:
            column = differing(table, rows[key], copied[key])
            lacks = f"has another {column} in the row {key!r}"
        raise MovingProblem(DIFFERS.format(table.name, lacks))
    tally.old.add(*old.values())
    tally.new.add(*new.values())


def _by_key(table: Table, rows: Iterable[Row]) -> dict[Key, Row]:
    return {row[table.key]: row for row in rows}


def _in_steps(keys: set[Key]) -> Iterator[list[Key]]:
    ordered: list[Any] = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
