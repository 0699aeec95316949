"""The primary of PostgreSQL killed -9 while four processes write notes.

    python -m bench.primary_drill NUMBER KEPT STOP    one writer; see `write`

The replica is promoted at once: whoever watches the servers adds the time in which
they notice. The control has no synchronous commit and a replica that is cut off; it
must lose notes that were acknowledged.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import django
from django.db import DatabaseError, InterfaceError, close_old_connections

from bench.child import ROOT, run
from bench.figures import QUICK, Row, proof
from bench.loads import ownjournal
from made.replicas import Pair, Server, replicas

if TYPE_CHECKING:
    from ownjournal.readers.models import Reader

AREA = "reliability"
ROUNDS = 2 if QUICK else 10
WRITERS = 4
EACH = 10  # notes that every writer has written before, and again after the loss
WAITS = 120.0  # seconds for them
PAUSE = 0.02  # seconds before a writer tries again


class Ack(NamedTuple):
    """A note that its writer was told is kept."""

    at: float  # seconds of this machine's clock
    text: str


class Loss(NamedTuple):
    """What a lost primary cost."""

    acknowledged: int
    lost: int
    twice: int
    seconds: float  # the longest in which no note was acknowledged


def rows() -> Iterator[Row]:
    """Lost and doubled notes, and the time without writes, after many losses."""
    with replicas() as pair, tempfile.TemporaryDirectory() as name:
        environment = {"DATA_DIR": f"{name}/data", "DATABASE_URL": pair.url}
        run(ownjournal("migrate"), environment=environment)
        losses = []
        for count in range(ROUNDS):
            losses.append(loss(pair, environment, Path(name) / str(count)))
            print(f"  {count + 1} primaries lost", end="\r", file=sys.stderr)
            pair.follow()
        control = cut_off(pair, environment, Path(name) / "control")
    written = sum(each.acknowledged for each in losses)
    for name, value in (
        ("acknowledged notes lost", sum(each.lost for each in losses)),
        ("notes kept twice", sum(each.twice for each in losses)),
    ):
        yield proof(
            AREA,
            f"{name} after kill -9 of PostgreSQL's primary, {WRITERS} writers",
            value,
            promise="what was acknowledged is kept",
            tries=written,
            control=f"without synchronous commit {control.lost:,} lost",
            note=f"{ROUNDS} primaries were lost",
        )
    scope = f"{ROUNDS} kill -9 of PostgreSQL's primary, {WRITERS} writers"
    longest = max(each.seconds for each in losses)
    name = f"longest time without writes over {scope}"
    note = "the replica is promoted at once; who watches adds the time to notice"
    yield Row(AREA, name, round(longest, 2), "s", "lower", 30, 10, note=note)


def cut_off(pair: Pair, environment: Mapping[str, str], folder: Path) -> Loss:
    """The control: asynchronous commit and no replica that follows."""
    pair.cut_off()
    found = loss(pair, environment, folder)
    if not found.lost:
        raise AssertionError("the drill cannot tell a lost note")
    return found


def loss(pair: Pair, environment: Mapping[str, str], folder: Path) -> Loss:
    """Kill the primary among writers, promote the replica, and count."""
    folder.mkdir()
    with writers(environment, folder):
        written(folder, since=0)
        time.sleep(random.uniform(0, 0.3))
        pair.primary.kill()
        pair.fail_over()
        written(folder, since=time.monotonic())
    told = sorted(acknowledged(folder))
    lost, twice = counted(pair.primary, [ack.text for ack in told])
    moments = [ack.at for ack in told]
    return Loss(
        acknowledged=len(told),
        lost=lost,
        twice=twice,
        seconds=max(b - a for a, b in zip(moments, moments[1:], strict=False)),
    )


def counted(server: Server, told: Sequence[str]) -> tuple[int, int]:
    """How many of these notes are lost, and how many of all are kept once more."""
    kept = Counter(str(text) for (text,) in server.run("SELECT text FROM notes_note"))
    return sum(text not in kept for text in told), kept.total() - len(kept)


def writers(
    environment: Mapping[str, str], folder: Path
) -> AbstractContextManager[None]:
    """Four processes that write; see `writing`."""
    own = {
        **os.environ,
        **environment,
        "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
        "PYTHONPATH": str(ROOT / "tests"),
    }
    return writing(own, folder, WRITERS)


@contextmanager
def writing(environment: Mapping[str, str], folder: Path, count: int) -> Iterator[None]:
    """So many processes that write; they end by themselves after the context."""
    stop = folder / "stop"
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.primary_drill", str(number), folder, stop],
            env=environment,
            cwd=ROOT,
        )
        for number in range(count)
    ]
    try:
        yield
    finally:
        stop.touch()
        ended = [each.wait() for each in running]
    if any(ended):
        raise RuntimeError(f"writers ended with {ended}")


def acks(folder: Path, number: int) -> list[Ack]:
    """What one writer was told, in order."""
    path = folder / str(number)
    lines = path.read_text().splitlines() if path.exists() else []
    parted = (line.split(" ", 1) for line in lines)
    return [Ack(float(at), text) for at, text in parted]


def acknowledged(folder: Path, count: int = WRITERS) -> list[Ack]:
    """What all writers were told, one after the other."""
    return [ack for number in range(count) for ack in acks(folder, number)]


def written(
    folder: Path,
    since: float,
    *,
    count: int = WRITERS,
    each: int = EACH,
    waits: float = WAITS,
) -> None:
    """Wait until every writer has written enough after a moment.

    Raises TimeoutError.
    """
    ends = time.monotonic() + waits
    for number in range(count):
        while sum(ack.at > since for ack in acks(folder, number)) < each:
            if time.monotonic() > ends:
                raise TimeoutError(f"writer {number} wrote too little")
            time.sleep(0.05)


def write(number: int, folder: Path, stop: Path) -> None:
    """Write one note after the other, each until it is acknowledged."""
    from ownjournal.readers.models import Reader

    reader, _ = Reader.objects.get_or_create(email=f"writer-{number}@example.org")
    last = reader.notes.order_by("created_at").last()
    now = (
        last.created_at + timedelta(days=1)
        if last
        else datetime(2026, 1, 1, tzinfo=UTC)
    )
    with (folder / str(number)).open("a", buffering=1) as told:
        while not stop.exists():
            text = f"Note {now:%j %H} of writer {number}, {folder.name}"
            if _posted(reader, text, now):
                told.write(f"{time.monotonic()} {text}\n")
                now += timedelta(hours=1)  # no limit of notes is met
            else:
                time.sleep(PAUSE)


def _posted(reader: "Reader", text: str, now: datetime) -> bool:
    """Whether the note is kept, as a request learns it; a repetition is the same."""
    from ownjournal.notes.posting import post
    from ownjournal.notes.subjects import Subject
    from ownjournal.notes.typed import Typed

    close_old_connections()  # as before each request
    try:
        post(reader, Subject(1, None, "/articles/1", "An article"), Typed(text), now)
    except (DatabaseError, InterfaceError):
        return False
    return True


if __name__ == "__main__":
    django.setup()
    write(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
