"""NLM's files on our disk: their names, their order, and whether they are whole.

A file is trusted byte by byte. `open_xml` gives the XML of a file and checks
while it is read: a cut, a changed bit, garbage behind the end or a bomb raise
FileRefused from `read`, at the latest in place of the end of the file. Who has
read a file to its end without that has read what was packed. `check` asks
before anything is read: size, checksum, and, unless told otherwise, one pass
over the whole of it.

Nothing here looks at the XML or touches the network, and memory does not grow
with the file.

Form of a gzip file: RFC 1952. NLM's names and checksums:
https://ftp.ncbi.nlm.nih.gov/pubmed/updatefiles/README.txt
"""

import hashlib
import io
import re
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from isal import igzip_lib
from msgspec import Struct

from ownjournal.pubmed.refusal import FileRefused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

NAME = re.compile(r"(?:pubmed|medline)([0-9]{2})n([0-9]{4,5})\.xml(?:\.gz)?")
YEAR = 1_000_000  # more than there are files in a year; NLM is at 1,700
BLOCK = 256 * 1024  # bytes read, and bytes unpacked, at a time
GZIP = b"\x1f\x8b"
SIDECAR = ".md5"

ARCHIVES = {  # how they begin; people rename them, and servers mix them up
    b"PK\x03\x04": "a zip archive",
    b"\xfd7zXZ\x00": "an xz file",
    b"BZh": "a bzip2 file",
    b"\x28\xb5\x2f\xfd": "a zstandard file",
}
SUMS = (
    re.compile(r"MD5 ?\((?P<name>.+)\) ?= ?(?P<md5>[0-9a-fA-F]{32})"),  # OpenSSL, BSD
    re.compile(r"\\?(?P<md5>[0-9a-fA-F]{32})(?: [ *](?P<name>.+))?"),  # coreutils
)


class Limits(Struct, frozen=True):
    """How large a file may be; NLM's are 60 MB packed, 5 to 10 times that unpacked."""

    packed: int = 2_000_000_000  # bytes on disk
    unpacked: int = 4_000_000_000  # bytes of XML
    ratio: int = 100  # bytes of XML for each byte on disk


NLM_LIMITS = Limits()


class CheckedFile(Struct, frozen=True):
    """A file that may be read."""

    path: Path
    name: str
    key: int  # see file_key
    md5: str  # of the bytes on disk, in hex; what it stands for is another matter
    verified: bool  # the sum is the one that was published with the file
    size: int  # bytes on disk
    unpacked: int | None  # bytes of XML; None where it was not unpacked
    warnings: tuple[str, ...] = ()  # sentences: odd, but taken


def file_key(name: str) -> int:
    """The place of a file in NLM's order: pubmed26n1334.xml.gz is 26_001_334.

    A name without an NLM number is 0 and so below every one that has it.
    """
    numbered = NAME.fullmatch(name)
    return int(numbered[1]) * YEAR + int(numbered[2]) if numbered else 0


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Files as they are applied: NLM's order, those without a number first."""
    return sorted(paths, key=lambda path: (file_key(path.name), path.name, path))


def find(places: Iterable[Path]) -> list[Path]:
    """The PubMed files among files and folders, in order, each once.

    A folder is searched with all below it for .xml and .xml.gz; a file is
    taken whatever its name. Raises FileNotFoundError for what is not there.
    """
    found: set[Path] = set()
    for place in places:
        if place.is_dir():
            found.update(each for each in place.rglob("*.xml") if each.is_file())
            found.update(each for each in place.rglob("*.xml.gz") if each.is_file())
        elif place.exists():
            found.add(place)
        else:
            raise FileNotFoundError(f"{place} is not there")
    return in_order(found)


def published_md5(sidecar: bytes, name: str) -> str:
    """The sum, in small hex letters, that a checksum file states for `name`.

    Takes NLM's form `MD5(name)= hex` and those of coreutils and BSD, also a sum
    alone. Raises FileRefused: MD5_NAME where it speaks of other files only,
    MD5_SIDECAR where it is no checksum file, such as a web page.
    """
    lines = sidecar[:BLOCK].decode("utf-8", "replace").strip().splitlines()
    sums = [_stated(line.strip()) for line in lines if line.strip()]
    if not sums or None in sums:
        what = "looks like a web page" if _is_web_page(sidecar) else "is none"
        raise FileRefused("MD5_SIDECAR", f"The checksum file of {name} {what}.")
    for stated in sums:
        if stated and stated[0] in (None, name):
            return stated[1]
    others = ", ".join(str(stated[0]) for stated in sums[:3] if stated)
    raise FileRefused(
        "MD5_NAME", f"The checksum file of {name} is that of another file: {others}."
    )


def _stated(line: str) -> tuple[str | None, str] | None:
    """Name and sum of one line; the name is None where only a sum stands there."""
    for form in SUMS:
        if stated := form.fullmatch(line):
            name = stated["name"]
            if name is not None:
                name = name.rpartition("/")[2]
            return (None if name == "-" else name), stated["md5"].lower()
    return None


def md5_of(path: Path) -> str:
    """The file's sum in hex: it tells an accident, never an attack."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
    return digest.hexdigest()


def check(
    path: Path,
    *,
    name: str | None = None,
    md5: str | None = None,
    unpack: bool = True,
    limits: Limits = NLM_LIMITS,
) -> CheckedFile:
    """Find out whether a file is whole, and is the one that was published.

    name    its true name, where it has another on disk yet
    md5     the published sum, if known; otherwise a checksum file beside the
            file is asked (`pubmed26n1334.xml.gz.md5`), and if there is none, or
            what is there is none, the file counts as not verified
    unpack  False leaves the pass over the whole file to `open_xml`, for callers
            who drop all that they read when it raises

    Raises FileRefused: EMPTY, SIZE, MD5, MD5_NAME, NOT_GZIP, XML,
    GZ_TRUNCATED, GZ_CRC, GZ_TRAILING, RATIO.
    """
    name = name or path.name
    warnings: list[str] = []
    with _Unpacked(path, name, limits, warnings) as file:
        published = md5.lower() if md5 else _sum_beside(path, warnings)
        actual = md5_of(path)
        if published not in (None, actual):
            raise FileRefused(
                "MD5",
                f"{name} is not the file that was published: its MD5 sum is"
                f" {actual}, not {published}.",
            )
        return CheckedFile(
            path=path,
            name=name,
            key=file_key(name),
            md5=actual,
            verified=published is not None,
            size=file.size,
            unpacked=_read_all(file) if unpack else None,
            warnings=tuple(warnings),
        )


def _sum_beside(path: Path, warnings: list[str]) -> str | None:
    sidecar = path.with_name(path.name + SIDECAR)
    if not sidecar.is_file():
        return None
    with sidecar.open("rb") as file:
        text = file.read(BLOCK)
    try:
        return published_md5(text, path.name)
    except FileRefused as refusal:
        if refusal.code == "MD5_NAME":
            raise
        warnings.append(refusal.message)
        return None


def _read_all(file: "_Unpacked") -> int:
    """Bytes of XML in the file, after a look at every one."""
    buffer = bytearray(BLOCK)
    total = 0
    while read := file.readinto(buffer):
        total += read
    return total


def open_xml(
    path: Path, *, warnings: list[str] | None = None, limits: Limits = NLM_LIMITS
) -> io.BufferedReader:
    """The XML of a file, unpacked while it is read, gzip or not.

    Opening looks at the beginning only; `read` raises FileRefused where the
    file turns out bad, and raises it again when asked again. What was read
    before that must then be dropped. `warnings` is added to, as in a
    CheckedFile, by the time the end is reached.
    """
    odd = [] if warnings is None else warnings
    return io.BufferedReader(_Unpacked(path, path.name, limits, odd), BLOCK)


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of a file as a raw stream."""

    def __init__(
        self, path: Path, name: str, limits: Limits, warnings: list[str]
    ) -> None:
        self.name = name
        self.size = path.stat().st_size  # bytes on disk
        self._warnings = warnings
        self._most = min(limits.unpacked, self.size * limits.ratio)
        self._total = 0
        self._rest = memoryview(b"")
        self._refusal: FileRefused | None = None
        self._file = path.open("rb")
        try:
            first = self._file.read(BLOCK)
            self._blocks = self._begin(first, limits)
        except BaseException:
            self._file.close()
            raise

    def _begin(self, first: bytes, limits: Limits) -> Iterator[bytes]:
        """Choose by the first bytes; refuse what can be seen without reading on."""
        if self.size == 0:
            raise FileRefused("EMPTY", f"{self.name} is empty.")
        if self.size > limits.packed:
            raise FileRefused(
                "SIZE",
                f"{self.name} has {self.size:,} bytes; {limits.packed:,} is the most.",
            )
        packed = _is_gzip(first, self.name)
        return self._gunzip(first) if packed else self._plain(first)

    def readable(self) -> bool:
        """As io.RawIOBase wants it."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """As io.RawIOBase wants it; 0 only when every byte was found good."""
        if not self._rest:
            self._rest = memoryview(self._next())
        target = memoryview(buffer)
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def close(self) -> None:
        """Close the file on disk too."""
        self._file.close()
        super().close()

    def _next(self) -> bytes:
        """The next block, b"" at the end; a refusal is for ever."""
        if self._refusal:
            raise self._refusal
        try:
            block = next(self._blocks, b"")
            self._count(block)
        except FileRefused as refusal:
            self._refusal = refusal
            raise
        return block

    def _count(self, block: bytes) -> None:
        self._total += len(block)
        if self._total > self._most:
            raise FileRefused(
                "RATIO",
                f"{self.name} unpacks to more than {self._most:,} bytes, which no"
                " file of its size does.",
            )
        if not block and not self._total:
            raise FileRefused("EMPTY", f"{self.name} has nothing in it.")

    def _plain(self, block: bytes) -> Iterator[bytes]:
        while block:
            yield block
            block = self._file.read(BLOCK)

    def _gunzip(self, data: bytes) -> Iterator[bytes]:
        """All members, one behind the other; zeros may stand around them."""
        padding = 0
        while data:
            if data.startswith(GZIP):
                data = (yield from self._member(data)) or self._file.read(BLOCK)
            elif data.startswith(b"\0"):
                rest = data.lstrip(b"\0")
                padding += len(data) - len(rest)
                data = rest or self._file.read(BLOCK)
            elif data == GZIP[:1] and (more := self._file.read(BLOCK)):
                data += more  # the magic number lay across two blocks
            else:
                raise FileRefused(
                    "GZ_TRAILING", f"{self.name} has something else behind its end."
                )
        if padding:
            self._warnings.append(f"{self.name} has {padding:,} zero bytes at its end.")

    def _member(self, data: bytes) -> Generator[bytes, None, bytes]:
        """One member; returns what was read beyond it.

        isal checks length and CRC of a member. What comes after, it does not
        see, and its file reader takes garbage there for a cut file.
        """
        member = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
        while not member.eof:
            if member.needs_input and not data:
                data = self._file.read(BLOCK)
                if not data:
                    raise FileRefused(
                        "GZ_TRUNCATED", f"{self.name} is cut short before its end."
                    )
            try:
                block = member.decompress(data, BLOCK)
            except igzip_lib.IsalError as fault:  # type: ignore[misc]  # wrong stub
                raise FileRefused(
                    "GZ_CRC", f"{self.name} is damaged: what it unpacks to is wrong."
                ) from fault
            data = b""
            if block:
                yield block
        return member.unused_data


def _is_gzip(first: bytes, name: str) -> bool:
    """Whether to unpack; refuses what is neither gzip nor, by its name, plain XML."""
    if first.startswith(GZIP):
        return True
    if not name.endswith(".gz"):
        if _is_web_page(first):
            raise FileRefused("XML", f"{name} looks like a web page, not PubMed XML.")
        return False
    raise FileRefused("NOT_GZIP", f"{name} is not a gzip file: it {_likeness(first)}.")


def _likeness(first: bytes) -> str:
    if _is_web_page(first):
        return "looks like a web page"
    for beginning, what in ARCHIVES.items():
        if first.startswith(beginning):
            return f"is {what}"
    if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "looks like XML that is unpacked already, which is named .xml"
    return "begins with other bytes"


def _is_web_page(first: bytes) -> bool:
    text = first[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return text.startswith((b"<!doctype html", b"<html", b"<head")) or (
        text.startswith(b"<?xml") and b"<html" in text
    )
