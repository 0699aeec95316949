"""What a process does with more requests than it can answer: it says so at once.

A few requests are worked at together, as many more wait their turn, and each waits
for so long; whoever comes when the line is full, or has waited too long, is answered
503 with Retry-After. So an answer comes within seconds whatever the flood, nobody
waits for a page that another has given up, and the line is empty soon after it.

Those who watch the site have a seat of their own: a busy site is alive. So have style
sheets and scripts: they need no database, and a page that waits is of no use without.

A seat has the database's connections, not the thread: there are many threads, nearly
all of them waiting, and a connection keeps megabytes. A download in pieces takes its
seat along and leaves a new one, as it lasts as long as its reader takes.
"""

import queue
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from ownjournal.site.headers import security_headers
from ownjournal.site.metrics_counts import refusals, waits

AT_WORK = 4
WAITING = 60
LONGEST_WAIT = 3.0  # seconds
ASIDE = frozenset(("/health/live", "/health/ready", "/metrics"))
THREADS = 2 * (AT_WORK + WAITING) + 8  # there is one for whoever is refused
RETRY_AFTER = (2, 6)  # seconds, drawn, so that not all come back together
BUSY = "More is asked of this site just now than it can answer. Try again shortly."

Environment = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environment, StartResponse], Iterable[bytes]]


class Seat:
    """The connections of one request at a time, whichever thread it is answered by.

    A thread that has connections already, as one of a test, goes on with these.
    """

    def __init__(self) -> None:
        self._kept: dict[str, BaseDatabaseWrapper] = {}
        self._of_thread: frozenset[str] = frozenset()

    def __enter__(self) -> None:
        there = connections.all(initialized_only=True)
        self._of_thread = frozenset(each.alias for each in there)
        for alias in self._kept.keys() - self._of_thread:
            connections[alias] = self._kept[alias]

    def __exit__(self, *_: object) -> None:
        for connection in connections.all(initialized_only=True):
            alias = connection.alias
            if alias in self._of_thread:
                continue
            if alias not in self._kept:
                connection.inc_thread_sharing()
                self._kept[alias] = connection
            del connections[alias]

    def close(self) -> None:
        """End the connections."""
        for connection in self._kept.values():
            connection.close()
        self._kept.clear()


class Line:
    """Seats, and who waits for one; the order is that of coming."""

    def __init__(self, seats: int, waiting: int, seconds: float) -> None:
        self._room = threading.BoundedSemaphore(seats + waiting)
        self._seconds = seconds
        # the last used first: its connections are warm
        self._free: queue.LifoQueue[Seat] = queue.LifoQueue()
        for _ in range(seats):
            self._free.put(Seat())

    def take(self) -> Seat | None:
        """A seat, at once or when its turn has come; None where it does not come."""
        if not self._room.acquire(blocking=False):
            return None
        try:
            return self._free.get(timeout=self._seconds)
        except queue.Empty:
            self._room.release()
            return None

    def leave(self, seat: Seat) -> None:
        """Give a seat back, or a new one in its place."""
        self._free.put(seat)
        self._room.release()


class Gate:
    """The application, for no more requests than it can answer."""

    def __init__(
        self,
        application: Application,
        at_work: int = AT_WORK,
        waiting: int = WAITING,
        seconds: float = LONGEST_WAIT,
    ) -> None:
        self._application = application
        self._line = Line(at_work, waiting, seconds)
        self._aside = Line(1, WAITING, seconds)
        self._files = Line(at_work, waiting, seconds)
        self._refusals = {False: _refusal(_page()), True: _refusal(_message())}

    def __call__(
        self, environ: Environment, start_response: StartResponse
    ) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        line = self._line_of(path)
        began = time.monotonic()
        seat = line.take()
        waits.observe(time.monotonic() - began)
        if seat is None:
            refusals.inc()
            return self._refuse(path.startswith("/api/"), start_response)
        left = seat
        try:
            with seat:
                answer = self._application(environ, start_response)
                if not getattr(answer, "streaming", False):
                    return [_whole(answer)]
            left = Seat()
            return Pieces(answer, seat)
        finally:
            line.leave(left)

    def _line_of(self, path: str) -> Line:
        if path in ASIDE:
            return self._aside
        return self._files if path.startswith(settings.STATIC_URL) else self._line

    def _refuse(self, is_api: bool, start_response: StartResponse) -> list[bytes]:
        headers, body = self._refusals[is_api]
        seconds = str(random.randint(*RETRY_AFTER))
        start_response("503 Service Unavailable", [*headers, ("Retry-After", seconds)])
        return [body]


def _whole(answer: Iterable[bytes]) -> bytes:
    """All of an answer; what is done after it is done."""
    try:
        return b"".join(answer)
    finally:
        _close(answer)


class Pieces:
    """The pieces of an answer, each read with the connections of its seat."""

    def __init__(self, answer: Iterable[bytes], seat: Seat) -> None:
        self._answer, self._seat = answer, seat
        self._pieces = iter(answer)
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with self._seat:
            return next(self._pieces)

    def close(self) -> None:
        """What the server calls when all is sent, or nobody listens any more."""
        if self._open:
            self._open = False
            with self._seat:
                _close(self._answer)
            self._seat.close()

    def __del__(self) -> None:
        self.close()


def _close(answer: Iterable[bytes]) -> None:
    close = getattr(answer, "close", None)
    if close is not None:
        close()


def _page() -> HttpResponse:
    return HttpResponse(render_to_string("busy.html"), status=503)


def _message() -> HttpResponse:
    return JsonResponse({"detail": BUSY}, status=503)


def _refusal(response: HttpResponse) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body, made once: to refuse must cost nearly nothing."""
    response.headers["Cache-Control"] = "no-store"
    dressed = security_headers(lambda _: response)(HttpRequest())
    return list(dressed.items()), dressed.content
