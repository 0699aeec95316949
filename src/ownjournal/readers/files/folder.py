"""Kept files in the data folder."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils._os import safe_join

from ownjournal.readers.files.kept import KeptFiles, Listed


class FolderFiles(KeptFiles, FileSystemStorage):
    """Files below DATA_DIR, for the eyes of whoever runs the site alone."""

    is_shared = False

    @property
    def place(self) -> str:  # type: ignore[override]
        return str(settings.DATA_DIR)

    def path(self, name: str) -> str:
        return safe_join(settings.DATA_DIR, name)

    def listed(self, folder: str) -> Iterator[Listed]:
        root = Path(settings.DATA_DIR)
        for path in sorted((root / folder).rglob("*")):
            with suppress(FileNotFoundError):  # it went meanwhile
                facts = path.lstat()
                if S_ISREG(facts.st_mode):
                    at = datetime.fromtimestamp(facts.st_mtime, UTC)
                    yield Listed(path.relative_to(root).as_posix(), facts.st_size, at)

    def append(self, name: str, line: str, *, synced: bool = True) -> str:
        path = self._made(name)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(file, "ab", buffering=0) as out:
            out.write(f"{line}\n".encode())
            if synced:
                os.fsync(out.fileno())
        return name

    def check(self) -> None:
        """A folder that cannot be written to shows itself everywhere."""

    def _save(self, name: str, content: "File[Any]") -> str:
        write_whole(self._made(name), content.chunks())
        return name

    def _made(self, name: str) -> Path:
        """The path of a file whose folder is there."""
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file for its owner's eyes alone: lastingly and whole, or not at all."""
    part = path.with_name(f"{secrets.token_hex(8)}.part")
    try:
        file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
