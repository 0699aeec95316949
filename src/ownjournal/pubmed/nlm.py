"""NLM's two folders of PubMed files, over HTTPS: list them and download.

A file is downloaded to `NAME.part`, resumed where it was cut off, checked
against its published sum and only then renamed to NAME. What no sum was
published for is held as `NAME.held` for a day, and then taken only where the
operator said so.

Requests go to the one host of the base address; redirects are not followed.
Which files to download is decided in `pubmed.plan`, without a network.
"""

import os
import random
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from ownjournal.pubmed.fetching import (
    Fetcher,
    Progress,
    checked_address,
    drop,
    keep,
    silent,
    why_unreachable,
)
from ownjournal.pubmed.fetching import Unreachable as Unreachable
from ownjournal.pubmed.files import (
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
FOLDERS: dict[Kind, str] = {"baseline": "baseline/", "update": "updatefiles/"}

REACHED_SECONDS = 5.0
DOWNLOADS = 3  # of a file whose sum is wrong
LISTING_BYTES = 20_000_000
SIDECAR_BYTES = 64_000
HOLD = timedelta(hours=24)


class Nlm:
    """NLM's folders; use it as a context.

    address         of the folder above `baseline` and `updatefiles`; https, or
                    http on this machine itself
    quiet_seconds   how long an answer may pause before it counts as cut off
    sleep, chance, now   the waiting, the dice (0 to 1) and the clock

    Raises ValueError for another address.
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
        self._address = checked_address(address).rstrip("/") + "/"
        self._limits = limits
        self._now = now
        self._fetcher = Fetcher(
            quiet_seconds=quiet_seconds, limits=limits, sleep=sleep, chance=chance
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._fetcher.close()

    def why_unreachable(self, seconds: float = REACHED_SECONDS) -> str | None:
        """None where NLM answers, else a sentence; decided within `seconds` in all."""
        return why_unreachable(self._url("update"), seconds)

    def listing(self) -> Listing:
        """What NLM publishes now. Raises Unreachable."""
        return Listing(
            baseline=self._folder("baseline"), updates=self._folder("update")
        )

    def _folder(self, kind: Kind) -> tuple[Published, ...]:
        page = self._fetcher.small(self._url(kind), LISTING_BYTES)
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
        text = self._fetcher.small(
            self._url(file.kind, file.name + SIDECAR), SIDECAR_BYTES
        )
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
        progress: Progress = silent,
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
            self._fetcher.fetch(self._url(file.kind, file.name), part, progress)
            try:
                return check(
                    part,
                    name=file.name,
                    md5=md5,
                    unpack=md5 is None,
                    limits=self._limits,
                )
            except FileRefused:
                drop(part)
                if not left:
                    raise
                # it may have been published anew between sum and file
                md5 = md5 and self.published_md5(file)
        raise AssertionError("unreachable")

    def _url(self, kind: Kind, name: str = "") -> str:
        return f"{self._address}{FOLDERS[kind]}{name}"


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
    keep(checked.path, target)
    return replace(checked, path=target)
