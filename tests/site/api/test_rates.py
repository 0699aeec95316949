"""The API's limit with four processes at one moment."""

from pathlib import Path

import pytest

from made.backups import Site
from made.processes import at_once
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
def test_processes_count_together_where_the_database_can(
    tmp_path: Path, kind: str | None
) -> None:
    said = at_once(Site(tmp_path, kind).migrate().environment(), SCRIPT, TRIES)

    assert sum(map(int, said)) == (4 * TRIES if kind is None else A_MINUTE)
