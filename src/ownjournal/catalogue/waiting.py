"""Small writes that a page makes on its way, and gives up where they would wait."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import OperationalError, connection


@contextmanager
def not_waiting() -> Iterator[None]:
    """Write what is within now, or not at all if a writer is in the way.

    SQLite has one writer at a time, and a file takes a second or two to write.
    """
    with suppress(OperationalError):
        if connection.vendor != "sqlite":
            yield
            return
        usual = int(connection.settings_dict["OPTIONS"]["timeout"] * 1000)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")
