"""Make a backup while the site runs.

The database comes first, then the files: a picture that came between is one too many,
where the other order would lack it. The file appears under its name when all of it is
on the disk, or not at all.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from msgspec import Struct

from ownjournal import __version__
from ownjournal.readers.files.kept import FilesAway
from ownjournal.search.lasting import sync
from ownjournal.site.backups import folders, manifest, postgres, sqlite
from ownjournal.site.backups.container import Writer
from ownjournal.site.backups.manifest import DATABASE, Engine, Manifest
from ownjournal.site.backups.problem import BackupProblem, said
from ownjournal.site.backups.sealing import Sealer

STAMP = "%Y%m%dT%H%M%SZ"
OURS = re.compile(r"ownjournal-[0-9]{8}T[0-9]{6}Z\.tar(?:\.sealed)?")
PARTIAL = ".partial"
SPARE = 16 * 1024 * 1024  # bytes that must be left over


class Made(Struct, frozen=True):
    """A backup that is there."""

    path: Path
    size: int  # bytes
    manifest: Manifest
    parts: int


def back_up(folder: Path, passphrase: str | None, now: datetime) -> Made:
    """Write a backup of this site into a folder. Raises BackupProblem."""
    with _faults_told():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with folders.alone() as work:
            for left in folder.glob(f"ownjournal-*{PARTIAL}"):
                left.unlink()
            return _back_up(folder, passphrase, now.astimezone(UTC), work)


def older(folder: Path, keep: int) -> list[Path]:
    """All backups of a folder but the newest ones, by their names."""
    return _backups(folder)[:-keep]


def _backups(folder: Path) -> list[Path]:
    """By age; encrypted or not."""
    found = [path for path in folder.iterdir() if OURS.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.name)


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise BackupProblem(f"No backup was made. {said(fault)}") from fault
    except FilesAway as fault:
        raise BackupProblem(f"No backup was made. {fault}") from fault


def _back_up(folder: Path, passphrase: str | None, now: datetime, work: Path) -> Made:
    ending = ".tar.sealed" if passphrase else ".tar"
    path = folder / f"ownjournal-{now.strftime(STAMP)}{ending}"
    if path.exists():
        raise BackupProblem(f"{path} is there already.")
    _see_room(work, folder)
    engine: Engine = "sqlite" if connection.vendor == "sqlite" else "postgresql"
    copied = work / DATABASE[engine]
    rows, migrations = (sqlite if engine == "sqlite" else postgres).copy(copied)
    told = Manifest(manifest.FORM, __version__, now, engine, migrations, rows)
    partial = path.with_name(path.name + PARTIAL)
    try:
        with _new(partial) as out:
            parts = _write(out, passphrase, told, copied)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(path)
        sync(folder)
    finally:
        partial.unlink(missing_ok=True)
    return Made(path, path.stat().st_size, told, parts)


def _write(out: BinaryIO, passphrase: str | None, told: Manifest, copied: Path) -> int:
    """The whole file; how many parts it has."""
    sealer = Sealer(out, passphrase) if passphrase else None
    writer = Writer(sealer or out)
    at = int(told.made_at.timestamp())
    writer.add_bytes(manifest.NAME, manifest.written(told), at)
    writer.add(copied.name, copied)
    writer.add_bytes(folders.SECRET, str(settings.SECRET_KEY).encode(), at)
    for found in folders.kept():
        # some its reader has deleted meanwhile
        with suppress(FileNotFoundError), folders.opened(found.name) as file:
            writer.add_file(found.name, file, int(found.modified_at.timestamp()))
    parts = len(writer.sums)
    writer.close(at)
    if sealer:
        sealer.close()
    return parts


def _see_room(work: Path, folder: Path) -> None:
    """Refuse early what would end with a full disk. Raises BackupProblem."""
    database = sqlite.place().stat().st_size if _has_file() else 0
    files = sum(found.size for found in folders.kept())
    wanted = {work: database, folder: database + files}
    if os.stat(work).st_dev == os.stat(folder).st_dev:  # noqa: PTH116
        wanted = {folder: 2 * database + files}
    for place, size in wanted.items():
        free = shutil.disk_usage(place).free
        if free < size + SPARE:
            raise BackupProblem(
                f"There is too little room for a backup at {place}:"
                f" {free / 1e6:,.0f} MB free, about {size / 1e6:,.0f} MB needed."
            )


def _has_file() -> bool:
    return connection.vendor == "sqlite" and not sqlite.is_empty()


def _new(path: Path) -> BinaryIO:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(file, "wb")
