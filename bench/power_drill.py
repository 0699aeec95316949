"""Power cuts while the product loads files and writes notes, on SQLite.

What the product tells SQLite is written down once, with its own settings, and told
again to SQLite on a disk that loses at a cut what was not synced: `power_disk`. After
each cut the database is opened anew. It must be whole, and must be as after one of
the commits: the last that was acknowledged, or the one that was being made.
"""

import hashlib
import json
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from bench.child import python, run
from bench.figures import QUICK, Row, proof
from bench.loads import ownjournal
from bench.power_disk import Disk, PowerCut
from made.files import deletion, pubmed_file, record

AREA = "reliability"
CUTS = 20 if QUICK else 150
FILES, RECORDS = 8, 300
SAFE = "synchronous=FULL"


class Story(NamedTuple):
    """What SQLite is told, and the state after each commit, the first before any."""

    start: Path  # the database before
    begins: str
    statements: list[str]
    states: list[str]


class Count(NamedTuple):
    """What became of a number of cuts."""

    lost: int  # had not all that was acknowledged
    damaged: int  # are no database, or are as after no commit


def rows() -> Iterator[Row]:
    """Cuts with the product's settings; those with weaker ones must do harm."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-power-") as name:
        story = told(Path(name))
        if SAFE not in story.begins:
            raise AssertionError(f"the product does not ask for {SAFE}")
        safe = cut_often(story, story.begins, Path(name))
        normal, off = (
            cut_often(story, story.begins.replace(SAFE, weaker), Path(name))
            for weaker in ("synchronous=NORMAL", "synchronous=OFF")
        )
    if not normal.lost or not off.damaged:
        raise AssertionError("the drill cannot tell a lost commit or a damaged file")
    commits = len(story.states) - 1
    scope = f"power cuts while files are loaded and notes written ({commits} commits)"
    yield proof(
        AREA,
        f"{scope}; acknowledged commits lost",
        safe.lost,
        promise="A commit that was acknowledged stays, whatever the power does",
        tries=CUTS,
        control=f"{normal.lost} of {CUTS} lost with synchronous=NORMAL",
    )
    yield proof(
        AREA,
        f"{scope}; databases damaged or between two commits",
        safe.damaged,
        promise="A power cut damages nothing",
        tries=CUTS,
        control=f"{off.damaged} of {CUTS} damaged with synchronous=OFF",
    )


def told(folder: Path) -> Story:
    """The product's own work in a new store, written down and told once more."""
    data = folder / "data"
    environment = {"DATA_DIR": str(data)}
    run(ownjournal("migrate"), environment=environment)
    start = folder / "start.sqlite3"
    shutil.copy(data / "ownjournal.sqlite3", start)  # nobody has it open
    with closing(sqlite3.connect(start)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = json.loads(
        python("bench.traced", *_files(folder), environment=environment).output
    )
    story = Story(start, found["begins"], found["statements"], [])
    place = folder / "whole.sqlite3"
    shutil.copy(start, place)
    with closing(apsw.Connection(str(place))) as database:
        database.execute(story.begins).fetchall()
        story.states.append(state(database))
        for statement in story.statements:
            database.execute(statement).fetchall()
            if is_end(database, statement):
                story.states.append(state(database))
    return story


def _files(folder: Path) -> list[Path]:
    dice = random.Random(1)
    return [
        pubmed_file(
            folder / "files",
            f"pubmed26n{number:04}.xml.gz",
            *(
                record(pmid, f"As in file {number}", abstract=_words(dice))
                for pmid in dice.sample(range(1, 1_000), RECORDS)
            ),
            deletion(*dice.sample(range(1, 1_000), 5)),
        )
        for number in range(1, FILES + 1)
    ]


def _words(dice: random.Random) -> str:
    """So different that they are not packed into nothing."""
    return " ".join(f"{dice.getrandbits(32):x}" for _ in range(60))


def is_end(database: apsw.Connection, statement: str) -> bool:
    """Whether a statement that was done has committed: it, or nothing around it."""
    writes = not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN"))
    return writes and not database.in_transaction


def cut_often(story: Story, begins: str, folder: Path) -> Count:
    """As many cuts as are wanted, at random moments."""
    whole = Disk("whole")
    tell(story, begins, folder / "cut", whole)
    dice = random.Random(begins)
    lost = damaged = 0
    for count in range(CUTS):
        disk = Disk("cut", ends_after=dice.randrange(whole.done))
        acknowledged = tell(story, begins, folder / "cut", disk)
        found = after(disk.left(dice), folder / "back")
        places = [at for at, each in enumerate(story.states) if each == found]
        if not places:
            damaged += 1
        lost += not places or max(places) < acknowledged
        print(f"  {count + 1} cuts", end="\r", file=sys.stderr)
    return Count(lost, damaged)


def tell(story: Story, begins: str, folder: Path, disk: Disk) -> int:
    """Tell SQLite on this disk until the power goes; how many commits it told of."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    place = folder / "ownjournal.sqlite3"
    shutil.copy(story.start, place)
    commits = 0
    database = None
    with suppress(PowerCut, apsw.Error):
        database = apsw.Connection(str(place), vfs=disk.name)
        database.execute(begins).fetchall()  # all of it, not up to a row
        for statement in story.statements:
            database.execute(statement).fetchall()
            commits += is_end(database, statement)
    ended = disk.ends_after is not None
    if database is not None:
        with suppress(PowerCut, apsw.Error):
            database.close(force=ended)
    return commits


def after(files: dict[str, bytes], folder: Path) -> str | None:
    """The state that is found when the power is back; None of what is damaged."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)
    place = folder / "ownjournal.sqlite3"
    try:
        with closing(sqlite3.connect(place)) as database:
            if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            return state(database)
    except sqlite3.DatabaseError:
        return None


def state(database: apsw.Connection | sqlite3.Connection) -> str:
    """A hash of every row of every table.

    Asked of the connection that writes: two builds of SQLite in one process would
    end each other's locks.
    """
    digest = hashlib.sha256()
    named = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    )
    for (name,) in named.fetchall():
        found: list[Any] = database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
        digest.update(repr((name, found)).encode())
    return digest.hexdigest()
