"""A new baseline beside the old one: made ready file by file, applied in one go.

To read and judge all of PubMed takes hours to days, to write what was made ready a
small part of that. So each file of a new baseline is made ready as it comes and waits
in a folder; the catalogue knows nothing of it, and update files of either year are
applied as ever. When the last file is there and not too much would vanish, all are
applied by the usual rule, a file a transaction (docs/decisions/0012).

A file in the folder is there whole or not at all. What is lost with the folder is
fetched again; what was applied and is still there after a crash is taken out.
"""

import shutil
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from django.utils import timezone
from msgspec.structs import replace

from ownjournal.catalogue.preparing import Prepared, read_spool
from ownjournal.catalogue.rollover import see_vanished
from ownjournal.catalogue.writing import AlreadyApplied, apply_prepared
from ownjournal.pubmed.plan import Applied
from ownjournal.search.lasting import replace_file, sync

READY = ".ready"  # what a file said beside its rows, written last
ROWS = ".rows"
GREATEST = 100_000_000  # PMIDs below it are marked in an array, others in a set


class Damaged(Exception):
    """A file that waited cannot be read any more; it is thrown away."""


class Waiting:
    """The files of a new baseline that wait in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, prepared: Prepared) -> None:
        """Take over a file that was made ready, lastingly."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        rows = self._folder / f"{prepared.name}{ROWS}"
        shutil.move(prepared.spool, rows)
        sync(rows)  # after the move, which copies where the disk is another
        told = _encoder.encode(replace(prepared, spool=rows))
        replace_file(self._ready(prepared.name), told)

    def names(self) -> list[str]:
        """Names of the files, in their order."""
        found = sorted(self._folder.glob(f"*{READY}"))
        return [path.name.removesuffix(READY) for path in found]

    def applied(self) -> list[Applied]:
        """The same as files that need not be fetched."""
        return [
            Applied(each.name, each.md5, _written_at(self._ready(each.name)))
            for each in self.files()
        ]

    def files(self) -> Iterator[Prepared]:
        """Each as it was made ready; one that cannot be read is thrown away."""
        for name in self.names():
            try:
                found = _decoder.decode(self._ready(name).read_bytes())
                rows = self._folder / f"{name}{ROWS}"  # the folder may have moved
                if rows.stat().st_size or not found.articles:
                    yield replace(found, spool=rows)
                    continue
            except (OSError, msgspec.DecodeError):
                pass
            self.drop(name)

    def drop(self, name: str) -> None:
        """Forget a file; what it said goes first."""
        self._ready(name).unlink(missing_ok=True)
        (self._folder / f"{name}{ROWS}").unlink(missing_ok=True)

    def _ready(self, name: str) -> Path:
        return self._folder / f"{name}{READY}"


def switch(waiting: Waiting, year: int, after_file: Callable[[], None]) -> None:
    """Apply all that waits, in order; again after a crash it goes on from there.

    With nothing changed it raises TooManyVanished where the baseline of the year (two
    digits), all of it here or applied, would take back too much, and Damaged.
    """
    see_vanished(year, _Known(waiting).has)
    for prepared in waiting.files():
        with suppress(AlreadyApplied):  # and the process was killed then
            apply_prepared(prepared, now=timezone.now())
            after_file()
        waiting.drop(prepared.name)


class _Known:
    """Which versions are in what waits; as a set, but one of forty million."""

    def __init__(self, waiting: Waiting) -> None:
        self._first = bytearray(GREATEST)
        self._others: set[tuple[int, int]] = set()
        for prepared in waiting.files():
            try:
                self._add(prepared)
            except (msgspec.DecodeError, struct.error, OSError) as fault:
                waiting.drop(prepared.name)
                raise Damaged(
                    f"{prepared.name} was damaged while it waited, and is fetched anew."
                ) from fault

    def _add(self, prepared: Prepared) -> None:
        for chunk in read_spool(prepared.spool):
            for row in chunk:
                if row.version == 1 and row.pmid < GREATEST:
                    self._first[row.pmid] = 1
                else:
                    self._others.add((row.pmid, row.version))

    def has(self, pair: tuple[int, int]) -> bool:
        pmid, version = pair
        if version == 1 and pmid < GREATEST:
            return bool(self._first[pmid])
        return pair in self._others


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _as_builtin(value: Any) -> str:
    return str(value)  # a path


def _as_path(kind: type, value: Any) -> Any:
    return kind(value)


_encoder = msgspec.msgpack.Encoder(enc_hook=_as_builtin)
_decoder = msgspec.msgpack.Decoder(Prepared, dec_hook=_as_path)
