"""Put a backup back: all of it is read and checked before anything is touched.

What a site had before is moved aside, never deleted. Two lists outlive any restore:
who was erased, and what was mailed; the backup's are added to those that are there.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from msgspec import Struct

from ownjournal.readers.files.kept import FilesAway, files
from ownjournal.site.backups import container, folders, manifest, postgres, sqlite
from ownjournal.site.backups.container import Source
from ownjournal.site.backups.making import STAMP
from ownjournal.site.backups.manifest import DATABASE, Manifest
from ownjournal.site.backups.problem import BackupProblem, said
from ownjournal.site.backups.sealing import MAGIC, Opener
from ownjournal.site.database_url import database
from ownjournal.site.options import OptionError, read_file, read_values

ASIDE = "replaced-"
STAYING = {*folders.LISTS, folders.SETTINGS, folders.LOCK, folders.WORK, "nlm", "spool"}
OTHER_ENGINE = (
    "The backup is of {}, and this site is on {}. Let DATABASE_URL name an empty"
    " database of the backup's kind."
)
NOT_EMPTY = (
    "There is a site here already ({}). Restore into an empty data folder and an"
    " empty database, or say --replace: what is here is then moved aside."
)
OTHER_KEY = (
    "SECRET_KEY is set to another key than the backup's, which has its own:"
    " unset it, or nobody could tell who was erased."
)


class Restored(Struct, frozen=True):
    """What a restore has done."""

    manifest: Manifest
    parts: int
    aside: tuple[str, ...]  # where what was here before is
    settings: str | None  # the backup's settings, where they were not put in place


def is_sealed(path: Path) -> bool:
    """Whether a backup needs a passphrase. Raises BackupProblem."""
    with _faults_told(), path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def look(path: Path, passphrase: str | None) -> tuple[Manifest, int]:
    """Read a backup through and check every sum; how many parts it has."""
    with _faults_told():
        return _unpack(path, passphrase, None)


def restore(
    path: Path, passphrase: str | None, now: datetime, *, replaces: bool
) -> Restored:
    """Make this site what it was. Raises BackupProblem, with nothing changed."""
    with _faults_told():
        here = _what_is_here()
        if here and not replaces:
            raise BackupProblem(NOT_EMPTY.format(", ".join(here)))
        with folders.alone() as work:
            told, parts = _unpack(path, passphrase, work)
            key = (work / folders.SECRET).read_text("utf-8")
            if (read_values(os.environ).text("SECRET_KEY") or key) != key:
                raise BackupProblem(OTHER_KEY)
            left = _settings_aside(work, key)
            aside = _put(work, told, now.astimezone(UTC).strftime(STAMP), bool(here))
            os.sync()
        settings.SECRET_KEY = key
        return Restored(told, parts, aside, left)


def _what_is_here() -> list[str]:
    """Names of what a restore would replace."""
    root = folders.data_folder()
    names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    here = [each for each in names if each not in STAYING and ASIDE not in each]
    empty = sqlite.is_empty() if connection.vendor == "sqlite" else postgres.is_empty()
    return here if empty else ["a database", *here]


def _unpack(
    path: Path, passphrase: str | None, into: Path | None
) -> tuple[Manifest, int]:
    """Read all of it; where a folder is given, write it there."""
    found: list[Manifest] = []

    def first(data: bytes) -> None:
        found.append(manifest.read(data))
        if into:
            _see_fits(found[0])

    with path.open("rb") as file:
        sums = container.read(_opened(file, passphrase), into, first)
    if not {DATABASE[found[0].engine], folders.SECRET} <= sums.keys():
        raise BackupProblem("The backup lacks its database or its key.")
    return found[0], len(sums)


def _opened(file: BinaryIO, passphrase: str | None) -> Source:
    sealed = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    if sealed and passphrase is None:
        raise BackupProblem("The backup is encrypted, and needs its passphrase.")
    return Opener(file, passphrase or "") if sealed else file


def _see_fits(told: Manifest) -> None:
    if told.engine != connection.vendor:
        raise BackupProblem(OTHER_ENGINE.format(told.engine, connection.vendor))
    if told.engine == "postgresql":
        postgres.program("pg_restore")


def _settings_aside(work: Path, key: str) -> str | None:
    """Rename the backup's settings where they must not be used as they are.

    That is where settings are here already, and where they name another database
    than the one restored into, or another key: a copy of a site must never be led
    to the site itself.
    """
    written = work / folders.SETTINGS
    if not written.exists():
        return None
    root = folders.data_folder()
    if not (root / folders.SETTINGS).exists() and _leads_here(written, key):
        return None
    if (root / folders.SETTINGS).exists() and (
        (root / folders.SETTINGS).read_bytes() == written.read_bytes()
    ):
        written.unlink()
        return None
    return written.rename(work / f"{folders.SETTINGS}.restored").name


def _leads_here(written: Path, key: str) -> bool:
    try:
        values = read_file(written)
        url = values.get("DATABASE_URL")
        named = database(url, folders.data_folder() / "ownjournal.sqlite3")
    except OptionError:
        return False
    here = connection.settings_dict
    same = all(
        str(named.get(each, "")) == str(here[each]) for each in ("NAME", "HOST", "PORT")
    )
    same_files = values.get("FILES_URL") in {None, settings.FILES_URL}
    return same and same_files and values.get("SECRET_KEY", key) == key


def _put(work: Path, told: Manifest, stamp: str, replaces: bool) -> tuple[str, ...]:
    """Everything into its place; where what was there is now."""
    copied = work / DATABASE[told.engine]
    connection.close()
    (sqlite if told.engine == "sqlite" else postgres).free()
    with _swap(stamp) as swap:
        if replaces:
            for path in _to_be_moved():
                swap.move_aside(path)
        _put_files(work, copied.name, swap)
        if told.engine == "sqlite":
            swap.put(copied, sqlite.place())
            schema = None
        else:
            schema = postgres.load(copied, told.rows, stamp)
    aside = (str(swap.aside),) if swap.aside.exists() else ()
    return (*aside, f"the schema {schema} of the database") if schema else aside


class _Swap:
    """Files that go and files that come, until all of it is done or none of it."""

    def __init__(self, aside: Path) -> None:
        self.aside = aside
        self._moved: list[Path] = []
        self._put: list[Path] = []

    def move_aside(self, path: Path) -> None:
        self.aside.mkdir(mode=0o700, exist_ok=True)
        shutil.move(path, self.aside / path.name)
        self._moved.append(path)

    def put(self, path: Path, target: Path) -> None:
        """Under its name whole or not at all, also on another disk."""
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.restoring")
        self._put += [draft, target]
        shutil.move(path, draft)
        draft.replace(target)

    def undo(self) -> None:
        for path in self._put:
            path.unlink(missing_ok=True)
            _remove_empty(path.parent)
        for path in self._moved:
            shutil.rmtree(path, ignore_errors=True)
            shutil.move(self.aside / path.name, path)
        if self._moved:
            self.aside.rmdir()


def _remove_empty(folder: Path) -> None:
    """A folder of the data folder, and what it was alone in; not what has files."""
    root = folders.data_folder()
    with suppress(OSError):
        while folder != root and folder.is_relative_to(root):
            folder.rmdir()
            folder = folder.parent


@contextmanager
def _swap(stamp: str) -> Iterator[_Swap]:
    swap = _Swap(folders.data_folder() / f"{ASIDE}{stamp}")
    try:
        yield swap
    except BaseException:
        swap.undo()
        raise


def _to_be_moved() -> list[Path]:
    root = folders.data_folder()
    found = [
        path
        for path in sorted(root.iterdir())
        if path.name not in STAYING and not path.name.startswith(ASIDE)
    ]
    own = sqlite.files() if connection.vendor == "sqlite" else []
    return [*found, *(each for each in own if each not in found)]


def _put_files(work: Path, but: str, swap: _Swap) -> None:
    root = folders.data_folder()
    for path in sorted(work.rglob("*")):
        name = path.relative_to(work)
        if not path.is_file() or str(name) in {but, manifest.NAME}:
            continue
        if name.parts[0] in folders.SHARED and files().is_shared:
            _put_into_bucket(path, name.as_posix())
        elif name.parts[0] in folders.LISTS:
            _add_lines(path, root / name)
        else:
            swap.put(path, root / name)


def _put_into_bucket(path: Path, name: str) -> None:
    """Add what is missing: a picture's name says what is in it, lists have all lines.

    It is not undone: pictures without a row go by themselves.
    """
    is_there = files().exists(name)
    if name.partition("/")[0] in folders.LISTS:
        here = files().get(name) if is_there else b""
        files().put(name, _lines(here, path.read_bytes()))
    elif not is_there:
        files().put(name, path.read_bytes())


def _add_lines(path: Path, target: Path) -> None:
    """The lines of both, each once, those that are here first; it is not undone."""
    here = target.read_bytes() if target.exists() else b""
    path.write_bytes(_lines(here, path.read_bytes()))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.replace(target)


def _lines(here: bytes, more: bytes) -> bytes:
    lines = dict.fromkeys([*here.splitlines(), *more.splitlines()])
    return b"".join(line + b"\n" for line in lines if line)


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise BackupProblem(f"Nothing was restored. {said(fault)}") from fault
    except FilesAway as fault:
        raise BackupProblem(f"Nothing was restored. {fault}") from fault
