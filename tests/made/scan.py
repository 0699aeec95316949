"""Look for words everywhere: every column of every table, every file, every byte.

What is packed is unpacked: zstandard, gzip, zip, Django's sessions.
"""

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import zstandard
from django.db import connection

LARGEST = 64 * 1024 * 1024
PIECE = re.compile(r"[A-Za-z0-9_-]{16,}")


def found_in_tables(words: Iterable[str]) -> list[str]:
    """ "table.column: word" of each find, over the whole schema."""
    wanted = [word.encode() for word in words]
    finds = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    finds += [f"{table}.{name}: {each}" for each in _in(value, wanted)]
    return finds


def found_in_files(folder: Path, words: Iterable[str]) -> list[str]:
    """ "path: word" of each find in the files below a folder, and in their names."""
    wanted = [word.encode() for word in words]
    finds = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for each in _in(str(path).encode(), wanted) + _in(data, wanted):
            finds.append(f"{path.relative_to(folder)}: {each}")
    return finds


def database_files() -> list[Path]:
    """SQLite's file with its log; of a server there is none to be read."""
    if connection.vendor != "sqlite":
        return []
    path = Path(connection.settings_dict["NAME"])
    return [each for each in (path, Path(f"{path}-wal")) if each.exists()]


def found_in_bytes(words: Iterable[str]) -> list[str]:
    """Words in the database's own files, whether any row still has them or not."""
    return [
        f"{path.name}: {word}"
        for path in database_files()
        for word in words
        if word.encode() in path.read_bytes()
    ]


def _in(value: Any, wanted: list[bytes]) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
    else:
        data = str(value).encode()
    forms = list(_forms(data))
    return [word.decode() for word in wanted if any(word in form for form in forms)]


def _forms(data: bytes) -> Iterator[bytes]:
    """The bytes, and what they hold when they are a known packing."""
    yield data
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        plain = zstandard.ZstdDecompressor()
        yield plain.decompress(data, max_output_size=LARGEST)
    elif data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    elif len(data) < 100_000:
        yield from _decoded(data.decode("latin-1"))


def _decoded(text: str) -> Iterator[bytes]:
    for piece in PIECE.findall(text):
        try:
            plain = base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4))
        except (binascii.Error, ValueError):
            continue
        yield plain
        try:
            yield zlib.decompress(plain)
        except zlib.error:
            continue
