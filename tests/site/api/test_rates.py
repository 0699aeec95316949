"""The API's limit with four processes at one moment."""

from pathlib import Path

import pytest

from made.processes import at_once, migrated
from ownjournal.site.api.rates import A_MINUTE

TRIES = 90  # of each process
SCRIPT = """
from django.test import RequestFactory
from django.utils import timezone
from ownjournal.site.api.rates import Throttle
moment = timezone.now()
timezone.now = lambda: moment  # the minute is not over, however slow the machine
throttle, request = Throttle(), RequestFactory().get("/", REMOTE_ADDR="198.51.100.1")
tries = [throttle.allow_request(request) for _ in range(int(sys.argv[1]))]
print(sum(tries))
assert all(tries) == (throttle.wait() is None)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("database", "passed"), [("SQLite", 4 * TRIES), ("PostgreSQL", A_MINUTE)]
)
def test_processes_count_together_where_the_database_can(
    tmp_path: Path, database: str, passed: int
) -> None:
    with migrated(database, tmp_path) as environment:
        said = at_once(environment, SCRIPT, TRIES)

    assert sum(map(int, said)) == passed
