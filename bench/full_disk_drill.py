"""A disk that fills up in every stage of a site's work; then there is room again.

Each stage starts from the same site on a small disk of its own, a tmpfs, with less
room than it needs. It must say in a sentence that the disk is full and leave the site
whole; told again with more room, it must leave exactly what it leaves without a fault.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.figures import QUICK, Row, proof
from bench.stages import (
    TRACEBACK,
    Stage,
    begin,
    claims_run_out,
    copied,
    done,
    make_files,
    stages,
    whole,
)

AREA = "reliability"
TRIES = 2 if QUICK else 10  # of each stage
ROOM = 400_000_000  # bytes that are more than enough
BLOCK = 4096


class Before(NamedTuple):
    """A stage, the site before it, and what it leaves where nothing fails."""

    stage: Stage
    disk: Path
    needs: int  # bytes
    leaves: object
    seconds: float  # that it takes


class Tried(NamedTuple):
    """What a fault did."""

    disk: str  # in words
    undone: bool | None  # whether something was left so; None without a fault
    wrong: list[str]


class Count(NamedTuple):
    """What came of all tries."""

    tries: int
    faults: list[str]
    control: str


def rows() -> Iterator[Row]:
    """Each stage on disks of many sizes."""
    if os.geteuid():
        raise PermissionError("Small disks are mounted by root alone.")
    dice = random.Random(3)
    with tempfile.TemporaryDirectory(prefix="ownjournal-full-") as name:
        befores = list(prepared(Path(name)))

        def fill(before: Before, number: int) -> Tried:
            free = int(dice.uniform(0, before.needs))
            with small_disk(before.disk, free, Path(name) / "small") as disk:
                return Tried(f"{free:,} bytes free", *tried(before, disk))

        found = counted(befores, TRIES, fill)
    named = ", ".join(each.stage.name for each in befores)
    yield proof(
        AREA,
        f"disks that fill up in {named}, SQLite; not said in a sentence, not whole, or"
        " not the same once there is room",
        len(found.faults),
        promise="A full disk is said, loses nothing, and work goes on with more room",
        tries=found.tries,
        control=found.control,
    )


def counted(
    befores: Iterable[Before], tries: int, one: Callable[[Before, int], Tried]
) -> Count:
    """Try each stage so often, by number.

    Raises AssertionError where no fault left anything undone.
    """
    found, faults = list[Tried](), list[str]()
    for before in befores:
        for number in range(tries):
            found.append(one(before, number))
            told = f"{before.stage.name}, {found[-1].disk}"
            faults += [f"{told}: {each}" for each in found[-1].wrong]
        print(f"  {before.stage.name}", end="\r", file=sys.stderr)
    for each in faults:
        print(f"  {each}", file=sys.stderr)
    failed = [each.undone for each in found if each.undone is not None]
    if not any(failed):
        raise AssertionError("the drill cannot tell what a fault leaves undone")
    control = f"{sum(failed)} of {len(failed)} not the same where nothing is repeated"
    return Count(len(found), faults, control)


def prepared(folder: Path, server: str | None = None) -> Iterator[Before]:
    """The site before each stage; the stages are done where there is room."""
    disk = folder / "roomy"
    disk.mkdir()
    begin(disk, server)
    for stage in stages(make_files(folder / "files")):
        kept = folder / stage.name
        copied(disk, kept)
        began = time.monotonic()
        code, said = done(disk, stage)
        seconds = time.monotonic() - began
        if code:
            raise AssertionError(f"{stage.name} fails without a fault: {said}")
        needs = _bytes(disk) - _bytes(kept)
        yield Before(stage, kept, max(needs, 64 * BLOCK), stage.found(disk), seconds)


def tried(before: Before, disk: Path) -> tuple[bool | None, list[str]]:
    """Whether a fault left something undone, None without one; and what went wrong."""
    code, said = done(disk, before.stage)
    more_room(disk)
    if code == 0:
        return None, unequal(before, disk)
    wrong = [] if "full" in said and TRACEBACK not in said else [last(said)]
    wrong += whole(disk)
    return done_again(before, disk, wrong)


def done_again(before: Before, disk: Path, wrong: list[str]) -> tuple[bool, list[str]]:
    """Whether a fault left something undone, and what went wrong in the end too."""
    undone = bool(unequal(before, disk))
    claims_run_out(disk)
    code, said = done(disk, before.stage)
    if code:
        return undone, [*wrong, f"again: {last(said)}"]
    return undone, [*wrong, *unequal(before, disk)]


def unequal(before: Before, disk: Path) -> list[str]:
    try:
        found = before.stage.found(disk)
    except (AssertionError, OSError) as fault:
        return [f"{type(fault).__name__}: {fault}"[:300]]
    return [] if found == before.leaves else ["is not as without a fault"]


def last(said: str) -> str:
    return " | ".join(said.strip().splitlines()[-3:])[:300]


@contextmanager
def small_disk(content: Path, free: int, place: Path) -> Iterator[Path]:
    """A disk that holds this and has so many bytes left."""
    place.mkdir(exist_ok=True)
    size = sum(_blocks(each) for each in content.rglob("*")) * BLOCK + free
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)]
    subprocess.run(mount, check=True)
    try:
        shutil.copytree(content, place, dirs_exist_ok=True)
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def more_room(disk: Path) -> None:
    """What an operator does about it."""
    mount = ["mount", "-o", f"remount,size={ROOM}", str(disk)]
    subprocess.run(mount, check=True)


def _blocks(path: Path) -> int:
    return -(-path.stat().st_size // BLOCK) if path.is_file() else 0


def _bytes(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
