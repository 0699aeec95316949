"""A site of two tables and one picture, in this process, for what goes wrong."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection


def move_to(settings: Any, folder: Path) -> None:
    """This process is of another site from now on."""
    connection.close()
    connection.settings_dict["NAME"] = folder / "ownjournal.sqlite3"
    settings.DATA_DIR, settings.OUTBOX_DIR = folder, folder / "outbox"


def a_database(path: Path, *migrations: str, thing: str = "a thing") -> None:
    """Two tables, one row in one and one migration and more in the other."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        database.execute("CREATE TABLE things (name TEXT)")
        database.execute("INSERT INTO things VALUES (?)", [thing])
        for each in ("readers.0001_initial", *migrations):
            database.execute(
                "INSERT INTO django_migrations VALUES (?, ?)", each.split(".")
            )
