"""Readers: three years of issues by wrong clocks, and what erasures leave."""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.child import python
from bench.figures import Row, proof
from bench.loads import store

AREA = "readers"


def erased() -> Iterator[Row]:
    """On both databases."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-erased-") as name:
        for database in ("SQLite", "PostgreSQL"):
            yield from erasures(database, Path(name))


def erasures(database: str, folder: Path) -> Iterator[Row]:
    """Erase readers among others, and look for them everywhere."""
    with store(database, folder / f"erased-{database}") as environment:
        left = json.loads(python("bench.erased", environment=environment).output)
    count = sum(len(left[where]) for where in ("tables", "files", "bytes"))
    for where in ("tables", "files", "bytes"):
        for find in left[where]:
            print(f"  {database}: left {find}", file=sys.stderr)
    yield proof(
        AREA,
        f"words and numbers of erased readers found in tables and files, {database}",
        count,
        promise="erasure is complete",
        tries=left["found before"],
        control=f"{left['found before']:,} found before",
    )
    yield proof(
        AREA,
        f"other readers changed by erasures, {database}",
        left["changed"],
        promise="erasure takes nothing of others",
        tries=left["others"],
        control="the erased are told apart from what they were",
    )


def years() -> Iterator[Row]:
    """Every period has one issue, whatever clocks, zones and halts do."""
    with (
        tempfile.TemporaryDirectory(prefix="ownjournal-years-") as name,
        store("SQLite", Path(name)) as environment,
    ):
        tally = json.loads(python("bench.scheduled", environment=environment).output)
    missed = tally["careless misses"]
    if not missed:
        raise AssertionError("a worker that trusts its clock misses nothing")
    scope = "3 years, 50 time zones, 4 cadences, halts and wrong clocks"
    for name in ("duplicates", "misses"):
        yield proof(
            AREA,
            f"{name} of issues over {scope}",
            tally[name],
            promise="an issue reaches its reader once, at the local hour",
            tries=tally["periods"],
            control=f"a worker that trusts its clock misses {missed:,}",
        )
