"""Limits with four processes at one moment: exactly as many pass as may."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from made.postgres import postgres, programs

pytestmark = pytest.mark.slow

PROCESSES, TRIES = 4, 50  # tries of each process
CHILD = """
import sys, time
import django; django.setup()
from datetime import UTC, datetime, timedelta
from ownjournal.readers.limits import Limit, take
once, tries, starts_at = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
moment = datetime.fromtimestamp(starts_at, UTC)
later = timedelta(days=int(once))
limit = Limit("a test", times=37, seconds=3600)
print("ready", flush=True)
sys.stdin.readline()
passed = 0
for count in range(tries):
    passed += take(limit, "198.51.100.1", moment + later) is None
    take(limit, f"another {count % 5}", moment + later)
print(passed)
"""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def environment(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """What names a migrated database of its own to a process."""
    with ExitStack() as stack:
        named = {
            **os.environ,
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
        }
        named.pop("DATABASE_URL", None)
        if request.param == "PostgreSQL":
            if programs() is None:
                pytest.skip("PostgreSQL is not installed")
            named["DATABASE_URL"] = stack.enter_context(postgres())
        command = [sys.executable, "-m", "ownjournal.cli.main", "migrate"]
        subprocess.run(command, env=named, check=True, capture_output=True)
        yield named


def passed(environment: Mapping[str, str], days_later: int) -> int:
    """How many tries of four processes passed that began together."""
    arguments = [str(days_later), str(TRIES), "1790000000"]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, *arguments],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for each in running:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate()[0] for each in running]
    assert [each.returncode for each in running] == [0] * PROCESSES
    return sum(int(each) for each in said)


def test_exactly_as_many_pass_as_may_and_again_after_the_window(
    environment: dict[str, str],
) -> None:
    """Two days later all rows are old: each process sweeps what others count in."""
    assert passed(environment, 0) == 37
    assert passed(environment, 2) == 37
