"""The tar of a backup: written part by part with its sums, read with every sum checked.

Both go through the file once and need no more memory than a piece of it.
"""

import hashlib
import io
import tarfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

from ownjournal.site.backups.problem import BackupProblem

SUMS = "SHA256SUMS"
PIECE = 1024 * 1024
CUT = "The file was cut or changed: {}."
LARGEST_FIRST = 16 * 1024 * 1024  # bytes of the part that is handed over whole
LARGEST_HEAD = 1024 * 1024  # bytes of a long name and the like, which tarfile keeps
A_SUM = 70  # bytes of a line of sums, without its name


class Sink(Protocol):
    def write(self, data: bytes, /) -> int: ...


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Summed:
    """A file that is read through, with the SHA-256 of what came out of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.sum.update(data)
        return data


class _Head(tarfile.TarInfo):
    """The head of a part; one that is large itself is no backup's."""

    @classmethod
    def frombuf(cls, buf: Any, encoding: str, errors: str) -> "_Head":
        head = super().frombuf(buf, encoding, errors)
        if not head.isreg() and head.size > LARGEST_HEAD:
            raise BackupProblem(CUT.format("a name in it is too long"))
        return head


class Writer:
    """Adds parts to a new tar; `close` adds the sums."""

    def __init__(self, out: Sink) -> None:
        self._out = out
        self.sums: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """A file as it is now; what is appended meanwhile is left out."""
        with path.open("rb") as file:
            facts = path.stat()
            self._add(name, file, facts.st_size, int(facts.st_mtime))

    def add_file(self, name: str, file: IO[bytes], at: int) -> None:
        """An open file as it is now, of a time in seconds."""
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        self._add(name, file, size, at)

    def add_bytes(self, name: str, data: bytes, at: int) -> None:
        """Bytes as a part; `at` is a time in seconds."""
        self._add(name, io.BytesIO(data), len(data), at)

    def close(self, at: int) -> None:
        lines = "".join(f"{each}  {name}\n" for name, each in self.sums.items())
        self.add_bytes(SUMS, lines.encode(), at)
        self._out.write(b"\0" * 2 * tarfile.BLOCKSIZE)

    def _add(self, name: str, file: IO[bytes], size: int, at: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, at, 0o600
        self._out.write(info.tobuf(tarfile.PAX_FORMAT))
        summed, left = _Summed(file), size
        while left:
            data = summed.read(min(left, PIECE))
            if not data:
                raise OSError(f"{name} became shorter while it was read")
            self._out.write(data)
            left -= len(data)
        self._out.write(b"\0" * (-size % tarfile.BLOCKSIZE))
        self.sums[name] = summed.sum.hexdigest()


def read(
    source: Source, into: Path | None, first: Callable[[bytes], None]
) -> dict[str, str]:
    """Unpack into an empty folder, or only look; the sum of each part, in order.

    The first part is handed over whole as soon as it is read. Raises BackupProblem
    where a part is not what its sum says, where one is missing or was never summed,
    or where something follows.
    """
    found: dict[str, str] = {}
    sums: bytes | None = None
    try:
        with tarfile.open(fileobj=_stream(source), mode="r|", tarinfo=_Head) as tar:
            for part in tar:
                _refuse_odd(part, found, sums)
                keeps = not found or part.name == SUMS
                data = _unpack(tar, part, into, found, keeps=keeps)
                if part.name == SUMS:
                    sums = data
                elif len(found) == 1:
                    first(data)
    except tarfile.TarError as fault:
        raise BackupProblem(CUT.format(fault)) from None
    _compare(found, sums)
    while rest := source.read(PIECE):
        if rest.strip(b"\0"):
            raise BackupProblem(CUT.format("something follows after its end"))
    return found


def _refuse_odd(
    part: tarfile.TarInfo, found: dict[str, str], sums: bytes | None
) -> None:
    """A backup has plain files below its own folder, each once, the sums last."""
    path = PurePosixPath(part.name)
    away = path.is_absolute() or ".." in path.parts or "\\" in part.name
    if not part.isreg() or away or part.name in found or sums is not None:
        raise BackupProblem(CUT.format(f"it has a part {part.name!r}"))
    if part.size > _most(part, found):
        raise BackupProblem(CUT.format(f"its part {part.name!r} is too large"))


def _most(part: tarfile.TarInfo, found: dict[str, str]) -> float:
    """Bytes that a part may have: those that are kept in memory have a limit."""
    if part.name == SUMS:
        return sum(len(each.encode("utf-8", "replace")) + A_SUM for each in found)
    return float("inf") if found else LARGEST_FIRST


def _unpack(
    tar: tarfile.TarFile,
    part: tarfile.TarInfo,
    into: Path | None,
    found: dict[str, str],
    *,
    keeps: bool,
) -> bytes:
    """Read a part, write it where there is a folder; its bytes where asked for."""
    file = tar.extractfile(part)
    assert file is not None
    summed, kept = _Summed(file), []
    with _target(part.name, into) as out:
        while data := summed.read(PIECE):
            out.write(data)
            if keeps:
                kept.append(data)
    if part.name != SUMS:
        found[part.name] = summed.sum.hexdigest()
    return b"".join(kept)


def _target(name: str, into: Path | None) -> IO[bytes]:
    if into is None or name == SUMS:
        return Path("/dev/null").open("wb")
    path = into / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return path.open("wb")


def _compare(found: dict[str, str], sums: bytes | None) -> None:
    if sums is None or not found:
        raise BackupProblem(CUT.format("its end is missing"))
    lines = sums.decode("utf-8", "replace").split("\n")
    pairs = [line.partition("  ") for line in lines]
    said = {name: each for each, between, name in pairs if between}
    for name in [*said, *found]:
        if said.get(name) != found.get(name):
            raise BackupProblem(CUT.format(f"{name} is not what was written"))


def _stream(file: Any) -> Any:
    """tarfile asks of a stream no more than read or write; its types ask for all."""
    return file
