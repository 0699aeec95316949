"""A disk that fails at random while a site loads, indexes, compiles, sends and more.

`failing_disk.c` stands before libc in every process of a command: calls on files of
the site fail with EIO, or write half of what they were told. Whatever a command says
in the end, the site must be whole afterwards, what the command reports as done must
be done, and told again on a sound disk it must leave what it leaves without a fault.
"""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import QUICK, Row, proof
from bench.full_disk_drill import (
    Before,
    Tried,
    counted,
    done_again,
    last,
    prepared,
    unequal,
)
from bench.stages import TRACEBACK, done, whole

AREA = "reliability"
SOURCE = Path(__file__).with_name("failing_disk.c")
TRIES = 2 if QUICK else 12  # of each stage
ONE_IN = (20, 100, 400, 1600)  # calls that fail


def rows() -> Iterator[Row]:
    """Each stage on a disk that fails seldom or often."""
    dice = random.Random(5)
    with tempfile.TemporaryDirectory(prefix="ownjournal-failing-") as name:
        library, disk = built(Path(name)), Path(name) / "failing"

        def spoil(before: Before, number: int) -> Tried:
            more = {
                "LD_PRELOAD": str(library),
                "FAILING_FOLDER": str(disk),
                "FAILING_ONE_IN": str(ONE_IN[number % len(ONE_IN)]),
                "FAILING_SEED": str(dice.randrange(1, 10**6)),
            }
            shutil.rmtree(disk, ignore_errors=True)
            shutil.copytree(before.disk, disk)
            told = f"seed {more['FAILING_SEED']}"
            return Tried(told, *tried(before, disk, more))

        found = counted(prepared(Path(name)), TRIES, spoil)
    yield proof(
        AREA,
        "disks that fail at random in every stage, SQLite; not said in a sentence, not"
        " whole, or not the same on a sound disk",
        len(found.faults),
        promise="A disk that fails damages nothing, and nothing is called done that is"
        " not",
        tries=found.tries,
        control=found.control,
    )


def built(folder: Path) -> Path:
    """The library, compiled for this machine."""
    library = folder / "failing_disk.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"]
    subprocess.run(list(map(str, command)), check=True)
    return library


def tried(
    before: Before, disk: Path, more: dict[str, str]
) -> tuple[bool | None, list[str]]:
    """Whether a fault left something undone, None without one; and what went wrong."""
    code, said = done(disk, before.stage, more)
    wrong = [last(said)] if TRACEBACK in said else []
    wrong += whole(disk)
    if code == 0:
        return None, [*wrong, *unequal(before, disk)]
    return done_again(before, disk, wrong)
