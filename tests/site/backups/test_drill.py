"""The drill: back a site up while it is written to, restore it, compare every row."""

import threading
from pathlib import Path

import psycopg
import pytest

from made.backups import Site, Tables, differing
from made.everything import words_of

pytestmark = pytest.mark.slow
INTERESTS, READERS = "readers_interest", "readers_reader"
HURRY = "writer-in-a-hurry@merrow.test"

OF_THE_BACKUP = {"exports", "backup.lock", "backed-up"}
"""What a backup does not hold, as it is of a day or of the backup itself."""


def backed_up(site: Site, folder: Path, *words: object) -> Path:
    site.ownjournal("backup", folder, *words)
    [path] = folder.glob("ownjournal-*")
    return path


def without_hurry(tables: Tables) -> tuple[Tables, list[int], int]:
    """The tables without the writer's rows; the numbers written, and the last noted."""
    interests = [row for row in tables[INTERESTS] if not _number(row)]
    readers = [row for row in tables[READERS] if HURRY not in row]
    numbers = sorted(int(_number(row)[1:]) for row in tables[INTERESTS] if _number(row))
    [last] = [
        int(value)
        for row in tables[READERS]
        if HURRY in row
        for value in row
        if isinstance(value, str) and value.isascii() and value.isdigit()
    ]
    return {**tables, INTERESTS: interests, READERS: readers}, numbers, last


def _number(row: tuple[object, ...]) -> str:
    found = [v for v in row if isinstance(v, str) and v[:1] == "w" and v[1:].isdigit()]
    return found[0] if found else ""


def test_every_row_and_every_file_comes_back(
    site: Site, elsewhere: Site, tmp_path: Path
) -> None:
    said = elsewhere.ownjournal("restore", backed_up(site, tmp_path / "out"))

    tables, files = site.tables(), site.files()
    assert differing(tables, elsewhere.tables()) == []
    assert sum(map(len, tables.values())) > 600
    lost = {name for name in files if name not in elsewhere.files()}
    assert {name.split("/")[0] for name in lost} <= OF_THE_BACKUP
    kept = {name: data for name, data in files.items() if name not in lost}
    assert {name: elsewhere.files()[name] for name in kept} == kept
    assert {"media", "outbox", "secret_key"} <= {name.split("/")[0] for name in kept}
    assert "index --rebuild" in said


def test_the_comparison_sees_one_changed_row(
    site: Site, elsewhere: Site, tmp_path: Path
) -> None:
    """The control: what the drill would say of a restore that is not right."""
    elsewhere.ownjournal("restore", backed_up(site, tmp_path / "out"))
    elsewhere.execute("UPDATE notes_note SET text = 'Not so.' WHERE kind = 'comment'")

    assert differing(site.tables(), elsewhere.tables()) == ["notes_note"]


def test_a_backup_beside_a_writer_is_of_one_moment(
    site: Site, elsewhere: Site, tmp_path: Path
) -> None:
    with site.written_to():
        path = backed_up(site, tmp_path / "out")
        elsewhere.ownjournal("restore", path)
    source, _, written = without_hurry(site.tables())
    copy, numbers, last = without_hurry(elsewhere.tables())

    assert differing(source, copy) == []
    assert numbers == list(range(last + 1))  # whole transactions, none left out
    assert 0 < last < written  # and the writer went on
    site.execute(
        f"DELETE FROM {INTERESTS} WHERE value LIKE 'w%' AND kind = 'words'"  # noqa: S608
        f" AND reader_id = (SELECT id FROM {READERS} WHERE email = '{HURRY}')"
    )
    site.execute(f"DELETE FROM {READERS} WHERE email = '{HURRY}'")  # noqa: S608


def test_an_encrypted_backup_hides_all_and_comes_back(
    site: Site, elsewhere: Site, tmp_path: Path
) -> None:
    word = tmp_path / "word"
    word.write_text("what nobody would guess\n")
    path = backed_up(site, tmp_path / "out", "--passphrase-file", word)
    data = path.read_bytes()

    assert path.name.endswith(".tar.sealed")
    assert not any(each.encode() in data for each in words_of("canary"))
    elsewhere.ownjournal("restore", path, "--passphrase-file", word)
    assert differing(site.tables(), elsewhere.tables()) == []


def test_erased_readers_stay_erased_though_an_older_backup_is_put_back(
    site: Site, elsewhere: Site, tmp_path: Path
) -> None:
    path = backed_up(site, tmp_path / "out")
    elsewhere.ownjournal("restore", path)
    elsewhere.ownjournal(
        "reader", "erase", f"{words_of('canary')[0]}@merrow.test", "--now", "--yes"
    )

    said = elsewhere.ownjournal("restore", path, "--replace")

    assert "Erased again: 1" in said
    text = repr(elsewhere.tables())
    assert not [each for each in words_of("canary") if each in text]
    assert all(each in text for each in words_of("stays")[:4])
    [aside] = elsewhere.folder.glob("replaced-*")
    assert (aside / "media").is_dir()


def test_who_leaves_in_a_moment_is_waited_for_and_who_stays_is_not(
    site: Site, elsewhere: Site, tmp_path: Path
) -> None:
    """As PostgreSQL counts a process for a moment after it has ended."""
    if elsewhere.url is None:
        pytest.skip("a lock tells at once who has SQLite's file open")
    path = backed_up(site, tmp_path / "out")
    elsewhere.ownjournal("restore", path)
    with psycopg.connect(elsewhere.url) as other:
        said = elsewhere.ownjournal("restore", path, "--replace", code=1)
        assert "Stop the site and the worker" in said
        leaving = threading.Timer(2.0, other.close)
        leaving.start()
        elsewhere.ownjournal("restore", path, "--replace")
        leaving.join()
    assert differing(site.tables(), elsewhere.tables()) == []
