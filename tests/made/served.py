"""A site served by a process of its own, as an operator serves it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from made.backups import ROOT, Site

WAITS = 60.0  # seconds, for a process on a busy machine


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Its address, once it answers."""
    environment = site.environment()
    address = f"http://127.0.0.1:{environment['BIND_PORT']}"
    command = [sys.executable, "-m", "ownjournal.cli.main", "serve"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            ends = time.monotonic() + WAITS
            while not _answers(address):
                if time.monotonic() > ends or process.poll() is not None:
                    raise TimeoutError(f"{address} does not answer")
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/live", trust_env=False).is_success
    except httpx.HTTPError:
        return False
