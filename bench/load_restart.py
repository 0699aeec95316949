"""Restarts while readers read: `make drill PART=restart`.

Requests come at a fixed rate, each on a connection of its own, and none may be lost:

* SIGHUP puts new processes in the place of the old ones;
* the whole site is stopped and started, while the socket is held as systemd holds it.

The control kills the processes that serve by SIGKILL; it must lose requests.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.figures import QUICK, Row, proof
from bench.load_client import Answer, at_rates, percentile
from bench.load_flood import unanswered
from bench.load_profile import Profile
from bench.load_site import START_SECONDS, Site, children, copied, of, serving
from bench.loads import kept_catalogue, ownjournal
from made.served import until_it_answers

AREA = "reliability"
RESTARTS = 3 if QUICK else 20
KILLS = 3 if QUICK else 10
RATE = 5.0  # requests a second
MORE = 4.0  # seconds of requests before the first and after the last
LONG = 1.0  # seconds: so short is a part of a stream, which goes on until it is over
WAITS = 60.0  # seconds for new processes
GIVEN = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'  # as sd_listen_fds(3) has it
FIRST_GIVEN = 3


def rows() -> Iterator[Row]:
    """Lost requests of both kinds of restart."""
    with copied(kept_catalogue(1)) as folder:
        profile = Profile({"DATA_DIR": str(folder)})
        with serving(folder) as site:
            renewed = streamed(site.port, profile, lambda: _each(RESTARTS, site, renew))
        with serving(folder) as site:
            killed = streamed(site.port, profile, lambda: _each(KILLS, site, kill))
        started = started_anew(folder, profile)
    lost = len(unanswered(killed))
    if not lost:
        raise AssertionError(f"{KILLS} times SIGKILL lost nothing")
    control = f"{lost} of {len(killed)} lost to {KILLS} times SIGKILL"
    for how, answers in (("SIGHUP", renewed), ("a stop and a start", started)):
        yield proof(
            AREA,
            f"requests lost over {RESTARTS} restarts by {how}",
            len(unanswered(answers)),
            promise="a restart loses no request",
            tries=len(answers),
            control=control,
            note=f"{RATE:g} a second, p99 {percentile(answers, 99):.1f} s, "
            f"{sum(each.status == 503 for each in answers)} refused; "
            f"{_faults(answers)}",
        )


def _faults(answers: list[Answer]) -> str:
    """What became of the lost, as "3 TimeoutError": that machine was too slow."""
    found = Counter((each.fault or str(each.status)) for each in unanswered(answers))
    return ", ".join(f"{many} {fault}" for fault, many in found.items()) or "none lost"


def streamed(port: int, profile: Profile, restarts: Callable[[], None]) -> list[Answer]:
    """Answers of a stream that begins before the restarts and ends after them."""
    at_rates(port, profile, [(RATE, MORE)])  # caches fill
    with ThreadPoolExecutor(1) as threads:
        over = threads.submit(restarts)
        return at_rates(port, profile, _until(over))


def _until(over: "Future[None]") -> Iterator[tuple[float, float]]:
    """Phases of a stream, for as long as the restarts go on and a little longer."""
    yield RATE, MORE
    while not over.done():
        yield RATE, LONG
    over.result()
    yield RATE, MORE


def _each(times: int, site: Site, restart: Callable[[Site], None]) -> None:
    time.sleep(MORE)
    for count in range(times):
        restart(site)
        print(f"  {restart.__name__} {count + 1}", file=sys.stderr, flush=True)


def renew(site: Site) -> None:
    """SIGHUP, and wait until none of the old processes is there."""
    old = _serving(site)
    site.process.send_signal(signal.SIGHUP)
    _wait(lambda: not old & _serving(site) and len(_serving(site)) == len(old))


def kill(site: Site) -> None:
    """SIGKILL to one process that serves; the site puts another in its place."""
    old = _serving(site)
    os.kill(min(old), signal.SIGKILL)
    _wait(lambda: len(_serving(site) - {min(old)}) == len(old))
    time.sleep(6)  # two in a row within less it takes for a fault of its own


def _serving(site: Site) -> set[int]:
    """The processes that serve: all but the one that Python has for its own use."""
    return {
        each
        for each in children(site.process.pid)
        if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()
    }


def _wait(what: Callable[[], bool]) -> None:
    ends = time.monotonic() + WAITS
    while not what():
        if time.monotonic() > ends:
            raise AssertionError("the processes did not come")
        time.sleep(0.05)


def started_anew(folder: Path, profile: Profile) -> list[Answer]:
    """The site stopped and started again, while its socket is held."""
    with (
        socket.create_server(("127.0.0.1", 0), backlog=1024) as listening,
        ExitStack() as running,
    ):
        running.enter_context(_given(folder, listening))

        def restarts() -> None:
            time.sleep(MORE)
            for count in range(RESTARTS):
                running.close()
                running.enter_context(_given(folder, listening))
                time.sleep(1.0)
                print(f"  start {count + 1}", file=sys.stderr, flush=True)

        return streamed(listening.getsockname()[1], profile, restarts)


@contextmanager
def _given(folder: Path, listening: socket.socket) -> Iterator[None]:
    """The site with the socket that it is given, from its first answer on."""
    command = ["sh", "-c", GIVEN, "sh", *ownjournal("serve"), "--workers", "2"]
    process = subprocess.Popen(
        command,
        env=of(folder),
        pass_fds=(FIRST_GIVEN,),
        preexec_fn=lambda: os.dup2(listening.fileno(), FIRST_GIVEN),
    )
    with process:
        try:
            port = listening.getsockname()[1]
            url = f"http://127.0.0.1:{port}/health/live"
            until_it_answers(url, process, START_SECONDS)
            yield
        finally:
            process.terminate()
            process.wait()
