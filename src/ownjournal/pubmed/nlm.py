"""NLM's two folders of PubMed files, over HTTPS: list them and download.

A file is downloaded to `NAME.part`, resumed where it was cut off, checked
against its published sum and only then renamed to NAME. What no sum was
published for is held as `NAME.held` for a day, and then taken only where the
operator said so.

Requests go to the one host of the base address; redirects are not followed.
Which files to download is decided in `pubmed.plan`, without a network.
"""

import os
import queue
import random
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import httpx
from msgspec.structs import replace

from ownjournal import __version__
from ownjournal.pubmed.files import (
    BLOCK,
    NLM_LIMITS,
    SIDECAR,
    CheckedFile,
    Limits,
    check,
    published_md5,
)
from ownjournal.pubmed.plan import Applied, Kind, Listing, Published, read_listing
from ownjournal.pubmed.refusal import FileRefused

NLM = "https://ftp.ncbi.nlm.nih.gov/pubmed/"
USER_AGENT = f"Ownjournal/{__version__} (self-hosted journal over PubMed)"
FOLDERS: dict[Kind, str] = {"baseline": "baseline/", "update": "updatefiles/"}
AT_HOME = {"127.0.0.1", "::1", "localhost"}

REACHED_SECONDS = 5.0
TRIES = 5  # of one request, without progress between them
DOWNLOADS = 3  # of a file whose sum is wrong
LONGEST_WAIT_SECONDS = 60.0
LONGEST_REQUEST_SECONDS = 900.0  # then it is resumed; a trickle is no progress
PROGRESS_BYTES = 1_000_000
LISTING_BYTES = 20_000_000
SIDECAR_BYTES = 64_000
HOLD = timedelta(hours=24)
ABSENT = {404, 410}
PASSING = {408, 425, 429, 500, 502, 503, 504}

T = TypeVar("T")
Progress = Callable[[int, int | None], None]
"""Told the bytes of a file that are here, and all of them where that is known."""


class Unreachable(Exception):
    """NLM gave no usable answer; `str` is a sentence for the operator."""


class _Passing(Exception):
    """A fault that may be gone at the next try."""

    def __init__(self, reason: str, wait_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds  # what the server asked for


class Nlm:
    """A connection to NLM's folders; use it as a context.

    address         of the folder above `baseline` and `updatefiles`; https, or
                    http on this machine itself
    quiet_seconds   how long an answer may pause before it counts as cut off
    sleep, chance, now   the waiting, the dice (0 to 1) and the clock
    """

    def __init__(
        self,
        address: str = NLM,
        *,
        quiet_seconds: float = 30.0,
        limits: Limits = NLM_LIMITS,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._address = _checked_address(address)
        self._limits = limits
        self._sleep, self._chance, self._now = sleep, chance, now
        self._client = _client(quiet_seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def why_unreachable(self, seconds: float = REACHED_SECONDS) -> str | None:
        """None where NLM answers, else a sentence; decided within `seconds` in all.

        It is asked in a thread that is left alone when the time is over, as
        looking up a name knows no time-out.
        """
        answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        url = self._url("update")
        ask = threading.Thread(
            target=lambda: answers.put(_ask(url, seconds)), daemon=True
        )
        ask.start()
        try:
            return answers.get(timeout=seconds)
        except queue.Empty:
            return f"NLM gave no answer within {seconds:g} seconds."

    def listing(self) -> Listing:
        """What NLM publishes now. Raises Unreachable."""
        return Listing(
            baseline=self._folder("baseline"), updates=self._folder("update")
        )

    def _folder(self, kind: Kind) -> tuple[Published, ...]:
        page = self._small(self._url(kind), LISTING_BYTES)
        if page is None:
            raise Unreachable(f"{self._url(kind)} is not there.")
        files = read_listing(page.decode("utf-8", "replace"), kind)
        if files is None:
            raise Unreachable(f"{self._url(kind)} is no list of files.")
        return files

    def published_md5(self, file: Published) -> str | None:
        """The sum in hex; None while there is none, or no checksum file but a page.

        Raises FileRefused MD5_NAME where it is another file's, and Unreachable.
        """
        text = self._small(self._url(file.kind, file.name + SIDECAR), SIDECAR_BYTES)
        try:
            return None if text is None else published_md5(text, file.name)
        except FileRefused as refusal:
            if refusal.code == "MD5_SIDECAR":
                return None
            raise

    def changed(
        self, files: Iterable[Published], applied: Iterable[Applied]
    ) -> tuple[Published, ...]:
        """Those of `files` whose published sum is no longer the one applied.

        A sum that cannot be read changes nothing: the known one stays.
        """
        known = {each.name: each.md5 for each in applied}
        return tuple(
            file
            for file in files
            if (md5 := self.published_md5(file)) and md5 != known.get(file.name)
        )

    def download(
        self,
        file: Published,
        folder: Path,
        *,
        accept_unverified: bool = False,
        progress: Progress = lambda done, total: None,
    ) -> CheckedFile:
        """Get a file into `folder`, whole and checked, unless it is there already.

        Raises FileRefused: MD5 and the codes of `files.check` after three
        downloads, MD5_NAME, MD5_MISSING while it is held; Unreachable.
        """
        md5 = self.published_md5(file)
        target, held = folder / file.name, folder / f"{file.name}.held"
        for place in (target, held):
            if checked := _already(place, file.name, md5):
                return _moved(checked, target)
        if md5 is None:
            return self._unverified(file, target, held, accept_unverified, progress)
        return _moved(self._whole(file, folder, md5, progress), target)

    def _unverified(
        self,
        file: Published,
        target: Path,
        held: Path,
        accept: bool,
        progress: Progress,
    ) -> CheckedFile:
        """A file without a published sum, if its time of waiting is over."""
        if target.exists() and not held.exists():
            target.replace(held)  # it was taken before, by whatever right
        if not held.exists():
            _moved(self._whole(file, target.parent, None, progress), held)
            os.utime(held, (self._now().timestamp(),) * 2)
        until = datetime.fromtimestamp(held.stat().st_mtime, UTC) + HOLD
        if not accept or self._now() < until:
            raise FileRefused(
                "MD5_MISSING",
                f"NLM has published no checksum for {file.name}. It is held until"
                f" {until:%Y-%m-%d %H:%M} UTC, and then taken only if unverified"
                " files are accepted.",
            )
        return _moved(check(held, name=file.name, limits=self._limits), target)

    def _whole(
        self, file: Published, folder: Path, md5: str | None, progress: Progress
    ) -> CheckedFile:
        """The file as `NAME.part`, downloaded anew while it is found bad."""
        part = folder / f"{file.name}.part"
        for left in reversed(range(DOWNLOADS)):
            self._fetch(self._url(file.kind, file.name), part, progress)
            try:
                return check(
                    part,
                    name=file.name,
                    md5=md5,
                    unpack=md5 is None,
                    limits=self._limits,
                )
            except FileRefused:
                _drop(part)
                if not left:
                    raise
                # it may have been published anew between sum and file
                md5 = md5 and self.published_md5(file)
        raise AssertionError("unreachable")

    def _fetch(self, url: str, part: Path, progress: Progress) -> None:
        """Bring `part` to its full length, by as many requests as it takes."""
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
                _drop(part)
                raise _Passing("The part here is longer than the file.")
            _judge(answer)
            if answer.status_code == 200:
                have = 0
            elif not _begins_at(answer, have):
                _drop(part)
                raise _Passing("NLM sent another part than was asked for.")
            self._write(answer, part, have, progress)

    def _write(
        self, answer: httpx.Response, part: Path, have: int, progress: Progress
    ) -> None:
        """Put the body behind what is kept of `part`, its first `have` bytes."""
        length = answer.headers.get("Content-Length", "")
        total = have + int(length) if length.isdecimal() else None
        if not have:
            _drop(part)
            _tag_of(part).write_text(_validator(answer))
        ends = time.monotonic() + LONGEST_REQUEST_SECONDS
        progress(have, total)
        with part.open("ab") as file:
            for block in answer.iter_raw(BLOCK):
                have += len(block)
                if have > self._limits.packed:
                    _drop(part)
                    raise FileRefused(
                        "SIZE", f"{part.stem} is larger than a PubMed file can be."
                    )
                file.write(block)
                progress(have, total)
                if time.monotonic() > ends and have != total:
                    raise _Passing("NLM sends too slowly.")

    def _small(self, url: str, most: int) -> bytes | None:
        """A page or a checksum file; None where there is none."""
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

    def _url(self, kind: Kind, name: str = "") -> str:
        return f"{self._address}{FOLDERS[kind]}{name}"


def _checked_address(address: str) -> str:
    url = httpx.URL(address)
    if url.scheme != "https" and (url.scheme, url.host in AT_HOME) != ("http", True):
        raise ValueError(f"{address} is not an https address.")
    if not url.host or url.userinfo or url.query or url.fragment:
        raise ValueError(f"{address} is not the plain address of a folder.")
    return str(url).rstrip("/") + "/"


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
    if isinstance(fault, httpx.ConnectError):
        return f"NLM cannot be reached: {fault}."
    if isinstance(fault, httpx.TimeoutException):
        return "NLM gave no answer in time."
    return f"The connection to NLM was lost: {fault}."


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


def _drop(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag_of(part).unlink(missing_ok=True)


def _already(place: Path, name: str, md5: str | None) -> CheckedFile | None:
    """The file that was fetched before, if it is the published one; else it goes."""
    if md5 is None or not place.exists():
        return None
    try:
        return check(place, name=name, md5=md5, unpack=False)
    except FileRefused:
        place.unlink()
        return None


def _moved(checked: CheckedFile, target: Path) -> CheckedFile:
    """The file under its own name."""
    _tag_of(checked.path).unlink(missing_ok=True)
    checked.path.replace(target)
    return replace(checked, path=target)
