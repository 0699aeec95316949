"""What a backup says of itself, and whether this version can put it back."""

import re
from datetime import datetime
from typing import Literal

import msgspec
from django.db.migrations.loader import MigrationLoader
from msgspec import Struct

from ownjournal import __version__
from ownjournal.site.backups.problem import BackupProblem

NAME = "manifest.json"
FORM = 1  # counted up when an older version could not read what is written
NEWER = (
    "The backup is of Ownjournal {}, this is {}: it knows what this version does not."
    " Install that version or a later one, and restore with it."
)
Engine = Literal["sqlite", "postgresql"]
DATABASE: dict[Engine, str] = {
    "sqlite": "database.sqlite3",
    "postgresql": "database.pgdump",
}
"""The part with the database, by its engine."""


class Manifest(Struct, frozen=True):
    """The part manifest.json."""

    form: int
    version: str
    made_at: datetime
    engine: Engine
    migrations: tuple[str, ...]  # "issues.0007_lead_notes", in order
    rows: dict[str, int]  # of each table

    def count(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def written(manifest: Manifest) -> bytes:
    """As the backup has it, for people too."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def read(data: bytes) -> Manifest:
    """Raises BackupProblem where it is none, or of a version newer than this."""
    try:
        head = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        form, version = (
            msgspec.json.decode(head["form"], type=int),
            msgspec.json.decode(head["version"], type=str),
        )
    except (msgspec.MsgspecError, KeyError):
        raise BackupProblem("The file is no backup of Ownjournal.") from None
    if form > FORM or _numbers(version) > _numbers(__version__):
        raise BackupProblem(NEWER.format(version, __version__))
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError as fault:
        raise BackupProblem(f"The manifest cannot be read: {fault}.") from None
    unknown = [each for each in manifest.migrations if each not in known_migrations()]
    if unknown:
        problem = NEWER.format(version, __version__)
        raise BackupProblem(f"{problem} Unknown here: {', '.join(unknown[:5])}.")
    return manifest


def known_migrations() -> frozenset[str]:
    """Those that this version has, and those that one of them stands for."""
    loader = MigrationLoader(None)
    replaced = [each.replaces for each in loader.disk_migrations.values()]
    keys = [*loader.disk_migrations, *(key for keys in replaced for key in keys)]
    return frozenset(".".join(key) for key in keys)


def _numbers(version: str) -> tuple[int, ...]:
    """0.10.2 as (0, 10, 2); what a version says beyond numbers is left out."""
    leading = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    return tuple(int(each) for each in leading[0].split(".")) if leading else ()
