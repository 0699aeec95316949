"""What a backup holds, where it appears, and what is left when it fails."""

import fcntl
import json
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from made.small_site import a_database
from ownjournal import __version__
from ownjournal.cli.main import cli
from ownjournal.readers.files.kept import Listed
from ownjournal.site.backups import making
from ownjournal.site.backups.making import back_up, older
from ownjournal.site.backups.problem import BackupProblem

NOW = datetime(2026, 11, 30, 3, 15, tzinfo=UTC)


def names(path: Path) -> list[str]:
    with tarfile.open(path) as tar:
        return tar.getnames()


def part(path: Path, name: str) -> bytes:
    with tarfile.open(path) as tar:
        file = tar.extractfile(name)
        assert file is not None
        return file.read()


def ownjournal(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_a_backup_has_what_must_be_kept_and_no_more(
    small: Path, tmp_path: Path
) -> None:
    for name in ("sent/2026-11-29.log", "erased/readers", "outbox/issue-1.eml"):
        (small / name).parent.mkdir()
        (small / name).write_bytes(b"x\n")
    for name in ("index/meta.json", "pools/p.npz", "exports/e.zip", "nlm/f.gz"):
        (small / name).parent.mkdir()
        (small / name).write_bytes(b"not this")
    (small / "ownjournal.env").write_text("SITE_NAME=Merrow\n")
    (small / "media" / "a1" / "link").symlink_to("/etc/passwd")
    (small / "media" / "a1" / "new\nline").write_bytes(b"would be two lines of sums")

    made = back_up(tmp_path / "out", None, NOW)

    assert made.path.name == "ownjournal-20261130T031500Z.tar"
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert names(made.path) == [
        "manifest.json",
        "database.sqlite3",
        "secret_key",
        "ownjournal.env",
        "media/a1/x.png",
        "erased/readers",
        "sent/2026-11-29.log",
        "outbox/issue-1.eml",
        "SHA256SUMS",
    ]
    assert part(made.path, "secret_key") == b"the key of the small site"
    assert [each.name for each in (tmp_path / "out").iterdir()] == [made.path.name]
    assert not (small / "backup.work").exists()


def test_mails_that_a_server_took_are_in_no_backup(
    small: Path, tmp_path: Path, settings: pytest.MonkeyPatch
) -> None:
    (small / "outbox").mkdir()
    (small / "outbox" / "issue-1.eml").write_bytes(b"x")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]

    made = back_up(tmp_path / "out", None, NOW)

    assert not [each for each in names(made.path) if each.startswith("outbox")]


def test_the_manifest_says_what_was_counted(small: Path, tmp_path: Path) -> None:
    made = back_up(tmp_path / "out", None, NOW)

    assert json.loads(part(made.path, "manifest.json")) == {
        "form": 1,
        "version": __version__,
        "made_at": "2026-11-30T03:15:00Z",
        "engine": "sqlite",
        "migrations": ["readers.0001_initial"],
        "rows": {"django_migrations": 1, "things": 1},
    }


def test_what_is_not_committed_yet_is_not_in_it(small: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(small / "ownjournal.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO things VALUES ('half')")
        made = back_up(tmp_path / "out", None, NOW)
        writer.commit()

    assert made.manifest.rows["things"] == 1


def test_a_damaged_database_is_told_of(small: Path, tmp_path: Path) -> None:
    place = small / "ownjournal.sqlite3"
    data = bytearray(place.read_bytes())
    data[2 * 4096 : 2 * 4096 + 200] = b"\xff" * 200
    place.write_bytes(data)

    with pytest.raises(BackupProblem, match="damaged|malformed"):
        back_up(tmp_path / "out", None, NOW)
    assert list((tmp_path / "out").iterdir()) == []


def test_damage_that_counting_does_not_meet_is_found_too(
    small: Path, tmp_path: Path
) -> None:
    """A column that must have a value, in a row that has none."""
    with closing(sqlite3.connect(small / "ownjournal.sqlite3")) as database, database:
        database.execute("INSERT INTO things VALUES (NULL)")
        database.execute("PRAGMA writable_schema=ON")
        database.execute(
            "UPDATE sqlite_master SET sql = 'CREATE TABLE things (name TEXT NOT NULL)'"
            " WHERE name = 'things'"
        )

    with pytest.raises(BackupProblem, match="The database is damaged: NULL value"):
        back_up(tmp_path / "out", None, NOW)


def test_what_is_still_in_sqlite_s_log_is_in_it(small: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(small / "ownjournal.sqlite3")) as writer:
        writer.execute("INSERT INTO things VALUES ('acknowledged')")
        writer.commit()
        made = back_up(tmp_path / "out", None, NOW)

    assert made.manifest.rows["things"] == 2


def test_without_a_database_there_is_no_backup(small: Path, tmp_path: Path) -> None:
    (small / "ownjournal.sqlite3").unlink()

    with pytest.raises(BackupProblem, match="no database"):
        back_up(tmp_path / "out", None, NOW)
    assert list((tmp_path / "out").iterdir()) == []
    assert not (small / "ownjournal.sqlite3").exists()


def test_one_backup_at_a_time(small: Path, tmp_path: Path) -> None:
    with (small / "backup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BackupProblem, match="Another backup"):
            back_up(tmp_path / "out", None, NOW)

    assert back_up(tmp_path / "out", None, NOW).parts == 4


def test_what_a_killed_backup_left_goes_with_the_next(
    small: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ownjournal-20261129T031500Z.tar.partial").write_bytes(b"half")
    (small / "backup.work").mkdir()
    (small / "backup.work" / "database.sqlite3").write_bytes(b"half")

    made = back_up(tmp_path / "out", None, NOW)

    assert list((tmp_path / "out").iterdir()) == [made.path]
    assert not (small / "backup.work").exists()


def test_too_little_room_is_told_before_anything_is_written(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SPARE", 2**62)

    with pytest.raises(BackupProblem, match="too little room"):
        back_up(tmp_path / "out", None, NOW)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_fills_leaves_no_file(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/dev/full takes no byte, as a full disk does."""
    full = Path("/dev/full").open("wb", 0)  # noqa: SIM115 (what it is given to closes it)
    monkeypatch.setattr(making, "_new", lambda path: full)

    with pytest.raises(BackupProblem, match=r"No backup was made\. The disk is full"):
        back_up(tmp_path / "out", None, NOW)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_fills_at_the_end_leaves_no_file(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object, at: int) -> None:
        assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".partial"]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making.Writer, "close", full)

    with pytest.raises(BackupProblem, match="The disk is full"):
        back_up(tmp_path / "out", None, NOW)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_backup_is_never_written_over(small: Path, tmp_path: Path) -> None:
    made = back_up(tmp_path / "out", None, NOW)
    before = made.path.read_bytes()

    with pytest.raises(BackupProblem, match="is there already"):
        back_up(tmp_path / "out", None, NOW)
    assert made.path.read_bytes() == before


def test_the_newest_are_kept_and_other_files_are_not_ours(
    small: Path, tmp_path: Path
) -> None:
    for day in range(4):
        back_up(
            tmp_path, "a passphrase" if day % 2 else None, NOW + timedelta(days=day)
        )
    for name in (
        "ownjournal-old.tar",
        "notes.txt",
        "x-ownjournal-20200101T00000Z.tar",
    ):
        (tmp_path / name).touch()

    assert [path.name for path in older(tmp_path, 2)] == [
        "ownjournal-20261130T031500Z.tar",
        "ownjournal-20261201T031500Z.tar.sealed",
    ]
    assert older(tmp_path, 4) == []


def test_the_command_keeps_so_many(small: Path, tmp_path: Path) -> None:
    back_up(tmp_path / "out", None, NOW - timedelta(days=9_999))

    told = ownjournal("backup", tmp_path / "out", "--keep", 1)

    assert told.exit_code == 0, told.output
    assert "2 rows of 2 tables, 4 parts" in told.output
    assert "Older backups removed: 1." in told.output
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_backup_that_fails_removes_no_older_one(small: Path, tmp_path: Path) -> None:
    made = back_up(tmp_path / "out", None, NOW)
    (small / "ownjournal.sqlite3").unlink()

    told = ownjournal("backup", tmp_path / "out", "--keep", 1)

    assert told.exit_code == 1
    assert "Error: There is no database" in told.output
    assert made.path.exists()


@pytest.mark.parametrize("line", ["", "\n", "short\n"])
def test_a_passphrase_that_is_none_is_refused(
    small: Path, tmp_path: Path, line: str
) -> None:
    (tmp_path / "word").write_text(line)

    told = ownjournal(
        "backup", tmp_path / "out", "--passphrase-file", tmp_path / "word"
    )

    assert told.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_picture_deleted_meanwhile_is_left_out(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Listed("media/a1/gone.png", 3, NOW)
    monkeypatch.setattr(making.folders, "kept", lambda: iter([gone]))
    monkeypatch.setattr(making, "_see_room", lambda work, folder: None)

    assert back_up(tmp_path / "out", None, NOW).parts == 3


def test_another_database_than_the_data_folder_s_is_the_one_that_counts(
    small: Path, tmp_path: Path
) -> None:
    a_database(small / "other.sqlite3", thing="not this")

    made = back_up(tmp_path / "out", None, NOW)

    assert b"a thing" in part(made.path, "database.sqlite3")
    assert "other.sqlite3" not in names(made.path)
