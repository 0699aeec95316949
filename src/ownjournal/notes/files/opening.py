"""Open a zip that may be anything, and find the notes in it.

Nothing is ever written to a path that the zip names. What it holds is read within
limits, a file at a time, and every file that is not used is told with its reason.
"""

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, NamedTuple

from ownjournal.notes.files import front
from ownjournal.notes.files.front import NotRead
from ownjournal.notes.kinds import LARGEST as LARGEST_NOTE
from ownjournal.notes.pictures.cleaning import LARGEST as LARGEST_PICTURE
from ownjournal.notes.pictures.keeping import NAME

LARGEST = 60 * 1024 * 1024  # bytes of a zip
MOST_FILES = 20_000
LARGEST_LISTING = 4 * 1024 * 1024  # bytes that a zip's list of files may have
ALL_TEXT = 100 * 1024 * 1024  # bytes that all notes may unpack to
_NOTE = re.compile(r"notes/([^/\\]+)\.md")
_HISTORY = re.compile(r"notes/history/([^/\\]+)\.([0-9]{1,6})\.md")
_PICTURE = re.compile(rf"notes/pictures/({NAME})")
_KNOWN = re.compile(
    r"README\.txt|notes/(articles\.(ris|csl\.json)|annotations\.jsonld)"
)
_END = struct.Struct("<4s4H2LH")  # how a zip ends: APPNOTE 4.3.16


class NoZip(ValueError):
    """A file of which nothing is used; `str` is the reason."""


class Left(NamedTuple):
    """A file in the zip that is not used."""

    name: str
    reason: str


class NoteFile(NamedTuple):
    """One note, not checked yet."""

    name: str
    values: Mapping[str, str]
    text: str
    earlier: tuple[tuple[Mapping[str, str], str], ...]  # values and text, in order


class Opened:
    """A zip, its notes and pictures by name, and what is left of it."""

    def __init__(self, file: IO[bytes]) -> None:
        """Raises NoZip."""
        self.left: list[Left] = []
        self._room = ALL_TEXT
        self._zip = _zip(file)
        self._notes: dict[str, zipfile.ZipInfo] = {}
        self._history: dict[str, dict[int, zipfile.ZipInfo]] = {}
        self._pictures: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            if not info.filename.endswith("/"):  # is_dir() fails without a name
                self._sort(info)

    def _sort(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        if match := _NOTE.fullmatch(name):
            self._notes[match[1]] = info
        elif match := _HISTORY.fullmatch(name):
            self._history.setdefault(match[1], {})[int(match[2])] = info
        elif match := _PICTURE.fullmatch(name):
            self._pictures[match[1]] = info
        elif not _KNOWN.fullmatch(name):
            self.left.append(Left(name, "It is none of the files of notes."))

    def notes(self) -> Iterator[NoteFile]:
        """Each that can be read; of the others the reason is in `left`."""
        for stem, info in self._notes.items():
            try:
                values, text = self._parted(info)
                history = sorted(self._history.pop(stem, {}).items())
                earlier = tuple(self._parted(each) for _, each in history)
                yield NoteFile(info.filename, values, text, earlier)
            except NotRead as reason:
                self.left.append(Left(info.filename, str(reason)))
        for numbers in self._history.values():
            for info in numbers.values():
                self.left.append(Left(info.filename, "Its note is not there."))

    def picture(self, name: str) -> bytes | None:
        """The file of that name; None where there is none to be read."""
        info = self._pictures.pop(name, None)
        if info is None:
            return None
        try:
            return self._content(info, LARGEST_PICTURE)
        except NotRead as reason:
            self.left.append(Left(info.filename, str(reason)))
            return None

    def rest(self) -> None:
        """Pictures that nobody asked for are left, too."""
        for info in self._pictures.values():
            self.left.append(Left(info.filename, "No note that was brought shows it."))

    def _parted(self, info: zipfile.ZipInfo) -> tuple[dict[str, str], str]:
        data = self._content(info, 2 * LARGEST_NOTE)
        self._room -= len(data)
        if self._room < 0:
            raise NotRead("The notes before it are more than can be read at a time.")
        try:
            return front.read(data.decode())
        except UnicodeDecodeError as fault:
            raise NotRead("It is no text in UTF-8.") from fault

    def _content(self, info: zipfile.ZipInfo, most: int) -> bytes:
        """At most so much is unpacked, whatever the zip says of it. Raises NotRead."""
        try:
            with self._zip.open(info) as file:
                data = file.read(most + 1)
        except Exception as fault:  # a zip that is wrong is so in many ways
            raise NotRead(
                "It is damaged, locked or packed in a strange way."
            ) from fault
        if len(data) > most:
            raise NotRead(f"It has more than {most // 1024:,} KB.")
        return data


def _zip(file: IO[bytes]) -> zipfile.ZipFile:
    size = file.seek(0, 2)
    if size > LARGEST:
        raise NoZip("The file has more than 60 MB.")
    file.seek(max(0, size - _END.size - 65_535))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise NoZip("This is no zip, or only the beginning of one.")
    listing = _END.unpack_from(tail, at)[5]
    if listing > LARGEST_LISTING:
        raise NoZip(f"It holds more than {MOST_FILES:,} files.")
    try:
        opened = zipfile.ZipFile(file)
    except Exception as fault:
        raise NoZip("This is no zip, or a damaged one.") from fault
    if len(opened.infolist()) > MOST_FILES:
        raise NoZip(f"It holds more than {MOST_FILES:,} files.")
    return opened
