"""Limits with four processes at one moment: exactly as many pass as may."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from made.backups import Site
from made.processes import at_once

pytestmark = pytest.mark.slow

TRIES = 25  # of each process
SCRIPT = """
from datetime import UTC, datetime
from ownjournal.readers.limits import Limit, take
now, tries = datetime.fromtimestamp(float(sys.argv[1]), UTC), int(sys.argv[2])
limit = Limit("a test", times=37, seconds=3600)
passed = 0
for count in range(tries):
    passed += take(limit, "198.51.100.1", now) is None
    take(limit, f"another {count % 5}", now)
print(passed)
"""


def passed(environment: Mapping[str, str], now: int) -> int:
    """How many tries of all processes passed."""
    return sum(map(int, at_once(environment, SCRIPT, now, TRIES)))


def test_exactly_as_many_pass_as_may_and_again_after_the_window(
    tmp_path: Path, kind: str | None
) -> None:
    """Two days later all rows are old: each process sweeps what others count in."""
    environment = Site(tmp_path, kind).migrate().environment()

    assert passed(environment, 1_790_000_000) == 37
    assert passed(environment, 1_790_000_000 + 2 * 86_400) == 37


SWEEPING = """
from datetime import UTC, datetime, timedelta
from ownjournal.readers.limits import Limit, take
now, tries = datetime.fromtimestamp(float(sys.argv[1]), UTC), int(sys.argv[2])
for count in range(tries):
    key = f"198.51.100.{count % 3}"
    take(Limit("a test", times=1, seconds=60), key, now + timedelta(days=2 * count))
"""


def test_nobody_fails_on_what_another_forgets(tmp_path: Path, kind: str | None) -> None:
    """Two days pass between tries: each sweeps all rows, and counts in one of them."""
    environment = Site(tmp_path, kind).migrate().environment()

    at_once(environment, SWEEPING, 1_790_000_000, 4 * TRIES)
