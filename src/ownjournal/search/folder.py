"""The folder of an embedded index: which index in it is live, and is it whole.

    index/
        live        the name of the index that answers, "000002"
        lock        held by the one process that writes
        000002/     one index: the engine's files and `state`
        building/   the next one, until it takes its place

`live` and `state` are replaced, never changed, and each is on the disk before
the next step: a crash leaves the old one or the new one.
"""

import json
import os
import re
import shutil
import zlib
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from ownjournal.search.index import IndexBusy, IndexUnusable
from ownjournal.search.lasting import replace_file, sync
from ownjournal.search.locking import hold_lock

BUILDING = "building"
_NAME = re.compile(r"\d{6}")
_PARTS = ("idx", "pos", "term", "store", "fast", "fieldnorm")
_MAGIC = 1337  # ends every file of a segment
_FOOTER = 4096  # bytes at the end that surely hold the footer
_CHUNK = 1 << 20  # bytes
_LOOKS = 20

Checked = TypeVar("Checked")
Stamp = tuple[int, ...]


class State(Struct, frozen=True):
    """What we know of one index beside the engine's own files."""

    schema: int  # the version of our fields and analysis
    revision: int
    opstamp: int  # the engine's number of the commit that reached this revision
    documents: int  # after that commit
    settings: int  # CRC of the engine's schema, which never changes


# Which one is live


def live_file(folder: Path) -> Path:
    """The file that names the index that answers."""
    return folder / "live"


def live(folder: Path) -> Path | None:
    """The index that answers; None where none was ever made."""
    try:
        name = live_file(folder).read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnusable(f"{live_file(folder)} cannot be read: {error}.") from error
    if not _NAME.fullmatch(name) or not (folder / name).is_dir():
        raise IndexUnusable(f"{live_file(folder)} names an index that is not there.")
    return folder / name


def promote(folder: Path, built: Path) -> Path:
    """Let a finished index answer from now on; what it replaces is removed."""
    numbers = [int(each.name) for each in _numbered(folder)]
    path = folder / f"{max(numbers, default=0) + 1:06}"
    built.rename(path)
    sync(folder)
    replace_file(live_file(folder), path.name.encode())
    tidy(folder)
    return path


def tidy(folder: Path) -> None:
    """Remove what a crash left between two steps of `promote`."""
    try:
        kept = live(folder)
    except IndexUnusable:
        return  # evidence, until a new index is promoted
    for path in _numbered(folder):
        if path != kept:
            shutil.rmtree(path, ignore_errors=True)


def _numbered(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if _NAME.fullmatch(each.name)]


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the lock, which ends with the process. Raises IndexBusy."""
    folder.mkdir(parents=True, exist_ok=True)
    message = f"Another process is writing to the index in {folder}."
    with hold_lock(folder / "lock", IndexBusy(message)):
        yield


# The state of one index


def write_state(path: Path, state: State) -> None:
    """Note a commit; on the disk when this returns."""
    body = msgspec.json.encode(state)
    replace_file(path / "state", b"%08x %s" % (zlib.crc32(body), body))


def read_state(path: Path, schemas: Container[int]) -> State:
    """Raises IndexUnusable for one that is missing, damaged or of another schema."""
    try:
        crc, body = (path / "state").read_bytes().split(b" ", 1)
        if int(crc, 16) != zlib.crc32(body):
            raise ValueError("its sum is wrong")
        state = msgspec.json.decode(body, type=State)
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"The state of the index in {path} is lost.") from error
    if state.schema not in schemas:
        raise IndexUnusable(f"The index in {path} is of another version of Ownjournal.")
    return state


def settings_crc(path: Path) -> int:
    """The sum of what the engine was told when the index was made."""
    meta = _meta(path)
    kept = [meta.get("schema"), meta.get("index_settings")]
    return zlib.crc32(json.dumps(kept, sort_keys=True).encode())


# Is it whole


def check_quickly(path: Path, schemas: Container[int]) -> State:
    """Every file is there and has its end; the engine lost no commit we know of."""
    return _while_unchanged(path, lambda: _check_quickly(path, schemas))


def _while_unchanged(path: Path, check: Callable[[], Checked]) -> Checked:
    """Look again where a writer has replaced files while we looked."""
    for _ in range(_LOOKS):
        before = stamp(path / "meta.json")
        try:
            return check()
        except IndexUnusable:
            if before == stamp(path / "meta.json"):
                raise
    return check()


def _check_quickly(path: Path, schemas: Container[int]) -> State:
    state = read_state(path, schemas)
    meta = _meta(path)
    if opstamp(path) < state.opstamp:
        raise IndexUnusable(f"The index in {path} lost its last commit.")
    if settings_crc(path) != state.settings:
        raise IndexUnusable(f"The settings of the index in {path} are damaged.")
    for file in _segment_files(path, meta):
        _footer(file)
    return state


def opstamp(path: Path) -> int:
    """The engine's number of its last commit."""
    found = _meta(path).get("opstamp")
    if not isinstance(found, int):
        raise IndexUnusable(f"The index in {path} cannot be read.")
    return found


def noted_documents(path: Path) -> int:
    """How many documents the engine has by its own account."""
    try:
        segments = _meta(path)["segments"]
        gone = [
            each["deletes"]["num_deleted_docs"] for each in segments if each["deletes"]
        ]
        held: int = sum(each["max_doc"] for each in segments) - sum(gone)
    except (KeyError, TypeError) as error:
        raise IndexUnusable(f"The index in {path} cannot be read.") from error
    return held


def check_bytes(path: Path) -> None:
    """Compare every file of the engine with the sum at its end."""
    _while_unchanged(path, lambda: _check_bytes(path))


def _check_bytes(path: Path) -> None:
    for file in _segment_files(path, _meta(path)):
        length, expected = _footer(file)
        crc = 0
        try:
            with file.open("rb") as opened:
                while length and (chunk := opened.read(min(_CHUNK, length))):
                    crc = zlib.crc32(chunk, crc)
                    length -= len(chunk)
        except OSError as error:
            raise IndexUnusable(f"{file} cannot be read: {error}.") from error
        if crc != expected:
            raise IndexUnusable(f"{file} is damaged.")


def stamp(file: Path) -> Stamp:
    """Changes whenever a file is replaced; () where there is none."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _meta(path: Path) -> dict[str, Any]:
    try:
        meta = json.loads((path / "meta.json").read_bytes())
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"The index in {path} cannot be read.") from error
    if not isinstance(meta, dict):
        raise IndexUnusable(f"The index in {path} cannot be read.")
    return meta


def _segment_files(path: Path, meta: dict[str, Any]) -> Iterator[Path]:
    try:
        for segment in meta["segments"]:
            name = segment["segment_id"].replace("-", "")
            yield from (path / f"{name}.{part}" for part in _PARTS)
            if segment["deletes"] is not None:
                yield path / f"{name}.{segment['deletes']['opstamp']}.del"
    except (KeyError, TypeError, AttributeError) as error:
        raise IndexUnusable(f"The index in {path} cannot be read.") from error


def _footer(file: Path) -> tuple[int, int]:
    """The length of what comes before the footer, and its sum."""
    try:
        with file.open("rb") as opened:
            size = opened.seek(0, os.SEEK_END)
            opened.seek(max(0, size - _FOOTER))
            end = opened.read()
        length = int.from_bytes(end[-8:-4], "little")
        if int.from_bytes(end[-4:], "little") != _MAGIC:
            raise ValueError("no footer")
        return size - length - 8, int(json.loads(end[-8 - length : -8])["crc"])
    except FileNotFoundError as error:
        raise IndexUnusable(f"{file} is missing.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"{file} is damaged.") from error
