"""How often a client may ask the API in a minute.

With PostgreSQL all processes of all machines count together, in the database. With
SQLite each process counts for itself, in memory: a count in the database would make
who reads wait for whoever writes, and there is one process as a rule.
"""

import threading

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from ninja.throttling import AnonRateThrottle, BaseThrottle

from ownjournal.readers.accounts.client import client_of
from ownjournal.readers.limits import Limit, take

A_MINUTE = 300
REQUESTS = Limit("requests of the API", A_MINUTE, 60)


class Throttle(BaseThrottle):
    """Of one API; all threads of a process share it."""

    def __init__(self) -> None:
        self._of_process = AnonRateThrottle(f"{A_MINUTE}/m")
        self._of_thread = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Count one request; False when it is one too many."""
        if connection.vendor == "sqlite":
            allowed = self._of_process.allow_request(request)
            self._of_thread.wait = None if allowed else self._of_process.wait()
            return bool(allowed)
        self._of_thread.wait = take(REQUESTS, client_of(request), timezone.now())
        return self._of_thread.wait is None

    def wait(self) -> float | None:
        """The seconds until the client that this thread refused may ask again."""
        seconds: float | None = self._of_thread.wait
        return seconds
