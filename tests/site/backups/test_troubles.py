"""What can go wrong beside the file: programs missing, a full disk, a bad dump."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from made.backups import Site, differing
from made.small_site import move_to
from ownjournal.site.backups.container import Writer
from ownjournal.site.backups.making import back_up
from ownjournal.site.backups.problem import BackupProblem
from ownjournal.site.backups.restoring import restore

NOW = datetime(2026, 11, 30, 3, 15, tzinfo=UTC)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB."""
    place = tmp_path / "tiny"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if (
        os.geteuid()
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root mounts a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_restore_onto_a_disk_too_small_harms_nothing(
    small: Path, tiny_disk: Path, tmp_path: Path, settings: Any
) -> None:
    (small / "media" / "a1" / "large.png").write_bytes(os.urandom(400_000))
    path = back_up(tmp_path / "out", None, NOW).path
    (tiny_disk / "sent").mkdir()
    (tiny_disk / "sent" / "2026-11-29.log").write_text("a\n")
    move_to(settings, tiny_disk)

    with pytest.raises(BackupProblem, match=r"Nothing was restored\. The disk is full"):
        restore(path, None, NOW, replaces=False)

    left = {str(path.relative_to(tiny_disk)) for path in tiny_disk.rglob("*")}
    assert left == {"sent", "sent/2026-11-29.log", "backup.lock"}


def test_a_backup_onto_a_disk_too_small_says_so(small: Path, tiny_disk: Path) -> None:
    with pytest.raises(BackupProblem, match="too little room"):
        back_up(tiny_disk, None, NOW)
    assert list(tiny_disk.iterdir()) == []


@pytest.mark.slow
def test_without_pg_dump_and_pg_restore_it_is_said_what_to_install(
    postgresql: str, tmp_path: Path
) -> None:
    site = Site(tmp_path / "data", postgresql)
    site.migrate()

    said = site.ownjournal("backup", tmp_path / "out", code=1, PATH=str(tmp_path))
    assert "pg_dump is not to be found" in said
    assert list((tmp_path / "out").iterdir()) == []

    site.ownjournal("backup", tmp_path / "out")
    [path] = (tmp_path / "out").iterdir()
    empty = Site(tmp_path / "empty", postgresql)
    said = empty.ownjournal("restore", path, code=1, PATH=str(tmp_path))
    assert "pg_restore is not to be found" in said
    assert empty.tables() == {}


@pytest.mark.slow
def test_a_backup_of_postgresql_does_not_go_into_sqlite(
    postgresql: str, tmp_path: Path
) -> None:
    site = Site(tmp_path / "data", postgresql)
    site.migrate()
    site.ownjournal("backup", tmp_path / "out")
    other = Site(tmp_path / "other", None)

    said = other.ownjournal("restore", *(tmp_path / "out").iterdir(), code=1)

    assert "The backup is of postgresql, and this site is on sqlite" in said
    assert not other.database().exists()


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["no dump", "rows missing"])
def test_a_dump_that_does_not_load_leaves_the_database_as_it_was(
    postgresql: str, tmp_path: Path, harm: str
) -> None:
    """The sums are right, so only PostgreSQL, or the count of rows, can tell."""
    site = Site(tmp_path / "data", postgresql)
    site.migrate()
    site.ownjournal("backup", tmp_path / "out")
    [path] = (tmp_path / "out").iterdir()
    path = repacked(path, tmp_path, harm)
    before = site.tables()

    said = site.ownjournal("restore", path, "--replace", code=1)

    expected = "pg_restore failed" if harm == "no dump" else "Rows are missing in"
    assert expected in said
    assert differing(before, site.tables()) == []
    assert not list(site.folder.glob("replaced-*"))


def repacked(path: Path, folder: Path, harm: str) -> Path:
    """The backup with another dump, or another count of rows, and right sums."""
    parts = folder / "parts"
    parts.mkdir()
    subprocess.run(["tar", "xf", str(path)], cwd=parts, check=True)
    if harm == "no dump":
        (parts / "database.pgdump").write_bytes(b"PGDMP but no more")
    else:
        told = (parts / "manifest.json").read_text()
        changed = told.replace('"readers_reader": 0', '"readers_reader": 1')
        assert changed != told
        (parts / "manifest.json").write_text(changed)
    with (folder / "harmed.tar").open("wb") as out:
        writer = Writer(out)
        for name in ("manifest.json", "database.pgdump", "secret_key"):
            writer.add(name, parts / name)
        writer.close(0)
    return folder / "harmed.tar"
