"""Ask another service one small question, and be done in time whatever it does.

A page may wait for the answer, so the whole of it has a limit: looking up the
name, connecting, a second try and the last byte. Redirects are not followed and
nothing longer than expected is read. Nothing of a request appears in a message,
as it may hold a key.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from msgspec import Struct

from ownjournal.pubmed.fetching import (
    PASSING,
    USER_AGENT,
    Unreachable,
    why_no_connection,
)
from ownjournal.pubmed.in_time import OutOfTime, in_time

CONNECT_SECONDS = 3.0
OURS_SECONDS = 3600.0  # until somebody has looked at what is wrong with us
WAIT_SECONDS = 1.0  # before the second try, where the service names no time


class NoAnswer(Unreachable):
    """A service gave no usable answer.

    `wait_seconds` is how long it wants to be left alone, None where it does not
    say. `ours` is true where asking again will not help until we change.
    """

    def __init__(
        self, reason: str, wait_seconds: float | None = None, *, ours: bool = False
    ) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds
        self.ours = ours

    def pause(self) -> timedelta | None:
        """How long the service is best left alone; None where a usual time will do."""
        seconds = OURS_SECONDS if self.ours else self.wait_seconds
        return None if seconds is None else timedelta(seconds=seconds)


class Question(Struct, frozen=True):
    """What to ask, and how much of an answer to take."""

    service: str  # as sentences name it: "NLM"
    url: str
    parameters: Mapping[str, str]
    most_bytes: int
    whole_seconds: float = 8.0


class Answer(Struct, frozen=True):
    """A status below 500, and the whole body."""

    status: int
    body: bytes


def ask(question: Question, *, sleep: Callable[[float], None] = time.sleep) -> Answer:
    """The answer, after a second try where the first fault may pass.

    Raises NoAnswer.
    """
    ends = time.monotonic() + question.whole_seconds
    try:
        return in_time(
            question.whole_seconds, lambda: _ask_twice(question, ends, sleep)
        )
    except OutOfTime:
        raise NoAnswer(f"{question.service} gave no answer in time.") from None


def _ask_twice(
    question: Question, ends: float, sleep: Callable[[float], None]
) -> Answer:
    with _client() as client:
        try:
            return _ask_once(client, question, ends)
        except NoAnswer as fault:
            wait = WAIT_SECONDS if fault.wait_seconds is None else fault.wait_seconds
            if fault.ours or time.monotonic() + wait >= ends:
                raise
            sleep(wait)
            return _ask_once(client, question, ends)


def _client() -> httpx.Client:
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    return httpx.Client(headers=headers, follow_redirects=False)


def _ask_once(client: httpx.Client, question: Question, ends: float) -> Answer:
    left = max(0.1, ends - time.monotonic())
    times = httpx.Timeout(left, connect=min(left, CONNECT_SECONDS))
    address, parameters = question.url, dict(question.parameters)
    try:
        with client.stream("GET", address, params=parameters, timeout=times) as reply:
            _judge(question.service, reply)
            return Answer(reply.status_code, _body(question, reply, ends))
    except httpx.HTTPError as fault:
        raise NoAnswer(_sentence(question.service, fault)) from fault


def _body(question: Question, reply: httpx.Response, ends: float) -> bytes:
    body = bytearray()
    for block in reply.iter_raw():
        body += block
        if len(body) > question.most_bytes:
            raise NoAnswer(f"{question.service}'s answer is too long.", ours=True)
        if time.monotonic() > ends:
            raise NoAnswer(f"{question.service} gave no answer in time.")
    return bytes(body)


def _judge(service: str, reply: httpx.Response) -> None:
    """Raise for an answer that holds none; statuses of 4xx are for the caller."""
    status = reply.status_code
    if status in PASSING:
        wait = _asked_wait(reply.headers.get("Retry-After", ""), datetime.now(UTC))
        raise NoAnswer(f"{service} answers with error {status}.", wait)
    if 300 <= status < 400:
        raise NoAnswer(f"{service} sends us elsewhere, where we do not go.", ours=True)
    if status >= 500:
        raise NoAnswer(f"{service} answers with error {status}.")


def _asked_wait(value: str, now: datetime) -> float | None:
    """Seconds of a Retry-After header, a number or a date; RFC 9110, 10.2.3."""
    if value.isdecimal() and value.isascii() and len(value) < 8:
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return None


def _sentence(service: str, fault: httpx.HTTPError) -> str:
    if isinstance(fault, (httpx.ConnectError, httpx.ConnectTimeout)):
        return f"{service} cannot be reached: {why_no_connection(fault)}"
    if isinstance(fault, httpx.TimeoutException):
        return f"{service} gave no answer in time."
    return f"The connection to {service} was lost."
