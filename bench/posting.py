"""Mail made and sent: the part of `make bench AREA=readers` that is the post office's.

Each reader's issue of twelve articles is made into a mail and sent to a mail server
on loopback that takes everything; the issues share the best articles of a week. The
rate is that at which mails come in, with two workers on the cores there are.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.child import python, run
from bench.figures import QUICK, Row
from bench.inputs import FOLDER, corpus
from bench.loads import ingest, ownjournal

AREA = "readers"
READERS = 600 if QUICK else 5_000
RUNS = 1 if QUICK else 3
WORKERS = 2


def mails() -> Iterator[Row]:
    """Mails made and sent in a second."""
    with tempfile.TemporaryDirectory(dir=_folder(), prefix="post-") as name:
        kept = Path(name) / "kept"
        environment = {"DATA_DIR": str(kept)}
        run(ownjournal("migrate"), environment=environment)
        ingest(kept, corpus(1))
        python("bench.posted", READERS, environment=environment)
        rates, sizes = [], []
        for _ in range(RUNS):
            taken, size = _sent(kept, Path(name) / "run")
            rates.append((len(taken) - 1) / (taken[-1] - taken[0]))
            sizes.append(size)
        cost = _alone(kept, Path(name) / "run")
    yield Row(
        AREA,
        "mails made and sent to an SMTP sink, two workers, 2 cores",
        statistics.median(rates),
        "mails/s",
        "higher",
        100,
        500,
        note=f"{READERS:,} issues of 12 articles, {statistics.mean(sizes):,.0f} bytes "
        "each; the sink runs on the same cores",
    )
    yield Row(
        AREA, "mails made and sent, one core", cost, "mails/CPU-s", "higher", 100, 470
    )


def _folder() -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    return FOLDER


def _sent(kept: Path, folder: Path) -> tuple[list[float], float]:
    """Seconds at which mails came in, in order, and their mean size in bytes."""
    with sink(kept, folder) as (environment, notes):
        workers = [
            subprocess.Popen(ownjournal("send"), env={**os.environ, **environment})
            for _ in range(WORKERS)
        ]
        for each in workers:
            each.wait()
    lines = [line.split() for line in notes.read_text().splitlines()]
    if len({line[1] for line in lines}) != READERS or len(lines) != READERS:
        raise AssertionError(f"{len(lines)} mails came in of {READERS}")
    return sorted(float(line[0]) for line in lines), statistics.mean(
        int(line[2]) for line in lines
    )


def _alone(kept: Path, folder: Path) -> float:
    """Mails in a second of one core's time, the start of the process included."""
    with sink(kept, folder) as (environment, _):
        cost = run(
            [*ownjournal("send"), "--json"], environment=environment, one_core=True
        )
    sent: int = json.loads(cost.output)["sent"]
    return sent / cost.cpu_seconds


@contextmanager
def sink(kept: Path, folder: Path) -> Iterator[tuple[Mapping[str, str], Path]]:
    """A sink, the environment that sends to it from a copy, and its notes."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept, folder)
    notes = folder / "notes"
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.sink", str(notes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdin is not None
    try:
        address = f"smtp://127.0.0.1:{int(server.stdout.readline())}"
        yield {"DATA_DIR": str(folder), "MAIL_URL": address}, notes
    finally:
        server.stdin.close()
        server.wait()
        server.stdout.close()
