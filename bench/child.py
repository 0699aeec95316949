"""Run a command and see what it cost, itself and all it started."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = os.pathsep.join(str(ROOT / name) for name in ("src", "tests"))
"""PYTHONPATH of what is ours, for a process that may use what tests are made of."""


@dataclass(frozen=True)
class Cost:
    """What a finished command took."""

    cpu_seconds: float  # user and system, of it and of what it waited for
    wall_seconds: float
    peak_mb: float  # of the largest single process among them
    output: str


def run(
    command: Sequence[object],
    *,
    environment: Mapping[str, str] | None = None,
    one_core: bool = False,
    folder: Path = ROOT,
) -> Cost:
    """Run to the end; raises RuntimeError with its last words when it fails."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.monotonic()
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=out,
            stderr=err,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            preexec_fn=_first_core if one_core else None,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if process.returncode:
            err.seek(0)
            raise RuntimeError(f"{command}: {process.returncode}\n{err.read()[-2000:]}")
        return Cost(_cpu(used), wall, used.ru_maxrss / 1024, out.read())


def python(
    module: str,
    *arguments: object,
    environment: Mapping[str, str] | None = None,
    one_core: bool = False,
) -> Cost:
    """Run one of our own modules; it may use what tests are made of."""
    environment = {"PYTHONPATH": PLACES, **(environment or {})}
    command = [sys.executable, "-m", module, *arguments]
    return run(command, environment=environment, one_core=one_core)


def killed_after(
    command: Sequence[str], environment: Mapping[str, str], seconds: float
) -> int | None:
    """Kill -9 a command and all it started after so many seconds.

    Its exit status where it had ended before. The environment is all that it has.
    """
    with subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None


def _first_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _cpu(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime
