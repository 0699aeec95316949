import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from ownjournal.site.shedding import RETRY_AFTER, Gate

SECONDS = 30.0  # that a test waits at most


class Held:
    """An application whose answers wait until they are let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.begun = threading.Semaphore(0)
        self.connections: list[int] = []

    def __call__(
        self, environ: dict[str, Any], start: Callable[..., Any]
    ) -> list[bytes]:
        self.connections.append(id(connections["default"]))
        if environ["PATH_INFO"] != "/health/live":
            self.begun.release()
            assert self.let_go.wait(SECONDS)
        start("200 OK", [])
        return [b"a ", b"page"]


def asked(gate: Gate, path: str = "/") -> tuple[str, dict[str, str], bytes]:
    said: list[Any] = []
    body = gate({"PATH_INFO": path}, lambda *told: said.extend(told))
    return said[0], dict(said[1]), b"".join(body)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(20) as made:
        yield made


@pytest.fixture
def held(threads: ThreadPoolExecutor) -> Iterator[Held]:
    """Let go in the end, before its threads are waited for."""
    made = Held()
    yield made
    made.let_go.set()


def busy(gate: Gate, held: Held, threads: ThreadPoolExecutor) -> Future[Any]:
    """A request that has begun and does not end."""
    begun = threads.submit(asked, gate)
    assert held.begun.acquire(timeout=SECONDS)
    return begun


def test_who_finds_no_seat_waits_and_is_answered(
    held: Held, threads: ThreadPoolExecutor
) -> None:
    gate = Gate(held, at_work=1, waiting=1, seconds=SECONDS)
    first = busy(gate, held, threads)

    second = threads.submit(asked, gate)
    assert not held.begun.acquire(timeout=0.1)
    held.let_go.set()

    assert first.result()[0] == second.result()[0] == "200 OK"
    assert second.result()[2] == b"a page"


def test_who_finds_the_line_full_is_told_at_once_when_to_come_back(
    held: Held, threads: ThreadPoolExecutor
) -> None:
    gate = Gate(held, at_work=1, waiting=0, seconds=SECONDS)
    busy(gate, held, threads)

    status, headers, body = asked(gate)

    assert status == "503 Service Unavailable"
    assert RETRY_AFTER[0] <= int(headers["Retry-After"]) <= RETRY_AFTER[1]
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert b"This site is busy" in body


def test_who_has_waited_too_long_is_told_too(
    held: Held, threads: ThreadPoolExecutor
) -> None:
    gate = Gate(held, at_work=1, waiting=5, seconds=0.05)
    busy(gate, held, threads)

    assert [asked(gate)[0] for _ in range(7)] == ["503 Service Unavailable"] * 7


def test_the_api_is_told_in_json(held: Held, threads: ThreadPoolExecutor) -> None:
    gate = Gate(held, at_work=1, waiting=0)
    busy(gate, held, threads)

    _, headers, body = asked(gate, "/api/v1/search")

    assert headers["Content-Type"] == "application/json"
    assert b'"detail"' in body


def test_a_busy_site_is_alive(held: Held, threads: ThreadPoolExecutor) -> None:
    gate = Gate(held, at_work=1, waiting=0)
    busy(gate, held, threads)

    assert threads.submit(asked, gate, "/health/live").result()[0] == "200 OK"


def test_a_style_sheet_takes_no_seat_of_a_page_along(
    held: Held, threads: ThreadPoolExecutor
) -> None:
    gate = Gate(held, at_work=1, waiting=0, seconds=SECONDS)
    sheet = threads.submit(asked, gate, "/static/site/ownjournal.css")
    assert held.begun.acquire(timeout=SECONDS)

    page = busy(gate, held, threads)
    held.let_go.set()

    assert sheet.result()[0] == page.result()[0] == "200 OK"


def test_connections_are_of_the_seats_however_many_threads_there_are(
    held: Held,
) -> None:
    gate = Gate(held, at_work=2, waiting=40, seconds=SECONDS)
    with ThreadPoolExecutor(20) as many:
        asking = [many.submit(asked, gate) for _ in range(20)]
        for _ in range(2):
            assert held.begun.acquire(timeout=SECONDS)
        held.let_go.set()
        assert all(each.result()[0] == "200 OK" for each in asking)
        left = [many.submit(connections.all, True) for _ in range(20)]

    assert len(held.connections) == 20
    assert len(set(held.connections)) == 2
    assert not any(each.result() for each in left)


def test_a_thread_with_a_connection_of_its_own_keeps_it(held: Held) -> None:
    held.let_go.set()
    gate = Gate(held)

    def has_its_own() -> tuple[int, int]:
        own = connections["default"]
        asked(gate)
        return id(own), id(connections["default"])

    with ThreadPoolExecutor(1) as one:
        before, after = one.submit(has_its_own).result()

    assert before == after == held.connections[0]


class Download:
    """An answer in pieces, which looks at the database between them."""

    streaming = True

    def __init__(self) -> None:
        self.connections: list[int] = []
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in (b"one ", b"two"):
            self.connections.append(id(connections["default"]))
            yield piece

    def close(self) -> None:
        self.closed += 1


def test_a_download_leaves_its_seat_to_others_and_keeps_its_connection() -> None:
    download = Download()

    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        if environ["PATH_INFO"] == "/export":
            download.connections.append(id(connections["default"]))
            return download
        return [b"a page"]

    gate = Gate(application, at_work=1, waiting=0)

    def asking() -> tuple[list[bytes], int]:
        pieces = iter(gate({"PATH_INFO": "/export"}, lambda *_: None))
        read = [next(pieces)]
        others = asked(gate)[0]
        read += list(pieces)
        pieces.close()
        assert others == "200 OK"
        return read, len(connections.all(initialized_only=True))

    with ThreadPoolExecutor(1) as one:
        read, left = one.submit(asking).result()

    assert read == [b"one ", b"two"]
    assert len(set(download.connections)) == 1
    assert (download.closed, left) == (1, 0)


def test_a_fault_gives_the_seat_back() -> None:
    def broken(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        raise ValueError

    gate = Gate(broken, at_work=1, waiting=0)

    def asking() -> None:
        for _ in range(3):
            with pytest.raises(ValueError):
                asked(gate)

    with ThreadPoolExecutor(1) as one:
        one.submit(asking).result()
