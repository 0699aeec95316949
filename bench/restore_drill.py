"""Back up and restore on both databases, and compare every row; upgrade old sites.

A site with rows in every table is backed up, while another process writes to it in
half of the tries and encrypted in every third; made anew elsewhere by the backup; and
compared row by row and file by file. Then a reader is erased, the older backup is put
back, and nothing of the reader may come with it. The control is one changed row.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from bench.figures import QUICK, Row, proof
from made.backups import Site, Tables, differing
from made.old_site import OLD, load, lost
from made.postgres import postgres

AREA = "reliability"
TRIES = 2 if QUICK else 15  # on each database
ASK = """
import django; django.setup()
import json
from made.everything import words_of
print(json.dumps(words_of("canary")))
"""  # the words of a reader who leaves; who asks for models needs settings
MOVING = {"readers_interest", "readers_reader"}  # what the writer beside writes to
PASSPHRASE = "what nobody would guess\n"


class Tried(NamedTuple):
    """What went wrong in one try."""

    rows: list[str]  # names of tables that differ
    files: list[str]
    brought_back: list[str]  # words of the erased reader


def rows() -> Iterator[Row]:
    """Restores on both databases, and upgrades."""
    for database in ("SQLite", "PostgreSQL"):
        yield from restored(database)
    yield from upgraded()


def restored(database: str) -> Iterator[Row]:
    """Many backups of one site, each put back elsewhere."""
    with _sites(database) as (site, new, folder):
        tried = []
        for number in range(TRIES):
            tried.append(_once(site, new(), folder / str(number), number))
            print(f"  {number + 1} restores, {database}", end="\r", file=sys.stderr)
        seen = _changed(site, new(), folder / "control")
        note = f"{sum(map(len, site.tables().values())):,} rows each"
    for each in tried:
        if any(each):
            print(f"  {database}: {each}", file=sys.stderr)
    yield proof(
        AREA,
        f"a backup put back elsewhere, every row and file compared, {database};"
        " restores with a difference",
        sum(bool(each.rows or each.files) for each in tried),
        promise="A backup holds every row and file as of one moment",
        tries=TRIES,
        control=f"one changed row is seen, in {', '.join(seen)}",
        note=note,
    )
    yield proof(
        AREA,
        f"a reader erased, then the older backup put back, {database}; restores with"
        " words of the reader",
        sum(bool(each.brought_back) for each in tried),
        promise="Erased readers stay erased",
        tries=TRIES,
        control="all words are there before the erasure",
    )


@contextmanager
def _sites(database: str) -> Iterator[tuple[Site, "NewSite", Path]]:
    """A full site, what makes empty ones, and a folder for backups."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres()) if database != "SQLite" else None
        site = Site(folder / "site", server)
        site.fill()
        yield site, NewSite(folder, server), folder


class NewSite:
    """Makes empty sites, each in place of the one before."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self._folder, self._server = folder / "new", server

    def __call__(self) -> Site:
        shutil.rmtree(self._folder, ignore_errors=True)
        return Site(self._folder, self._server)


def _once(site: Site, new: Site, folder: Path, number: int) -> Tried:
    is_beside = number % 2 == 1
    words = _encryption(folder) if number % 3 == 2 else ()
    with site.written_to() if is_beside else nullcontext():
        path = _backed_up(site, folder, words)
    new.ownjournal("restore", path, *words)
    there, files = new.tables(), new.files()
    found = differing(*(_still(each, is_beside) for each in (site.tables(), there)))
    lacking = [
        name
        for name, content in site.files().items()
        if files.get(name) != content and name.split("/")[0] in {"media", "outbox"}
    ]
    before = repr(there)
    marks = json.loads(site.python(ASK).splitlines()[-1])
    if not all(each in before for each in marks[:4]):
        raise AssertionError("the drill cannot tell that a reader is gone")
    new.ownjournal("reader", "erase", f"{marks[0]}@merrow.test", "--now", "--yes")
    new.ownjournal("restore", path, "--replace", *words)
    after = repr(new.tables())
    _forget_writer(site)
    return Tried(found, lacking, [each for each in marks if each in after])


def _still(tables: Tables, is_beside: bool) -> Tables:
    """The tables that nobody writes to meanwhile."""
    return {k: v for k, v in tables.items() if not (is_beside and k in MOVING)}


def _forget_writer(site: Site) -> None:
    writer = "(SELECT id FROM readers_reader WHERE email LIKE 'writer-in-a-hurry%')"
    site.execute(f"DELETE FROM readers_interest WHERE reader_id IN {writer}")  # noqa: S608
    site.execute("DELETE FROM readers_reader WHERE email LIKE 'writer-in-a-hurry%'")


def _encryption(folder: Path) -> tuple[object, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    word = folder.with_suffix(".word")
    word.write_text(PASSPHRASE)
    return ("--passphrase-file", word)


def _backed_up(site: Site, folder: Path, words: tuple[object, ...]) -> Path:
    site.ownjournal("backup", folder, *words)
    [path] = folder.glob("ownjournal-*")
    return path


def _changed(site: Site, new: Site, folder: Path) -> list[str]:
    """The control: in which tables a changed row is seen."""
    new.ownjournal("restore", _backed_up(site, folder, ()))
    new.execute("UPDATE notes_note SET text = 'Not so.' WHERE kind = 'comment'")
    seen = differing(site.tables(), new.tables())
    if seen != ["notes_note"]:
        raise AssertionError(f"the drill cannot tell a changed row: {seen}")
    return seen


def upgraded() -> Iterator[Row]:
    """Each old version's site, brought to this version's form."""
    gone: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for source in OLD:
            folder = Path(name) / source.name
            site = Site(folder / "data", None)
            load(source, folder / "old.sqlite3")
            load(source, site.database())
            site.ownjournal("migrate")
            gone += lost(folder / "old.sqlite3", site.database())
        site.execute("DELETE FROM notes_note")
        control = lost(folder / "old.sqlite3", site.database())
    if not control:
        raise AssertionError("the drill cannot tell a row that is lost")
    for each in gone:
        print(f"  lost: {each}", file=sys.stderr)
    yield proof(
        AREA,
        "sites of every version migrated to this one; rows, columns and tables lost",
        len(gone),
        promise="An upgrade keeps every row",
        tries=len(OLD),
        control=f"{len(control)} rows lost where notes are deleted",
    )
