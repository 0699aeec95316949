"""Requests at a fixed rate, as people send them: nobody waits for the others.

Request number n is due at n / rate seconds, whatever became of those before it, and
its time counts from then. A tool that sends the next one when the last is answered
leaves out those that would have met a stall ("coordinated omission"); `in_turn` is
such a tool, for comparison.

Each request has a connection of its own, as from a proxy that keeps none open.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import h11

LONGEST = 30.0  # seconds; a request without an answer by then counts as lost
PIECE = 65_536  # bytes


class Request(NamedTuple):
    """What is asked. A note is posted, everything else is read."""

    kind: str  # "article", "search" …
    path: str
    session: str | None = None  # of a reader who is signed in
    form: str | None = None  # urlencoded, to be posted


class Answer(NamedTuple):
    """What came of it."""

    kind: str
    due: float  # by time.monotonic
    seconds: float  # from when it was due to the last byte
    status: int | None  # None: no whole answer came
    retry_after: str | None
    fault: str | None


def at_rates(
    port: int, make: Callable[[], Request], phases: Iterable[tuple[float, float]]
) -> list[Answer]:
    """Send so many requests a second for so many seconds, phase after phase.

    Answers are in the order of being due; all are waited for.
    """
    return asyncio.run(_at_rates(port, make, phases))


def in_turn(port: int, make: Callable[[], Request], requests: int) -> list[Answer]:
    """Send the next one when the last is answered, as most tools do."""

    async def one_by_one() -> list[Answer]:
        return [await ask(port, make(), time.monotonic()) for _ in range(requests)]

    return asyncio.run(one_by_one())


async def _at_rates(
    port: int, make: Callable[[], Request], phases: Iterable[tuple[float, float]]
) -> list[Answer]:
    due, asked = time.monotonic(), []
    for rate, seconds in phases:
        for _ in range(round(rate * seconds)):
            if (ahead := due - time.monotonic()) > 0:
                await asyncio.sleep(ahead)
            asked.append(asyncio.create_task(ask(port, make(), due)))
            due += 1 / rate
    return list(await asyncio.gather(*asked))


async def ask(port: int, request: Request, due: float) -> Answer:
    """Send one request; never raises for what the server does."""
    status = retry_after = fault = None
    try:
        async with asyncio.timeout(LONGEST - (time.monotonic() - due)):
            status, retry_after = await _exchange(port, request)
    except (OSError, EOFError, TimeoutError, h11.ProtocolError) as problem:
        fault = f"{type(problem).__name__} {problem}".strip()
    seconds = time.monotonic() - due
    return Answer(request.kind, due, seconds, status, retry_after, fault)


async def _exchange(port: int, request: Request) -> tuple[int, str | None]:
    """Status and Retry-After of a whole answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        http = h11.Connection(h11.CLIENT)
        writer.write(_bytes_of(http, request))
        await writer.drain()
        status, retry_after = 0, None
        while True:
            event = http.next_event()
            if event is h11.NEED_DATA:
                http.receive_data(await reader.read(PIECE))
            elif isinstance(event, h11.Response):
                status = event.status_code
                named = dict(event.headers)
                retry_after = named.get(b"retry-after", b"").decode() or None
            elif isinstance(event, h11.EndOfMessage):
                return status, retry_after
    finally:
        writer.close()


def _bytes_of(http: h11.Connection, request: Request) -> bytes:
    body = (request.form or "").encode()
    headers = [
        ("Host", "127.0.0.1"),
        ("Connection", "close"),
        ("Accept-Encoding", "gzip"),
    ]
    if request.session is not None:
        headers.append(("Cookie", f"session={request.session}"))
    if request.form is not None:
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        headers.append(("Content-Length", str(len(body))))
    head = h11.Request(
        method="POST" if request.form is not None else "GET",
        target=request.path,
        headers=headers,
    )
    parts = [http.send(head)]
    if body:
        parts.append(http.send(h11.Data(data=body)))
    parts.append(http.send(h11.EndOfMessage()))
    return b"".join(each for each in parts if each)


def percentile(answers: Sequence[Answer], percent: float) -> float:
    """Seconds within which so many of a hundred were answered, or were given up."""
    ordered = sorted(each.seconds for each in answers)
    return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]


def lost(answers: Sequence[Answer]) -> list[Answer]:
    """Those without a good answer: none, or an error of the server's."""
    return [each for each in answers if each.status is None or each.status >= 400]
