"""Get files over HTTPS from servers that fail in every way a server can.

A download is resumed where it was cut off, also by the next run: beside the
part lies the ETag or date of the file that it is a part of. Tries are repeated
with growing pauses while the fault may pass.

Redirects are not followed, so a request goes to the host that was asked for.
Whether the bytes are the right ones is for the caller to check.
"""

import queue
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import httpx

from ownjournal import __version__
from ownjournal.pubmed.files import BLOCK, NLM_LIMITS, Limits
from ownjournal.pubmed.refusal import FileRefused

USER_AGENT = f"Ownjournal/{__version__} (self-hosted journal over PubMed)"
AT_HOME = {"127.0.0.1", "::1", "localhost"}

TRIES = 5  # of one request, without progress between them
LONGEST_WAIT_SECONDS = 60.0
LONGEST_REQUEST_SECONDS = 900.0  # then it is resumed; a trickle is no progress
PROGRESS_BYTES = 1_000_000
ABSENT = {404, 410}
PASSING = {408, 425, 429, 500, 502, 503, 504}

T = TypeVar("T")
Progress = Callable[[int, int | None], None]
"""Told the bytes of a file that are here, and all of them where that is known."""


def silent(done: int, total: int | None) -> None:
    """No progress is shown."""


class Unreachable(ConnectionError):
    """A server gave no usable answer; `str` is a sentence for the operator."""


class _Passing(Exception):
    """A fault that may be gone at the next try."""

    def __init__(self, reason: str, wait_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds  # what the server asked for


class Fetcher:
    """Connections to servers; use it as a context.

    quiet_seconds   how long an answer may pause before it counts as cut off
    sleep, chance   the waiting, and the dice (0 to 1)
    """

    def __init__(
        self,
        *,
        quiet_seconds: float = 30.0,
        limits: Limits = NLM_LIMITS,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._limits = limits
        self._sleep, self._chance = sleep, chance
        self._client = _client(quiet_seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def fetch(self, url: str, part: Path, progress: Progress) -> None:
        """Bring `part` to its full length, by as many requests as it takes.

        Raises Unreachable, and FileRefused SIZE.
        """
        part.parent.mkdir(parents=True, exist_ok=True)
        self._until_it_works(
            lambda: self._fetch_once(url, part, progress),
            lambda: part.stat().st_size if part.exists() else 0,
        )

    def _fetch_once(self, url: str, part: Path, progress: Progress) -> None:
        have, tag = _resumable(part)
        wish = {"Range": f"bytes={have}-", "If-Range": tag} if have else {}
        with self._client.stream("GET", url, headers=wish) as answer:
            if answer.status_code == 416 and have:
                drop(part)
                raise _Passing("The part here is longer than the file.")
            _judge(answer)
            if answer.status_code == 200:
                have = 0
            elif not _begins_at(answer, have):
                drop(part)
                raise _Passing("NLM sent another part than was asked for.")
            self._write(answer, part, have, progress)

    def _write(
        self, answer: httpx.Response, part: Path, have: int, progress: Progress
    ) -> None:
        """Put the body behind what is kept of `part`, its first `have` bytes."""
        length = answer.headers.get("Content-Length", "")
        total = have + int(length) if length.isdecimal() else None
        if not have:
            drop(part)
            _tag_of(part).write_text(_validator(answer))
        ends = time.monotonic() + LONGEST_REQUEST_SECONDS
        progress(have, total)
        with part.open("ab") as file:
            for block in answer.iter_raw(BLOCK):
                have += len(block)
                if have > self._limits.packed:
                    drop(part)
                    raise FileRefused(
                        "SIZE", f"{part.stem} is larger than a PubMed file can be."
                    )
                file.write(block)
                progress(have, total)
                if time.monotonic() > ends and have != total:
                    raise _Passing("NLM sends too slowly.")

    def small(self, url: str, most: int) -> bytes | None:
        """A page of at most so many bytes; None where there is none."""
        return self._until_it_works(lambda: self._small_once(url, most), lambda: 0)

    def _small_once(self, url: str, most: int) -> bytes | None:
        with self._client.stream("GET", url) as answer:
            if answer.status_code in ABSENT:
                return None
            _judge(answer)
            body = bytearray()
            for block in answer.iter_raw():
                body += block
                if len(body) > most:
                    raise Unreachable(f"{url} is longer than it can be.")
            return bytes(body)

    def _until_it_works(self, ask: Callable[[], T], done: Callable[[], int]) -> T:
        """Ask up to TRIES times, counted anew whenever `done` has grown enough.

        The pauses double, and are mixed so that many sites do not come at once.
        """
        tries, had = 0, done()
        while True:
            try:
                return ask()
            except (httpx.TransportError, _Passing) as fault:
                if done() >= had + PROGRESS_BYTES:
                    tries, had = 0, done()
                tries += 1
                if tries == TRIES:
                    raise Unreachable(_sentence(fault)) from fault
                asked = fault.wait_seconds if isinstance(fault, _Passing) else None
                wait = 2 ** (tries - 1) * (0.5 + self._chance())
                self._sleep(min(asked or wait, LONGEST_WAIT_SECONDS))


def why_unreachable(url: str, seconds: float) -> str | None:
    """None where a server answers, else a sentence; decided within `seconds` in all.

    It is asked in a thread that is left alone when the time is over, as
    looking up a name knows no time-out.
    """
    answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    ask = threading.Thread(target=lambda: answers.put(_ask(url, seconds)), daemon=True)
    ask.start()
    try:
        return answers.get(timeout=seconds)
    except queue.Empty:
        return f"NLM gave no answer within {seconds:g} seconds."


def checked_address(address: str) -> str:
    """The address, if it is a plain one of https, or of this machine itself.

    Raises ValueError.
    """
    url = httpx.URL(address)
    if url.scheme != "https" and (url.scheme, url.host in AT_HOME) != ("http", True):
        raise ValueError(f"{address} is not an https address.")
    if not url.host or url.userinfo or url.query or url.fragment:
        raise ValueError(f"{address} is not a plain address.")
    return str(url)


def _client(quiet_seconds: float) -> httpx.Client:
    return httpx.Client(
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
        timeout=httpx.Timeout(quiet_seconds, connect=min(quiet_seconds, 10.0)),
        follow_redirects=False,
    )


def _ask(url: str, seconds: float) -> str | None:
    """Why `url` gives no answer, or None; raises nothing, it runs in a thread."""
    try:
        with _client(seconds) as client, client.stream("GET", url) as answer:
            _judge(answer)
    except (httpx.HTTPError, OSError, Unreachable, _Passing) as fault:
        return _sentence(fault)
    return None


def _judge(answer: httpx.Response) -> None:
    """Raise unless the answer holds what was asked for."""
    status = answer.status_code
    if status in {200, 206}:
        return
    if status in PASSING:
        wait = answer.headers.get("Retry-After", "")
        raise _Passing(
            f"NLM answers with error {status}.",
            float(wait) if wait.isdecimal() else None,
        )
    if status in ABSENT:
        raise Unreachable(f"{answer.url} is not there.")
    if answer.is_redirect:
        raise Unreachable(
            f"{answer.url} sends us elsewhere, to"
            f" {answer.headers.get('Location')!r}, where we do not go."
        )
    raise Unreachable(f"{answer.url} answers with error {status}.")


def _sentence(fault: Exception) -> str:
    """What went wrong, for the operator."""
    if isinstance(fault, (Unreachable, _Passing)):
        return str(fault)
    if isinstance(fault, (httpx.ConnectError, httpx.ConnectTimeout)):
        return f"NLM cannot be reached: {why_no_connection(fault)}"
    if isinstance(fault, httpx.TimeoutException):
        return "NLM gave no answer in time."
    return f"The connection to NLM was lost: {fault}."


def why_no_connection(fault: httpx.TransportError) -> str:
    """The end of a sentence; httpx has the system's own fault at the bottom."""
    host = fault.request.url.host
    bottom: BaseException = fault
    while (below := bottom.__cause__ or bottom.__context__) is not None:
        bottom = below
    if isinstance(fault, httpx.ConnectTimeout):
        return f"{host} does not answer; is this machine offline?"
    if isinstance(bottom, socket.gaierror):
        return f"the name {host} was not found; is this machine offline?"
    if isinstance(bottom, ConnectionRefusedError):
        return f"{host} refuses the connection; is a firewall or proxy in the way?"
    if isinstance(bottom, ssl.SSLCertVerificationError):
        return f"the certificate of {host} is not trusted: {bottom.verify_message}."
    return f"{host}: {' '.join(str(fault).split())}."


def _begins_at(answer: httpx.Response, have: int) -> bool:
    part: str = answer.headers.get("Content-Range", "")
    return part.startswith(f"bytes {have}-")


def _validator(answer: httpx.Response) -> str:
    """What tells this version of the file from others, "" where nothing does.

    A weak ETag does not: RFC 9110, 13.1.5.
    """
    tag: str = answer.headers.get("ETag", "")
    if tag and not tag.startswith("W/"):
        return tag
    modified: str = answer.headers.get("Last-Modified", "")
    return modified


def _resumable(part: Path) -> tuple[int, str]:
    """Bytes that are here, and the validator of the file they are from."""
    tag = _tag_of(part)
    if not part.exists() or not tag.exists():
        return 0, ""
    validator = tag.read_text()
    return (part.stat().st_size if validator else 0), validator


def _tag_of(part: Path) -> Path:
    return part.with_name(part.name + ".tag")


def drop(part: Path) -> None:
    """Forget a part and what it is a part of."""
    part.unlink(missing_ok=True)
    _tag_of(part).unlink(missing_ok=True)


def keep(part: Path, target: Path) -> None:
    """Give a part that is whole its own name."""
    _tag_of(part).unlink(missing_ok=True)
    part.replace(target)
