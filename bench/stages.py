"""A small site, and the commands that write: each stage leaves something to compare.

For drills in which what the site stands on fails. `Stage.found` tells all that a
stage is for; a site that met no fault tells what it should be. Nothing of it depends
on the clock.
"""

import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.child import python
from bench.loads import ownjournal
from made.backups import Site
from made.files import deletion, pubmed_file, record
from made.postgres import another_database, copy_of, drop

FILES, RECORDS, PMIDS = 4, 250, 700
READERS = 6
TRACEBACK = "Traceback (most recent call last)"
WORDS = ("surgery", "fever", "asthma", "trauma")
ISSUES = """
    SELECT reader_id, number, position, pmid, why FROM issues_issuearticle
    JOIN issues_issue ON issues_issue.id = issue_id ORDER BY 1, 2, 3
"""
LETTERS = "SELECT kind, key, state FROM post_letter ORDER BY 1, 2"


@dataclass(frozen=True)
class Stage:
    """A command of an operator's, and what is there when it has succeeded."""

    name: str
    words: Callable[[Path], tuple[object, ...]]  # of the command, by the disk's folder
    found: Callable[[Path], object]  # what it is for, of the disk's folder


def stages(files: Path) -> tuple[Stage, ...]:
    """In the order in which a site does them; `files` are what is loaded."""
    return (
        Stage("ingest", lambda disk: ("ingest", files), _catalogue),
        Stage("index", lambda disk: ("index", "--rebuild"), _catalogue),
        Stage("compile", lambda disk: ("compile",), _issues),
        Stage("outbox", lambda disk: ("send",), _mails),
        Stage("backup", lambda disk: ("backup", disk / "backups"), _backups),
        Stage("export", _export, _exports),
    )


def make_files(folder: Path) -> Path:
    """Files that revise and delete each other's records, in four subjects."""
    dice = random.Random(4)
    for number in range(1, FILES + 1):
        parts = [
            record(
                pmid,
                f"On {dice.choice(WORDS)}, as in file {number}",
                abstract=" ".join(f"{dice.getrandbits(32):x}" for _ in range(60)),
            )
            for pmid in dice.sample(range(1, PMIDS), RECORDS)
        ]
        parts.append(deletion(*dice.sample(range(1, PMIDS), 5)))
        pubmed_file(folder, f"pubmed26n{number:04}.xml.gz", *parts)
    return folder


def site(disk: Path) -> Site:
    """The site in the folder `data` of a disk, on SQLite or what `database` names."""
    found = Site(disk / "data", None)
    named = disk / "database"
    found.url = named.read_text() if named.exists() else None
    return found


def copied(disk: Path, to: Path) -> None:
    """The same site once more, in a folder and a database of its own."""
    shutil.copytree(disk, to)
    if url := site(disk).url:
        (to / "database").write_text(copy_of(url))


def removed(disk: Path) -> None:
    """A copy, and its database."""
    if url := site(disk).url:
        drop(url)
    shutil.rmtree(disk)


def begin(disk: Path, server: str | None = None) -> None:
    """An empty site with readers, whose interests nothing has been found for."""
    if server:
        (disk / "database").write_text(another_database(server))
    new = site(disk)
    new.ownjournal("migrate")
    for number in range(READERS):
        address = f"reader{number}@example.org"
        word = WORDS[number % len(WORDS)]
        new.ownjournal("reader", "add", address, "--words", word)


def command(disk: Path, stage: Stage) -> list[str]:
    name, *words = map(str, stage.words(disk))
    return [*ownjournal(name), *words]


def done(
    disk: Path, stage: Stage, more: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a stage; its exit status and all that it said."""
    ended = subprocess.run(
        command(disk, stage),
        env={**site(disk).environment(), **(more or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def claims_run_out(disk: Path) -> None:
    """What takes a quarter of an hour: letters of a sender that is gone are free."""
    site(disk).execute(
        "UPDATE post_letter SET claimed_until = '2000-01-01 00:00:00'"
        " WHERE claimed_until IS NOT NULL"
    )


def whole(disk: Path) -> Iterator[str]:
    """What is wrong with the site, a sentence each: nothing may be, after any fault.

    The index may be behind, since whoever next writes brings it up to date.
    """
    told = python("bench.verify", environment=site(disk).environment()).output
    found = json.loads(told)
    if found["damage"]:
        yield f"the database is damaged: {found['damage']}"
    if found["index"] or not found["same"]:
        yield f"the index is not right: {found['index']}"


def _catalogue(disk: Path) -> object:
    told = python("bench.verify", environment=site(disk).environment()).output
    return json.loads(told)


def _issues(disk: Path) -> object:
    return site(disk).asked(ISSUES)


def _mails(disk: Path) -> object:
    """The letters, and which mails are in the outbox, whole."""
    whole_mails = []
    for path in (disk / "data" / "outbox").rglob("*.eml"):
        text = path.read_text()
        to = re.search(r"^To: .*?<?(\S+@\S+?)>?$", text, re.MULTILINE)
        whole_mails.append((to[1] if to else None, text.count("On ") > 0))
    return site(disk).asked(LETTERS), sorted(whole_mails, key=repr)


def _backups(disk: Path) -> object:
    """How many there are, each whole; nothing else may be left."""
    folder = disk / "backups"
    found = sorted(folder.iterdir()) if folder.exists() else []
    for path in found:
        site(disk).ownjournal("restore", path, "--check")
    left = [each.name for each in (disk / "data").glob("backup*") if each.is_dir()]
    return len(found), left


def _export(disk: Path) -> tuple[object, ...]:
    return ("reader", "export", "reader0@example.org", "--to", disk / "export.zip")


def _exports(disk: Path) -> object:
    """The names in the archive."""
    unpacked = disk / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    shutil.unpack_archive(disk / "export.zip", unpacked)
    names = sorted(str(each.relative_to(unpacked)) for each in unpacked.rglob("*"))
    shutil.rmtree(unpacked)
    return names
