"""A restore: nothing is touched before all is right, and nothing is thrown away."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from made.small_site import a_database, move_to
from ownjournal.cli.main import cli
from ownjournal.site.backups import making, manifest, restoring
from ownjournal.site.backups.making import back_up
from ownjournal.site.backups.problem import BackupProblem
from ownjournal.site.backups.restoring import restore

NOW = datetime(2026, 11, 30, 3, 15, tzinfo=UTC)
WORD = "a passphrase of some length"
Backup = Callable[..., Path]


@pytest.fixture
def backup(small: Path, tmp_path: Path) -> Backup:
    """Makes backups of the small site."""
    return lambda passphrase=None: back_up(tmp_path / "out", passphrase, NOW).path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere"


def things(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "ownjournal.sqlite3")) as database:
        return [name for (name,) in database.execute("SELECT name FROM things")]


def state(folder: Path) -> dict[str, bytes]:
    """All that is in a data folder but the lock."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if path.name != "backup.lock"
    }


def test_a_site_comes_back_in_an_empty_folder(
    backup: Backup, elsewhere: Path, settings: Any
) -> None:
    path = backup()
    move_to(settings, elsewhere)
    settings.SECRET_KEY = "made in the meantime"

    done = restore(path, None, NOW, replaces=False)

    assert things(elsewhere) == ["a thing"]
    assert set(state(elsewhere)) == {
        "ownjournal.sqlite3",
        "secret_key",
        "media/a1/x.png",
    }
    assert (done.aside, done.settings) == ((), None)
    assert settings.SECRET_KEY == "the key of the small site"


@pytest.mark.parametrize(
    ("passphrase", "problem"),
    [("another one, also long", "passphrase is wrong"), (None, "needs its passphrase")],
)
def test_without_its_passphrase_nothing_happens(
    backup: Backup,
    elsewhere: Path,
    settings: Any,
    passphrase: str | None,
    problem: str,
) -> None:
    path = backup(WORD)
    move_to(settings, elsewhere)

    with pytest.raises(BackupProblem, match=problem):
        restore(path, passphrase, NOW, replaces=False)
    assert state(elsewhere) == {}


@pytest.mark.parametrize("passphrase", [None, WORD])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_a_cut_or_changed_file_harms_no_site(
    backup: Backup, small: Path, passphrase: str | None, share: float
) -> None:
    path = backup(passphrase)
    whole, before = path.read_bytes(), state(small)
    # of a plain tar what follows the last sum is filling, and may be lost
    at = int(share * (len(whole) if passphrase else whole.index(b"  media/a1/x.png\n")))
    for harmed in (
        whole[:at],
        whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :],
    ):
        path.write_bytes(harmed)
        with pytest.raises(BackupProblem):
            restore(path, passphrase, NOW, replaces=True)
        assert state(small) == before


def test_a_site_is_not_written_over_unless_told(backup: Backup, small: Path) -> None:
    path, before = backup(), state(small)

    with pytest.raises(BackupProblem, match="There is a site here already"):
        restore(path, None, NOW, replaces=False)
    assert state(small) == before


def test_what_is_replaced_is_moved_aside(backup: Backup, small: Path) -> None:
    path = backup()
    with closing(sqlite3.connect(small / "ownjournal.sqlite3")) as later, later:
        later.execute("UPDATE things SET name = 'later'")
    (small / "media" / "a1" / "later.png").write_bytes(b"later")

    done = restore(path, None, NOW, replaces=True)

    aside = small / "replaced-20261130T031500Z"
    assert done.aside == (str(aside),)
    assert (things(small), things(aside)) == (["a thing"], ["later"])
    assert (aside / "media" / "a1" / "later.png").exists()
    assert not (small / "media" / "a1" / "later.png").exists()


def test_lists_of_the_erased_and_the_mailed_only_grow(
    backup: Backup, small: Path
) -> None:
    (small / "erased").mkdir()
    (small / "sent").mkdir()
    (small / "erased" / "readers").write_text("one\n")
    (small / "sent" / "2026-11-29.log").write_text("a\nb\n")
    path = backup()
    (small / "erased" / "readers").write_text("one\ntwo\n")
    (small / "sent" / "2026-11-29.log").unlink()
    (small / "sent" / "2026-11-30.log").write_text("c\nhalf")

    restore(path, None, NOW, replaces=True)

    assert (small / "erased" / "readers").read_text() == "one\ntwo\n"
    assert (small / "sent" / "2026-11-29.log").read_text() == "a\nb\n"
    assert (small / "sent" / "2026-11-30.log").read_text() == "c\nhalf"


def test_the_old_machine_s_lists_may_be_there_first(
    backup: Backup, elsewhere: Path, settings: Any
) -> None:
    path = backup()
    move_to(settings, elsewhere)
    (elsewhere / "erased").mkdir(parents=True)
    (elsewhere / "erased" / "readers").write_text("since\n")

    restore(path, None, NOW, replaces=False)

    assert (elsewhere / "erased" / "readers").read_text() == "since\n"


def test_a_running_site_is_not_replaced(backup: Backup, small: Path) -> None:
    path = backup()
    with closing(sqlite3.connect(small / "ownjournal.sqlite3")) as running:
        running.execute("SELECT * FROM things").fetchall()
        with pytest.raises(BackupProblem, match="Stop the site and the worker"):
            restore(path, None, NOW, replaces=True)
        assert things(small) == ["a thing"]
    assert not list(small.glob("replaced-*"))


def test_a_damaged_database_can_be_replaced(backup: Backup, small: Path) -> None:
    path = backup()
    (small / "ownjournal.sqlite3").write_bytes(b"no database" * 1_000)
    (small / "ownjournal.sqlite3-wal").write_bytes(b"and no log")

    restore(path, None, NOW, replaces=True)

    assert things(small) == ["a thing"]
    assert not (small / "ownjournal.sqlite3-wal").exists()


def test_a_fault_on_the_way_puts_all_back(
    backup: Backup, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = backup(), state(small)

    put_files = restoring._put_files

    def full(*given: Any) -> None:
        put_files(*given)
        raise OSError(28, "No space left on device", "media/a1/x.png")

    monkeypatch.setattr(restoring, "_put_files", full)

    with pytest.raises(BackupProblem, match=r"Nothing was restored\. The disk is full"):
        restore(path, None, NOW, replaces=True)
    after = state(small)
    assert after.pop("ownjournal.sqlite3")
    before.pop("ownjournal.sqlite3")
    assert after == before
    assert things(small) == ["a thing"]


def test_a_fault_on_the_way_leaves_an_empty_folder_empty(
    backup: Backup, elsewhere: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backup()
    move_to(settings, elsewhere)

    def full(self: object, source: Path, target: Path) -> None:
        put(self, source, target)
        if target.name == "ownjournal.sqlite3":
            raise OSError(28, "No space left on device", str(target))

    put = restoring._Swap.put
    monkeypatch.setattr(restoring._Swap, "put", full)

    with pytest.raises(BackupProblem, match="The disk is full"):
        restore(path, None, NOW, replaces=False)
    assert [each.name for each in elsewhere.iterdir()] == ["backup.lock"]


@pytest.mark.parametrize("version", ["0.2.0", "1.0", "0.1.1", "0.10.0"])
def test_a_backup_of_a_newer_version_is_refused(
    backup: Backup, small: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setattr(making, "__version__", version)
    path = backup()
    monkeypatch.setattr(manifest, "__version__", "0.1.0")

    with pytest.raises(BackupProblem, match=f"of Ownjournal {version}, this is 0.1.0"):
        restore(path, None, NOW, replaces=True)


def test_one_of_an_older_version_is_not(
    backup: Backup, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "__version__", "0.9.0")
    path = backup()
    monkeypatch.setattr(manifest, "__version__", "0.10.0")

    assert restore(path, None, NOW, replaces=True).manifest.version == "0.9.0"


def test_unknown_migrations_are_refused_by_name(
    small: Path, backup: Backup, elsewhere: Path, settings: Any
) -> None:
    (small / "ownjournal.sqlite3").unlink()
    a_database(small / "ownjournal.sqlite3", "readers.9999_of_next_year")
    path = backup()
    move_to(settings, elsewhere)

    with pytest.raises(BackupProblem, match="here: readers.9999_of_next_year"):
        restore(path, None, NOW, replaces=False)
    assert state(elsewhere) == {}


def test_another_key_in_the_environment_is_refused(
    backup: Backup, elsewhere: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backup()
    move_to(settings, elsewhere)
    monkeypatch.setenv("SECRET_KEY", "another")

    with pytest.raises(BackupProblem, match="SECRET_KEY is set to another key"):
        restore(path, None, NOW, replaces=False)
    assert state(elsewhere) == {}


@pytest.mark.parametrize(
    ("lines", "used"),
    [
        ("SITE_NAME=Merrow\n", True),
        ("SECRET_KEY=the key of the small site\n", True),
        ("SECRET_KEY=another\n", False),
        ("DATABASE_URL=postgres://oj@db.merrow.test/oj\n", False),
        ("DATABASE_URL=sqlite:////srv/the-real-one.sqlite3\n", False),
        ("A_SETTING_OF_LONG_AGO=yes\n", False),
    ],
)
def test_settings_that_lead_elsewhere_are_not_put_in_use(
    small: Path,
    backup: Backup,
    elsewhere: Path,
    settings: Any,
    lines: str,
    used: bool,
) -> None:
    (small / "ownjournal.env").write_text(lines)
    path = backup()
    move_to(settings, elsewhere)

    done = restore(path, None, NOW, replaces=False)

    name = "ownjournal.env" if used else "ownjournal.env.restored"
    assert done.settings == (None if used else name)
    assert [each.name for each in elsewhere.glob("*.env*")] == [name]
    assert (elsewhere / name).read_text() == lines


def test_settings_that_are_here_stay(
    small: Path, backup: Backup, elsewhere: Path, settings: Any
) -> None:
    (small / "ownjournal.env").write_text("SITE_NAME=Merrow\n")
    path = backup()
    move_to(settings, elsewhere)
    elsewhere.mkdir()
    (elsewhere / "ownjournal.env").write_text("SITE_NAME=Elsewhere\n")

    done = restore(path, None, NOW, replaces=False)

    assert (elsewhere / "ownjournal.env").read_text() == "SITE_NAME=Elsewhere\n"
    assert done.settings == "ownjournal.env.restored"


def test_a_check_touches_nothing(
    backup: Backup, elsewhere: Path, settings: Any
) -> None:
    path = backup()
    move_to(settings, elsewhere)

    told = CliRunner().invoke(cli, ["restore", "--check", str(path)])
    path.write_bytes(path.read_bytes()[:9_000])
    cut = CliRunner().invoke(cli, ["restore", "--check", str(path)])

    assert told.exit_code == 0
    assert "The backup is whole: 4 parts, 2 rows" in told.output
    assert cut.exit_code == 1
    assert "Error: The file was cut or changed" in cut.output
    assert not elsewhere.exists()
