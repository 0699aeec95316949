"""A disk that fails at random while a site loads, indexes, compiles, sends and more.

`failing_disk.c` stands before libc in every process of a command: calls on files of
the site fail with EIO, or write half of what they were told. Whatever a command says
in the end, the site must be whole afterwards, what the command reports as done must
be done, and told again on a sound disk it must leave what it leaves without a fault.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import QUICK, Row, proof
from bench.full_disk_drill import Before, last, prepared, unequal
from bench.stages import TRACEBACK, claims_run_out, done, whole

AREA = "reliability"
SOURCE = Path(__file__).with_name("failing_disk.c")
TRIES = 2 if QUICK else 12  # of each stage
ONE_IN = (20, 100, 400, 1600)  # calls that fail


def rows() -> Iterator[Row]:
    """Each stage on a disk that fails seldom or often."""
    faults, undone, failed, tries = list[str](), 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="ownjournal-failing-") as name:
        library = built(Path(name))
        dice = random.Random(5)
        for before in prepared(Path(name)):
            for number in range(TRIES):
                tries += 1
                more = {
                    "LD_PRELOAD": str(library),
                    "FAILING_FOLDER": f"{name}/failing",
                    "FAILING_ONE_IN": str(ONE_IN[number % len(ONE_IN)]),
                    "FAILING_SEED": str(dice.randrange(1, 10**6)),
                }
                disk = Path(name) / "failing"
                shutil.rmtree(disk, ignore_errors=True)
                shutil.copytree(before.disk, disk)
                left_undone, wrong = tried(before, disk, more)
                told = f"{before.stage.name}, seed {more['FAILING_SEED']}"
                faults += [f"{told}: {each}" for each in wrong]
                failed += left_undone is not None
                undone += bool(left_undone)
            print(f"  {before.stage.name}", end="\r", file=sys.stderr)
    for each in faults:
        print(f"  {each}", file=sys.stderr)
    if not undone:
        raise AssertionError("the drill cannot tell what a failing disk leaves undone")
    yield proof(
        AREA,
        "disks that fail at random in every stage, SQLite; not said in a sentence, not"
        " whole, or not the same on a sound disk",
        len(faults),
        promise="A disk that fails damages nothing, and nothing is called done that is"
        " not",
        tries=tries,
        control=f"{undone} of {failed} not the same where nothing is repeated",
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
    undone = bool(unequal(before, disk))
    claims_run_out(disk)
    code, said = done(disk, before.stage)
    if code:
        return undone, [*wrong, f"again: {last(said)}"]
    return undone, [*wrong, *unequal(before, disk)]
