"""Files that are small or plain outside and endless within, and who is given them.

    python -m bench.bombs NAME FILE    # give a file to one of `TAKERS`, in this process

A taker says in words why it takes no more; what it says is printed.
"""

import gzip
import io
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from PIL import Image

from made.pictures import bomb, drawn, frames, png, saved, with_chunk

GIGABYTE = 1024**3
MILLION = 1_000_000
LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
NOTE = b"---\nkind: pearl\narticle: 1\n---\n"


def pictures() -> Iterator[tuple[str, bytes]]:
    """By name; each is refused but the first, the largest that may come."""
    yield "PNG of 39 megapixels, which is taken", bomb(8_000, 4_900)
    yield "PNG of 900 megapixels", bomb(30_000, 30_000)
    yield "PNG of 2,147,483,647 pixels a side", _sized(png(), 2**31 - 1)
    packed = zlib.compress(bytes(200 * MILLION), 9)
    yield (
        "PNG with 200 MB in its profile",
        with_chunk(png(), b"iCCP", b"a\0\0" + packed),
    )
    yield "PNG with 200 MB of text", with_chunk(png(), b"zTXt", b"a\0\0" + packed)
    yield "JPEG that says 65,500 pixels a side", _jpeg(65_500)
    yield "PNG of 2,000 frames", frames(2_000, "PNG")
    yield "WebP of 500 frames", frames(500, "WEBP")
    yield "SVG of a billion laughs", _svg()
    yield "zip behind a picture", png() + _zip({"a": bytes(100 * MILLION)})
    yield "GIF of 65,535 pixels a side", _gif()


def zips() -> Iterator[tuple[str, bytes]]:
    """Of notes."""
    yield "zip of a note of 4 GB", _zip({"notes/1.md": NOTE}, zeros=4 * GIGABYTE)
    yield (
        "zip of a picture of 1 GB",
        _zip({"notes/1.md": NOTE}, zeros=GIGABYTE, as_picture=True),
    )
    yield "zip of 60,000 files", _many(60_000)
    yield (
        "zip in zip in zip",
        _zip({"notes/1.md": _zip({"a": _zip({"b": bytes(MILLION)})})}),
    )
    yield (
        "zip of 3,000 notes of 60 KB",
        _zip({f"notes/{at}.md": NOTE + b"[" * 60_000 for at in range(3_000)}),
    )


def pubmed_files() -> Iterator[tuple[str, bytes]]:
    """Of NLM, as far as their names go."""
    yield "gz of 4 GB of spaces", gz(b"<PubmedArticleSet>", b" ", 4 * GIGABYTE)
    yield "gz of a billion laughs", gzip.compress(_laughing().encode())
    yield (
        "gz of 2 million open elements",
        gz(b"<PubmedArticleSet>", b"<i>", 6 * MILLION),
    )
    yield (
        "gz of one text of 1 GB",
        gz(b"<PubmedArticleSet><PubmedArticle><a>", b"ab1 ", GIGABYTE),
    )
    yield "gz of an attribute of 1 GB", gz(b'<PubmedArticleSet a="', b"ab1 ", GIGABYTE)


def lists() -> Iterator[tuple[str, bytes]]:
    """Of institutions, of retractions, of references: plain text that is too much."""
    yield "9 MB of open brackets", b"[" * 9 * MILLION
    yield "9 MB of one line", b"a," * 4_500_000
    yield "9 MB of a wiki's signs", b"====%%" + b"|" * 9 * MILLION


def texts() -> Iterator[tuple[str, bytes]]:
    """Pasted, or a file of references: what patterns could stumble over."""
    yield "1 MB of DOIs that do not end", b"10.1000/" + b"(" * 999_000
    yield "1 MB of the beginnings of records", b"TY  - \n" * 140_000
    yield "1 MB of BibTeX's fields", b"@a{" + b'doi={"' * 160_000
    yield "1 MB of numbers", b"1 " * 499_000
    yield "100 MB of a text", b"10.1000/a " * 10 * MILLION


def tars() -> Iterator[tuple[str, bytes]]:
    """Backups, as far as their names go."""
    yield "tar of a first part of 600 MB", _tar("manifest.json", 600 * MILLION)
    yield "tar of a head of 600 MB", _pax(600 * MILLION)
    yield "tar of 60,000 parts", _parts(60_000)


FAMILIES: dict[str, Callable[[], Iterator[tuple[str, bytes]]]] = {
    "picture": pictures,
    "notes": zips,
    "ingest": pubmed_files,
    "institutions": lists,
    "references": texts,
    "restore": tars,
}


def _sized(file: bytes, pixels: int) -> bytes:
    head = struct.pack(">II", pixels, pixels) + file[24:29]
    return file[:16] + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + file[33:]


def _jpeg(pixels: int) -> bytes:
    file = saved(drawn(), "JPEG")
    at = file.index(b"\xff\xc0") + 5
    return file[:at] + struct.pack(">HH", pixels, pixels) + file[at + 4 :]


def _gif() -> bytes:
    file = saved(Image.new("P", (1, 1)), "GIF")
    return file[:6] + b"\xff\xff\xff\xff" + file[10:]


def _laughing() -> str:
    return f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a>&a11;</a>'


def _svg() -> bytes:
    return (
        _laughing()
        .replace("<a>", "<svg><text>")
        .replace("</a>", "</text></svg>")
        .encode()
    )


def _zip(files: dict[str, bytes], zeros: int = 0, as_picture: bool = False) -> bytes:
    """Of these; and one of so many zero bytes, a note or a picture."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
        if zeros:
            name = f"notes/pictures/{'a' * 40}.png" if as_picture else "notes/2.md"
            with made.open(name, "w", force_zip64=True) as part:
                for _ in range(zeros // MILLION):
                    part.write(bytes(MILLION))
    return out.getvalue()


def _many(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for at in range(count):
            made.writestr(f"notes/{at}.md", b"")
    return out.getvalue()


def gz(head: bytes, sign: bytes, size: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as made:
        made.write(head)
        piece = sign * (MILLION // len(sign))
        for _ in range(size // len(piece)):
            made.write(piece)
    return out.getvalue()


def _tar(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf() + bytes(size) + bytes(1024)


def _pax(size: int) -> bytes:
    info = tarfile.TarInfo("a")
    info.type, info.size = tarfile.XHDTYPE, size
    return info.tobuf() + b"1" * size + bytes(1024)


def _parts(count: int) -> bytes:
    return b"".join(tarfile.TarInfo(f"{at}").tobuf() for at in range(count)) + bytes(
        1024
    )


def picture(path: Path) -> str:
    """A picture of a note, in the process of its own."""
    from ownjournal.notes.pictures import apart, cleaning

    try:
        done = apart.clean(path.read_bytes())
    except cleaning.Refused as reason:
        return str(reason)
    return f"taken: {done.width} x {done.height}"


def notes(path: Path) -> str:
    """A zip of notes, all of which are read."""
    from ownjournal.notes.files.opening import NoZip, Opened

    try:
        with path.open("rb") as file:
            opened = Opened(file)
            read = len(list(opened.notes()))
            opened.picture(f"{'a' * 40}.png")
    except NoZip as reason:
        return str(reason)
    return f"{read} notes; {opened.left[0].reason if opened.left else 'nothing left'}"


def ingest(path: Path) -> str:
    """A file of PubMed, read to its end."""
    from ownjournal.pubmed.files import check, open_xml
    from ownjournal.pubmed.records import read_records
    from ownjournal.pubmed.refusal import FileRefused

    try:
        check(path)
        with open_xml(path) as file:
            return f"{len(list(read_records(file)))} records"
    except FileRefused as reason:
        return f"{reason.code}: {reason}"


def institutions(path: Path) -> str:
    """A list of institutions."""
    from ownjournal.readers.institutions.lists import NoList, read

    try:
        return f"{len(read(path.read_bytes()))} entries"
    except NoList as reason:
        return str(reason)


def references(path: Path) -> str:
    """A file of references, as a form takes it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ownjournal.collections.pasting import given
    from ownjournal.readers.profile.pasted import NotText, read, unread

    try:
        texts = given("", SimpleUploadedFile("a.ris", path.read_bytes()))
        return "; ".join(
            f"{len(read(each))} named, {len(unread(each))} not" for each in texts
        )
    except NotText as reason:
        return str(reason)


def restore(path: Path) -> str:
    """A backup, looked at to its end."""
    from ownjournal.site.backups.problem import BackupProblem
    from ownjournal.site.backups.restoring import look

    try:
        look(path, None)
    except BackupProblem as reason:
        return str(reason)
    return "whole"


def naive(path: Path) -> str:
    """The control: read whole, whatever it is."""
    data = path.read_bytes()
    return f"{len(gzip.decompress(data)):,} bytes"


TAKERS = {
    each.__name__: each
    for each in (picture, notes, ingest, institutions, references, restore, naive)
}


if __name__ == "__main__":
    django.setup()
    print(TAKERS[sys.argv[1]](Path(sys.argv[2])))
