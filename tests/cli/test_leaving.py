"""Taking along and erasing, by an operator and by the worker."""

import resource
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from made.scan import found_in_bytes, found_in_files, found_in_tables
from ownjournal.catalogue import following
from ownjournal.catalogue.models import Sync
from ownjournal.cli.main import cli
from ownjournal.readers import registry
from ownjournal.readers.leaving import archive, exporting, farewell
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db(transaction=True)
ADA = "adaquill@merrow.test"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.DATA_DIR = tmp_path / "site"
    settings.OUTBOX_DIR = settings.DATA_DIR / "outbox"
    settings.EMAIL_BACKEND = "ownjournal.readers.post.folder.EmailBackend"
    following.index.cache_clear()
    yield settings.DATA_DIR
    following.index.cache_clear()


@pytest.fixture
def ada(site: Path) -> Reader:
    site.mkdir()
    Sync.objects.create(started_at=timezone.now())  # NLM was asked today
    return registry.add(ADA, words=["fever"])


def ownjournal(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_an_operator_exports_a_reader_and_overwrites_nothing(
    ada: Reader, tmp_path: Path
) -> None:
    made = ownjournal("reader", "export", ADA, "--to", tmp_path / "ada.zip")
    again = ownjournal("reader", "export", ADA, "--to", tmp_path / "ada.zip")

    assert made.exit_code == 0
    names = zipfile.ZipFile(tmp_path / "ada.zip").namelist()
    assert "data/readers.interest.json" in names
    assert again.exit_code == 1
    assert "Error: " in again.output


def test_half_an_export_is_none(ada: Reader, tmp_path: Path) -> None:
    """As on a disk that fails: told again on a sound one, the command does it."""
    zip_file = tmp_path / "ada.zip"
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, usual[1]))
    try:
        cut_off = ownjournal("reader", "export", ADA, "--to", zip_file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)

    assert isinstance(cut_off.exception, OSError)
    assert not zip_file.exists()
    assert ownjournal("reader", "export", ADA, "--to", zip_file).exit_code == 0


def test_an_export_has_its_name_when_it_is_whole(
    ada: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is killed before leaves nothing that looks like one."""
    zip_file, there = tmp_path / "ada.zip", list[bool]()
    (tmp_path / "ada.zip.part").write_bytes(b"of one that was killed" * 1_000)

    def half(file: BinaryIO, _: Reader) -> None:
        file.write(b"half")
        there.append(zip_file.exists())

    monkeypatch.setattr(archive, "write", half)
    made = ownjournal("reader", "export", ADA, "--to", zip_file)

    assert made.exit_code == 0
    assert there == [False]
    assert zip_file.read_bytes() == b"half"
    assert list(tmp_path.glob("*.part")) == []


def test_what_came_meanwhile_is_not_overwritten(
    ada: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zip_file = tmp_path / "ada.zip"

    def slow(file: BinaryIO, _: Reader) -> None:
        file.write(b"ours")
        zip_file.write_bytes(b"another's")

    monkeypatch.setattr(archive, "write", slow)
    made = ownjournal("reader", "export", ADA, "--to", zip_file)

    assert made.exit_code == 1
    assert "is there already" in made.output
    assert [each.name for each in tmp_path.glob("ada*")] == ["ada.zip"]
    assert zip_file.read_bytes() == b"another's"


def test_an_erasure_is_asked_for_once_more(ada: Reader) -> None:
    assert ownjournal("reader", "erase", ADA).exit_code == 1  # nobody says yes
    assert Reader.objects.exists()


def test_an_operator_erases_at_once(ada: Reader, site: Path) -> None:
    told = ownjournal("reader", "erase", ADA, "--now", "--yes")

    assert (told.exit_code, told.output) == (0, "Erased.\n")
    assert found_in_tables([ADA]) + found_in_files(site, [ADA]) == []
    assert found_in_bytes([ADA]) == []


def test_the_worker_erases_when_the_last_mail_has_left(ada: Reader, site: Path) -> None:
    ownjournal("reader", "erase", ADA, "--yes")
    assert Reader.objects.exists()

    worked = ownjournal("worker", "--once")

    assert "1 readers erased" in worked.output
    assert found_in_tables([ADA]) + found_in_files(site, [ADA]) == []


def test_the_worker_makes_exports_that_wait(
    ada: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    exporting.ask(ada, timezone.now())

    assert "an export is made" in ownjournal("worker", "--once").output


def test_a_backup_that_is_put_back_stays_erased(ada: Reader, site: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a copy of a file; of a server, tests/readers/leaving has the rows")
    path = Path(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, site / "backup")
    ownjournal("reader", "erase", ADA, "--now", "--yes")
    connection.close()
    shutil.copy(site / "backup", path)
    (site / "backup").unlink()
    assert Reader.objects.exists()

    told = ownjournal("erased")

    assert "Erased again: 1" in told.output
    assert "holds nothing of them" in told.output
    assert not Reader.objects.exists()
    assert found_in_bytes([ADA]) + found_in_files(site, [ADA]) == []
    assert farewell.replay() == 0
