"""Files that are kept: pictures of notes, exports, who was erased, what was mailed.

Django's storage "default" keeps them: `folder` in the data folder, `bucket` where
FILES_URL names one. Names are the same in both, as "media/ab/abcd.png", so the files
of one can be copied into the other by any tool. None of them has an address of its
own: pages serve them, to whoever may see them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages


class FilesAway(Exception):
    """The files cannot be reached: what is wrong and what to do, for an operator."""


class Listed(NamedTuple):
    """One file of a list."""

    name: str
    size: int  # bytes
    modified_at: datetime


class KeptFiles(Storage):
    """A storage whose files appear whole or not at all, and last once written.

    A file that is written again takes the place of the first. Every method may raise
    FilesAway, and FileNotFoundError where it reads a file that is not there.
    """

    place: str  # for an operator: a folder, or a bucket without its key
    is_shared: bool  # whether other machines have the same files

    def listed(self, folder: str) -> Iterator[Listed]:
        """All files below a folder, at any depth, by name."""
        raise NotImplementedError

    def append(self, name: str, line: str, *, synced: bool = True) -> str:
        """Add a line to a file that nobody else rewrites; its name.

        It outlives a killed process, and synced a power cut, which takes a disk a
        hundred times as long.

        Where machines share files, each process has a file of its own, whose name
        has a mark before the first dot: "sent/2026-11-30.0a1b2c3d4e5f.log".
        """
        raise NotImplementedError

    def check(self) -> None:
        """Find out whether files can be written, read and deleted."""
        raise NotImplementedError

    def put(self, name: str, data: bytes) -> None:
        """Write a whole file."""
        self.save(name, ContentFile(data))

    def get(self, name: str) -> bytes:
        """Read a whole file."""
        with self.open(name) as file:
            return bytes(file.read())

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name


def files() -> KeptFiles:
    """Where the files of this site are."""
    found = storages["default"]
    assert isinstance(found, KeptFiles)
    return found
