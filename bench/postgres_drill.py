"""PostgreSQL restarted, killed -9 and cut off while notes are written and files loaded.

Four processes write notes, one after the other each until it is acknowledged; files
are loaded beside them, again whenever a load has failed. Meanwhile the server ends in
three ways, at random moments. In the end every acknowledged note must be there once,
and the catalogue as after a load that nobody disturbed. The control acknowledges
commits before they are on the disk, and must lose notes.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.child import python, run
from bench.figures import QUICK, Row, proof
from bench.loads import ownjournal
from bench.primary_drill import acknowledged, counted, writers, written
from bench.stages import TRACEBACK, make_files
from made.postgres import another_database
from made.replicas import PATIENCE, Server, alone

AREA = "reliability"
FAULTS = 6 if QUICK else 45  # a third of each kind
STARTS = 30  # tries of a server whose children may still hold its memory
LONGEST = 1.5  # seconds between two
SLOW_LOG = "wal_writer_delay = '10s'"


def rows() -> Iterator[Row]:
    """Notes lost and doubled, loads that did not come out the same or were not said."""
    with alone() as primary, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = make_files(folder / "files")
        right = _loaded_alone(another_database(primary.url), files, folder / "alone")
        environment = {"DATA_DIR": f"{name}/data", "DATABASE_URL": primary.url}
        run(ownjournal("migrate"), environment=environment)
        with _loads(environment, files) as said, writers(environment, folder):
            _begun(folder)
            _disturbed(primary, FAULTS, [_restart, _kill, _cut_off])
            _begun(folder)
        lost, twice, notes = _counted(primary, folder)
        run([*ownjournal("ingest"), files], environment=environment)
        found = _found(environment)
        control = _control(primary, folder / "control", environment)
    wrong = [each for each in said if TRACEBACK in each]
    for each in wrong:
        print(f"  {each[-400:]}", file=sys.stderr)
    if found != right:
        print(f"  {found} is not {right}", file=sys.stderr)
    scope = "PostgreSQL restarted, killed -9, and connections cut off in transactions"
    note = f"{notes:,} notes; {len(said)} loads failed meanwhile, and were repeated"
    yield proof(
        AREA,
        f"{scope}; acknowledged notes lost or kept twice",
        lost + twice,
        promise="A note that was acknowledged stays, whatever ails PostgreSQL",
        tries=FAULTS,
        control=f"{control} notes lost by kill -9 with synchronous_commit=off",
        note=note,
    )
    yield proof(
        AREA,
        f"{scope}; loads that told of it without a sentence, or left another state",
        len(wrong) + (found != right),
        promise="Loading goes on where PostgreSQL left it",
        tries=FAULTS,
        control="a catalogue without its last file is another state",
        note=note,
    )


def _begun(folder: Path) -> None:
    """Wait until each writer is told of one note more than until now."""
    written(folder, since=time.monotonic(), each=1, waits=PATIENCE)


def _disturbed(
    primary: Server, times: int, kinds: list[Callable[[Server, random.Random], None]]
) -> None:
    dice = random.Random(7)
    for number in range(times):
        time.sleep(dice.uniform(0.2, LONGEST))
        kinds[number % len(kinds)](primary, dice)
        print(f"  {number + 1} faults of PostgreSQL", end="\r", file=sys.stderr)
    time.sleep(LONGEST)


def _restart(primary: Server, dice: random.Random) -> None:
    primary.stop()
    primary.start()


def _kill(primary: Server, dice: random.Random) -> None:
    """It starts once the last of its children has noticed and is gone."""
    primary.kill()
    for _ in range(STARTS):
        with suppress(RuntimeError):
            primary.start()
            return
        time.sleep(1)
    primary.start()


def _cut_off(primary: Server, dice: random.Random) -> None:
    """End connections that are in a transaction, or all where none is."""
    busy = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
    for _ in range(50):
        ended = primary.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {busy}"  # noqa: S608
            " AND xact_start IS NOT NULL"
        )
        if ended:
            return
        time.sleep(0.01)
    primary.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {busy}")  # noqa: S608


@contextmanager
def _loads(environment: Mapping[str, str], files: Path) -> Iterator[list[str]]:
    """Files are loaded again and again meanwhile; what failed loads have said.

    A process of its own does so: it ends with the load that runs when the context
    does.
    """
    said: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        stop, out = Path(name) / "stop", Path(name) / "said"
        loading = subprocess.Popen(
            [sys.executable, "-m", "bench.postgres_drill", stop, out, files],
            env={**os.environ, **environment},
        )
        try:
            yield said
        finally:
            stop.touch()
            loading.wait()
            said += json.loads(out.read_text())


def load_often(stop: Path, out: Path, files: Path) -> None:
    """Load until told to stop, and write down what loads that failed have said."""
    said = []
    while not stop.exists():
        done = subprocess.run(
            [*ownjournal("ingest"), "--again", str(files)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said.append(done.stdout + done.stderr)
    out.write_text(json.dumps(said))


def _counted(primary: Server, folder: Path) -> tuple[int, int, int]:
    """Acknowledged notes that are lost, notes kept twice, and all acknowledged ones."""
    told = [ack.text for ack in acknowledged(folder)]
    return *counted(primary, told), len(told)


def _loaded_alone(url: str, files: Path, folder: Path) -> tuple[object, ...]:
    """What a load leaves that nobody disturbs."""
    environment = {"DATA_DIR": str(folder), "DATABASE_URL": url}
    run(ownjournal("migrate"), environment=environment)
    last = max(files.glob("*.gz"))
    others = [path for path in sorted(files.glob("*.gz")) if path != last]
    run([*ownjournal("ingest"), *others], environment=environment)
    before = _found(environment)
    run([*ownjournal("ingest"), files], environment=environment)
    after = _found(environment)
    if before == after:
        raise AssertionError("the drill cannot tell a file that is lacking")
    return after


def _found(environment: Mapping[str, str]) -> tuple[object, ...]:
    told = json.loads(python("bench.verify", environment=environment).output)
    return told["hash"], told["files"], told["index"], told["same"]


def _control(primary: Server, folder: Path, environment: Mapping[str, str]) -> int:
    """How many notes are lost where commits are acknowledged too early."""
    for setting in ("synchronous_commit = off", SLOW_LOG):
        primary.run(f"ALTER SYSTEM SET {setting}")
    _restart(primary, random.Random())
    primary.run("DELETE FROM notes_note")
    primary.run(
        "DELETE FROM readers_attempts"
    )  # writers begin anew, at their first day
    folder.mkdir()
    with writers(environment, folder):
        _begun(folder)
        _disturbed(primary, 6, [_kill])
        _begun(folder)
    lost, _, _ = _counted(primary, folder)
    if not lost:
        raise AssertionError("the drill cannot tell a lost note")
    return lost


if __name__ == "__main__":
    load_often(*(Path(each) for each in sys.argv[1:]))
