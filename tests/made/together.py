"""Several workers at the same moment, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

Result = TypeVar("Result")


def together(work: Callable[[], Result], workers: int = 2) -> list[Result]:
    """What each of them got; for tests with `transactional_db`.

    SQLite in memory cannot be shared as a file can: it refuses where a file
    makes the second writer wait.
    """
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("the test database is in memory; it must be a file")
    start = Barrier(workers)

    def one() -> Result:
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        running = [pool.submit(one) for _ in range(workers)]
        return [each.result() for each in running]
