"""What fails below a command is said in sentences, without a traceback."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from pytest_django import Settings

from ownjournal.catalogue.models import Heading
from ownjournal.search.index import IndexUnusable
from ownjournal.site.machine import told
from ownjournal.site.moving.halting import MOVED, ReadOnly


@pytest.mark.django_db(transaction=True)
def test_a_database_without_room_is_said(tmp_path: Path, settings: Settings) -> None:
    """A real fault of SQLite's: it may not grow any more."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such limit")
    settings.DATA_DIR = tmp_path
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            with pytest.raises(DatabaseError) as raised:
                Heading.objects.bulk_create(
                    Heading(ui=f"D{number}", name="x" * 3_000, file_key=1)
                    for number in range(500)
                )
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")

    sentence = told(raised.value)

    assert sentence is not None
    assert sentence.startswith("The disk is full: make room.")


@pytest.mark.parametrize(
    ("fault", "begins"),
    [
        (OSError(errno.ENOSPC, "No space left"), "The disk is full"),
        (OSError(errno.EIO, "Input/output error"), "The disk fails"),
        (IndexUnusable("It is damaged."), "It is damaged."),
    ],
)
def test_faults_of_the_disk_and_the_index_are_said(
    fault: Exception, begins: str, tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path

    assert (told(fault) or "").startswith(begins)


def test_why_nothing_may_be_written_is_all_that_is_said() -> None:
    assert told(ReadOnly(MOVED)) == MOVED


def test_a_fault_of_ours_is_not_made_a_sentence() -> None:
    assert told(FileNotFoundError(errno.ENOENT, "no such file")) is None
    assert told(ValueError("a mistake")) is None


def test_a_command_says_that_the_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "ownjournal.sqlite3").write_bytes(b"no database " * 1_000)

    done = subprocess.run(
        [sys.executable, "-m", "ownjournal.cli.main", "migrate"],
        env={"DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Error: The database is damaged")
    assert "Traceback" not in done.stderr
