"""A disk that keeps what was written apart from what was made safe, for SQLite.

`Disk` is a VFS of APSW above the system's own. Files are written as ever; beside them
stands what would be left if the power went: all that was synced, and of what was
written since, each sector by the throw of a dice. A disk writes sectors whole and in
any order.
"""

import random
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512  # bytes


class PowerCut(Exception):
    """The machine is off."""


class Disk(apsw.VFS):
    """Counts what is asked of it, and is off after so many writes and syncs."""

    def __init__(self, name: str, ends_after: int | None = None) -> None:
        self.name = name
        self.done = 0
        self.ends_after = ends_after
        self.safe: dict[str, bytearray] = {}  # by path, what was synced
        self.waiting: dict[str, list[tuple[int, bytes | None]]] = {}
        super().__init__(name, "", exclude={"xDlOpen"})

    def xOpen(self, name: Any, flags: list[int]) -> "apsw.VFSFile":
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.count()
        super().xDelete(filename, syncdir)
        self.safe.pop(filename, None)
        self.waiting.pop(filename, None)

    def count(self) -> None:
        """One more thing asked for. Raises PowerCut."""
        if self.ends_after is not None and self.done >= self.ends_after:
            raise PowerCut
        self.done += 1

    def left(self, dice: random.Random) -> dict[str, bytes]:
        """The files as they are found when the power is back."""
        found = {}
        for path, kept in self.safe.items():
            file = bytearray(kept)
            for at, data in self.waiting[path]:
                if data is None:  # cut to a length
                    if dice.random() < 0.5:
                        del file[at:]
                    continue
                for start in range(0, len(data), SECTOR):
                    if dice.random() < 0.5:
                        put(file, at + start, data[start : start + SECTOR])
            found[path] = bytes(file)
        return found


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._path = name.filename() if isinstance(name, apsw.URIFilename) else name
        super().__init__("", name, flags)
        if self._path not in disk.safe:
            path = Path(self._path)
            disk.safe[self._path] = bytearray(path.read_bytes())
            disk.waiting[self._path] = []

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.count()
        super().xWrite(data, offset)
        self._disk.waiting[self._path].append((offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        self._disk.count()
        super().xTruncate(newsize)
        self._disk.waiting[self._path].append((newsize, None))

    def xSync(self, flags: int) -> None:
        self._disk.count()
        super().xSync(flags)
        kept = self._disk.safe[self._path]
        for at, data in self._disk.waiting[self._path]:
            if data is None:
                del kept[at:]
            else:
                put(kept, at, data)
        self._disk.waiting[self._path] = []


def put(file: bytearray, at: int, data: bytes) -> None:
    """Write into bytes as into a file: what lies between is zero."""
    if len(file) < at:
        file.extend(bytes(at - len(file)))
    file[at : at + len(data)] = data
