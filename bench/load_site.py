"""The site as it runs in earnest, in processes of its own, on a copy of a catalogue."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.inputs import FOLDER
from bench.loads import ownjournal
from made import served
from made.loopback import free_port

START_SECONDS = 180.0
LARGE = 1 << 20  # bytes; larger files of an index are written once


@dataclass(frozen=True)
class Site:
    """A site that runs."""

    port: int
    process: "subprocess.Popen[bytes]"

    def pids(self) -> list[int]:
        """Of all its processes; the first is the one that was started."""
        return [self.process.pid, *children(self.process.pid)]

    def megabytes(self) -> float:
        """Memory that is its own; not the files of the index that it looks into."""
        return sum(_own_kilobytes(each) for each in self.pids()) / 1024


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy of a data folder, to write in; parts of the index are shared with it."""
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="load-") as name:
        copy = Path(name)
        with (
            closing(sqlite3.connect(folder / "ownjournal.sqlite3")) as kept,
            closing(sqlite3.connect(copy / "ownjournal.sqlite3")) as new,
        ):
            kept.backup(new)
        shutil.copytree(
            folder / "index", copy / "index", symlinks=True, copy_function=_linked
        )
        yield copy


def _linked(source: str, target: str) -> str:
    if Path(source).stat().st_size > LARGE:
        os.link(source, target)
        return target
    return str(shutil.copy2(source, target))


def of(folder: Path) -> dict[str, str]:
    """The environment of a process that works on a data folder."""
    return {**os.environ, "DATA_DIR": str(folder)}


@contextmanager
def serving(folder: Path, *, command: list[str] | None = None) -> Iterator[Site]:
    """`ownjournal serve`, or another command, until the end of the context."""
    port = free_port()
    environment = {**of(folder), "BIND_PORT": str(port)}
    started = command or [*ownjournal("serve"), "--workers", "2"]
    with served.serving(environment, started, waits=START_SECONDS) as process:
        yield Site(port, process)


def children(pid: int) -> list[int]:
    """The processes that a process has started and that run still."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in path.read_text().split()]


def _own_kilobytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1])
    return 0


def broken(fault: str) -> list[str]:
    """The command of the site with a fault of `bench.load_broken`."""
    return [sys.executable, "-m", "bench.load_broken", fault]
