"""Kill -9 at a random moment of every stage of a site's work, on both databases.

Each stage starts from the same site. Whatever moment it was, the site must be whole
afterwards, and told again it must leave exactly what it leaves when nobody kills it.
"""

import random
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from bench.child import killed_after
from bench.figures import QUICK, Row, proof
from bench.full_disk_drill import (
    Before,
    Tried,
    counted,
    done_again,
    prepared,
    unequal,
)
from bench.stages import command, copied, removed, site, whole
from made.postgres import postgres

AREA = "reliability"
TRIES = {"SQLite": 2, "PostgreSQL": 2} if QUICK else {"SQLite": 20, "PostgreSQL": 10}
"""Of each of the six stages; loads and senders have drills of their own, too."""
STARTED = 0.3  # of the time that a command takes: it has begun


def rows() -> Iterator[Row]:
    """One row for each database."""
    for database in TRIES:
        yield killed(database)


def killed(database: str) -> Row:
    """What came of all tries on a database."""
    dice = random.Random(7)
    server = postgres() if database == "PostgreSQL" else nullcontext()
    with (
        server as url,
        tempfile.TemporaryDirectory(prefix="ownjournal-killed-") as name,
    ):
        disk = Path(name) / "killed"

        def kill(before: Before, _: int) -> Tried:
            seconds = before.seconds * dice.uniform(STARTED, 1)
            copied(before.disk, disk)
            try:
                return Tried(f"after {seconds:.2f} s", *tried(before, disk, seconds))
            finally:
                removed(disk)

        befores = list(prepared(Path(name), url))
        found = counted(befores, TRIES[database], kill)
    named = ", ".join(each.stage.name for each in befores)
    return proof(
        AREA,
        f"kill -9 in {named}, {database}; not whole, or not the same when told again",
        len(found.faults),
        promise="Whatever is killed goes on where it was",
        tries=found.tries,
        control=found.control,
    )


def tried(before: Before, disk: Path, seconds: float) -> tuple[bool | None, list[str]]:
    """Whether the kill left something undone, None if it came late; what is wrong."""
    words, environment = command(disk, before.stage), site(disk).environment()
    code = killed_after(words, environment, seconds)
    if code:
        return None, [f"ended by itself with {code}"]
    wrong = list(whole(disk))
    if not unequal(before, disk):
        return None, wrong
    return done_again(before, disk, wrong)
