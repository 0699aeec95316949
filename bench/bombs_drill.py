"""Uploads and imports that explode: `make drill PART=bombs`.

Each file of `bombs` is given to who takes such files, in a process of its own. It
fails where it ends in anything but words, in more than 20 seconds of the processor or
in more than 500 MB, processes that it starts included.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from bench import bombs
from bench.child import ROOT
from bench.figures import Row, proof

AREA = "reliability"
SECONDS, MEGABYTES = 20, 500
HARD_LIMIT = 6 * bombs.GIGABYTE  # of addresses, so that no control harms the machine


@dataclass(frozen=True)
class Taken:
    """What became of a file."""

    said: str  # its words; or how it ended without any
    seconds: float  # of the processor
    megabytes: float  # at the most

    @property
    def held(self) -> bool:
        """Whether it ended in words, and soon."""
        short = self.seconds <= SECONDS and self.megabytes <= MEGABYTES
        return short and not self.said.startswith("ended")


def rows() -> Iterator[Row]:
    """One row a family, and the largest memory of each."""
    with TemporaryDirectory(prefix="ownjournal-bombs-") as name:
        path = Path(name) / "pubmed26n1300.xml.gz"
        path.write_bytes(bombs.gz(b"", b" ", 2 * bombs.GIGABYTE))
        control = taken("naive", path, name)
        if control.held:
            raise AssertionError("a file that is read whole is not seen to be too much")
        for family, made in bombs.FAMILIES.items():
            yield from _family(family, made(), path, name, control)


def _family(
    family: str,
    files: Iterator[tuple[str, bytes]],
    path: Path,
    data: str,
    control: Taken,
) -> Iterator[Row]:
    failed, worst, slowest, tries = 0, 0.0, 0.0, 0
    for told, content in files:
        path.write_bytes(content)
        del content  # a child's peak begins at what its parent has
        done = taken(family, path, data)
        tries += 1
        failed += not done.held
        worst, slowest = max(worst, done.megabytes), max(slowest, done.seconds)
        print(f"  {family}, {told}: {done}", file=sys.stderr)
    yield proof(
        AREA,
        f"bombs given to {family}: no words, over {SECONDS} s or {MEGABYTES} MB",
        failed,
        promise="text from outside never becomes an outage",
        tries=tries,
        control=f"2 GB of a gz read whole: {control.megabytes:,.0f} MB",
        note=f"at most {worst:,.0f} MB and {slowest:.1f} s",
    )
    yield Row(
        AREA,
        f"most memory for a bomb, {family}",
        round(worst),
        "MB",
        "lower",
        MEGABYTES,
    )


def taken(family: str, path: Path, data: str) -> Taken:
    """Give a file to a taker."""
    with TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.bombs", family, str(path)],
            cwd=ROOT,
            env={
                **os.environ,
                "DATA_DIR": data,
                "PYTHONPATH": str(ROOT / "tests"),
                "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
            },
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=_limited,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        lines = out.read().decode(errors="replace").strip().splitlines() or [""]
    said = lines[-1] if process.returncode == 0 else f"ended: {lines[-1]}"
    return Taken(said, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _limited() -> None:
    """So much memory and time that a control fails, and harms nobody."""
    resource.setrlimit(resource.RLIMIT_AS, (HARD_LIMIT, HARD_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS))
