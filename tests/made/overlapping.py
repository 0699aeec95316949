"""Two changes at once, in the one order that does harm, on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

Deed = Callable[[], object]
WAITS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def overlapping(first: Deed, second: Deed, then: Deed | None = None) -> bool:
    """Do both, each on a connection of its own; whether the second waited.

    The second begins when the first is done and not yet committed; the first is
    committed when the second waits for it, or is done. `then` is what the first does
    just before. For tests with `transactional_db`: what either raises is raised.
    """
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets nobody begin to write while another does")
    done, go = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            try:
                first()
            finally:
                done.set()
            go.wait()
            if then is not None:
                then()

    with ThreadPoolExecutor(2) as pool:
        try:
            holding = pool.submit(_apart, hold)
            done.wait()
            following = pool.submit(_apart, second)
            waited = _waits(following)
        finally:
            go.set()
    holding.result()
    following.result()
    return waited


def _apart(deed: Deed) -> None:
    try:
        deed()
    finally:
        connection.close()


def _waits(following: "Future[None]") -> bool:
    """True as soon as it waits for a lock; False when it is done without."""
    with connection.cursor() as cursor:
        while not following.done():
            cursor.execute(WAITS)
            [waiting] = cursor.fetchone()
            if waiting:
                return True
            sleep(0.01)
    return False
