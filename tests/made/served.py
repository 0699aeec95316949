"""A site served by a process of its own, as an operator serves it."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import httpx

from made.backups import ROOT, Site

SERVE = (sys.executable, "-m", "ownjournal.cli.main", "serve")
WAITS = 60.0  # seconds, for a process on a busy machine


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Its address, once it answers."""
    environment = site.environment()
    with serving(environment):
        yield f"http://127.0.0.1:{environment['BIND_PORT']}"


@contextmanager
def serving(
    environment: Mapping[str, str],
    command: Sequence[str] = SERVE,
    *,
    path: str = "/health/live",
    waits: float = WAITS,
) -> Iterator["subprocess.Popen[bytes]"]:
    """The process that serves at BIND_PORT, once it answers at this path."""
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            url = f"http://127.0.0.1:{environment['BIND_PORT']}{path}"
            until_it_answers(url, process, waits)
            yield process
        finally:
            process.terminate()


def until_it_answers(
    url: str, process: "subprocess.Popen[bytes]", waits: float = WAITS
) -> None:
    """Raises TimeoutError where the process ends, or does not answer in time."""
    ends = time.monotonic() + waits
    while not answers(url):
        if time.monotonic() > ends or process.poll() is not None:
            raise TimeoutError(f"{url} does not answer")
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether what is asked for there is had."""
    try:
        return httpx.get(url, trust_env=False).is_success
    except httpx.HTTPError:
        return False
