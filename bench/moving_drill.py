"""A site is moved to PostgreSQL while two processes write notes, and the mover killed.

Whatever the mover says, the drill reads both databases through the product itself and
compares all that it reads, and looks for every note whose writer was told that it is
kept. MOVE_FROM names a data folder with a large catalogue: a copy of its database is
moved, to measure how long the site is read-only.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
import psycopg

from bench.child import ROOT, killed_after
from bench.figures import QUICK, Row, proof
from bench.primary_drill import WAITS, acknowledged, writing, written
from made.backups import Site
from made.moved import moved, read
from made.postgres import another_database, copy_of, postgres

AREA = "reliability"
MOVES = 1 if QUICK else 5
KILLS = 4 if QUICK else 20
WRITERS = 2
EACH = 3  # notes that every writer has written before, and again after a kill
PROMISE = "A site moves to another database while it runs, and loses nothing"
COMMAND = [sys.executable, "-m", "ownjournal.cli.main", "migrate-storage", "--switch"]
HOLD = """
import sys, django; django.setup()
from ownjournal.site.moving.halting import read_only
with read_only():
    print("held", flush=True); sys.stdin.read()
"""


class Pair(NamedTuple):
    """A site, and the database that it moves to."""

    site: Site
    url: str

    @property
    def new(self) -> Site:
        return moved(self.site, self.url)


class Makes:
    """Pairs as many as wanted: not begun, or copied and only to be switched."""

    def __init__(self, server: str, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._count = 0
        self._plain = Site(folder / "plain", None)
        self._plain.fill()
        site = Site(folder / "copied", None)
        shutil.copytree(self._plain.folder, site.folder)
        self._copied = Pair(site, another_database(server))
        site.ownjournal("migrate-storage", "--to-database", self._copied.url)

    def pair(self, *, copied: bool) -> Pair:
        self._count += 1
        folder = self._folder / str(self._count)
        if not copied:
            shutil.copytree(self._plain.folder, folder)
            return Pair(Site(folder, None), another_database(self._server))
        shutil.copytree(self._copied.site.folder, folder)
        begun, url = folder / "moving.json", copy_of(self._copied.url)
        old, name = (each.rpartition("/")[2] for each in (self._copied.url, url))
        begun.write_text(begun.read_text().replace(old, name))
        return Pair(Site(folder, None), url)


def rows() -> Iterator[Row]:
    """Moves among writers, and kills of the mover."""
    with (
        postgres() as server,
        tempfile.TemporaryDirectory(prefix="ownjournal-moving-") as name,
    ):
        makes = Makes(server, Path(name))
        yield from moves(makes)
        yield from kills(makes)
        if large := os.environ.get("MOVE_FROM"):
            yield from read_only_seconds(Path(large), server, Path(name))


def moves(makes: Makes) -> Iterator[Row]:
    """Notes lost or doubled, and tables that are not the same, after whole moves."""
    failures = notes = 0
    for count in range(MOVES):
        pair = makes.pair(copied=bool(count))
        with writers(pair.site) as folder:
            wrote(folder)
            move(pair)
        told = kept_notes(folder)
        notes += len(told)
        failures += len(unequal(pair)) + missing(pair.new, told)
        print(f"  {count + 1} moves", end="\r", file=sys.stderr)
    drill = f"moves while {WRITERS} processes write: notes lost, tables unequal"
    yield proof(
        AREA,
        drill,
        failures,
        promise=PROMISE,
        tries=MOVES,
        control=changed_rows(makes, pair),
        note=f"{notes:,} notes were acknowledged",
    )


def changed_rows(makes: Makes, done: Pair) -> str:
    """The control: a row changed in the copy must be seen, by the mover and by us."""
    statements = (
        "UPDATE notes_note SET text = text || '.' WHERE id = (SELECT min(id) FROM"
        " notes_note)",
        "DELETE FROM notes_draft WHERE id = (SELECT max(id) FROM notes_draft)",
        "UPDATE catalogue_article SET record = record || '\\x00' WHERE pmid = (SELECT"
        " max(pmid) FROM catalogue_article)",
    )
    pair = makes.pair(copied=True)
    for statement in statements:
        with psycopg.connect(pair.url) as database:
            database.execute("SET default_transaction_read_only = off")
            database.execute(statement.encode())
        said = run_move(pair)
        if said.returncode != 1 or "The copy is not the same" not in said.stderr:
            raise AssertionError(f"the mover cannot tell: {statement}")
        pair = makes.pair(copied=True)
    with psycopg.connect(done.url) as database:
        database.execute(statements[0].encode())
    if unequal(done) != ["notes.Note"]:
        raise AssertionError("the drill cannot tell a changed row")
    return f"{len(statements)} of {len(statements)} rows changed in the copy were seen"


def kills(makes: Makes) -> Iterator[Row]:
    """Kill the mover at random moments; each time the old site must go on."""
    dice = random.Random(1)
    failures = done = ended = 0
    seconds = 20.0
    while done < KILLS:
        pair = makes.pair(copied=bool(ended % 3))
        with writers(pair.site) as folder:
            while done < KILLS and not sealed(pair.site):
                wrote(folder)
                started = time.monotonic()
                if not killed_move(pair, dice.uniform(0.2, seconds)):
                    seconds = time.monotonic() - started
                    break
                done += 1
                failures += harm(pair, folder)
                print(f"  {done} kills of the mover", end="\r", file=sys.stderr)
            end(pair)
        ended += 1
        failures += len(unequal(pair)) + missing(pair.new, kept_notes(folder))
    yield proof(
        AREA,
        f"kill -9 of the mover, then resumed, {ended} moves: notes lost, tables"
        " unequal, old sites that did not go on",
        failures,
        promise="Until a move has ended, the old site is whole and goes on",
        tries=done,
        control=held_for_ever(makes),
    )


def killed_move(pair: Pair, after: float) -> bool:
    """Kill the mover and what it started after so many seconds; False: it had ended."""
    command = [*COMMAND, "--to-database", pair.url]
    ended = killed_after(command, pair.site.environment(), after)
    if ended:
        raise RuntimeError(run_move(pair).stderr)
    return ended is None


def harm(pair: Pair, folder: Path) -> int:
    """What is wrong after a kill: 1 where the old site is damaged, or takes no notes.

    One that was sealed has been left, and takes none any more.
    """
    with closing(sqlite3.connect(pair.site.database())) as database:
        if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
            return 1
    if sealed(pair.site):
        return 0
    try:
        wrote(folder)
    except TimeoutError:
        return 1
    return 0


def held_for_ever(makes: Makes) -> str:
    """The control: a mark that the site is read-only, and nobody who would end it."""
    pair = makes.pair(copied=True)
    with writers(pair.site) as folder:
        wrote(folder)
        with subprocess.Popen(
            [sys.executable, "-c", HOLD],
            env=dict(pair.site.environment()),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            with suppress(TimeoutError):
                wrote(folder, waits=10.0)
                raise AssertionError("the drill cannot tell a site that is read-only")
            holder.kill()
    return "with a mark that outlives the mover, no note was taken"


def read_only_seconds(data: Path, server: str, folder: Path) -> Iterator[Row]:
    """How long a site with a large catalogue writes nothing."""
    site = Site(folder / "large", None)
    site.folder.mkdir()
    shutil.copy(data / "ownjournal.sqlite3", site.database())
    site.ownjournal("migrate")
    pair = Pair(site, another_database(server))
    site.ownjournal("migrate-storage", "--to-database", pair.url)
    with writers(site) as told:
        wrote(told)
        move(pair)
    ended = msgspec.json.decode((site.folder / "moved.json").read_bytes())
    count = ended["tables"]["catalogue_article"]["rows"]
    yield Row(
        AREA,
        f"read-only while {count:,} articles move to PostgreSQL",
        ended["seconds"],
        "s",
        "lower",
        60,
        10,
        note=f"{WRITERS} processes write notes; until the command ends",
    )


def move(pair: Pair) -> None:
    done = run_move(pair)
    if done.returncode:
        raise RuntimeError(done.stderr)


def end(pair: Pair) -> None:
    """Let the command end the move, if it was not killed after its very end."""
    done = run_move(pair)
    if done.returncode and "has moved to" not in done.stderr:
        raise RuntimeError(done.stderr)


def run_move(pair: Pair) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, "--to-database", pair.url],
        env=dict(pair.site.environment()),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def sealed(site: Site) -> bool:
    with closing(sqlite3.connect(site.database())) as database:
        return bool(database.execute("PRAGMA user_version").fetchone()[0])


def unequal(pair: Pair) -> list[str]:
    """Models of which the two sites do not read the same."""
    old, new = read(pair.site), read(pair.new)
    return sorted(name for name in old.keys() | new.keys() if old[name] != new[name])


def missing(site: Site, told: list[str]) -> int:
    """Notes that are not there, or twice."""
    with psycopg.connect(site.url or "") as database:
        found = database.execute("SELECT text FROM notes_note").fetchall()
    kept = Counter(text for (text,) in found)
    return sum(kept[text] != 1 for text in told)


def kept_notes(folder: Path) -> list[str]:
    """The texts of all notes whose writer was told that they are kept."""
    return [ack.text for ack in acknowledged(folder, WRITERS)]


@contextmanager
def writers(site: Site) -> Iterator[Path]:
    """Two processes that write; the folder with what they were told."""
    folder = site.folder.with_name(f"{site.folder.name}-told")
    folder.mkdir()
    with writing(site.environment(), folder, WRITERS):
        yield folder


def wrote(folder: Path, waits: float = WAITS) -> None:
    """Wait until every writer has written some more. Raises TimeoutError."""
    written(folder, time.monotonic(), count=WRITERS, each=EACH, waits=waits)
