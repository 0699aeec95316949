"""The drills, small: `make drill` kills hundreds of times."""

import random
from pathlib import Path

import pytest

from bench import load_drill, post_drill, primary_drill, reader_drill
from made.postgres import programs

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_a_killed_load_leaves_whole_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    if database == "PostgreSQL" and programs() is None:
        pytest.skip("PostgreSQL is not installed")
    monkeypatch.setitem(load_drill.KILLS, database, 2)
    files = load_drill.make_files(tmp_path / "files", random.Random(1))[:6]
    for path in (tmp_path / "files").glob("*.xml.gz"):
        if path not in files:
            path.unlink()

    rows = list(load_drill.kills(database, files, tmp_path))

    assert {row.figure: row.value for row in rows} == {row.figure: 0 for row in rows}
    assert len(rows) == 3


def test_any_order_gives_one_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_drill, "PERMUTATIONS", 3)
    monkeypatch.setattr(load_drill, "FILES", 12)
    files = load_drill.make_files(tmp_path / "files", random.Random(1))

    [row] = load_drill.permutations(files, tmp_path)

    assert row.value == 0


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_nothing_is_left_of_erased_readers(tmp_path: Path, database: str) -> None:
    if database == "PostgreSQL" and programs() is None:
        pytest.skip("PostgreSQL is not installed")

    rows = list(reader_drill.erasures(database, tmp_path))

    assert [row.value for row in rows] == [0, 0]


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_a_killed_sender_misses_nothing(
    monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    if database == "PostgreSQL" and programs() is None:
        pytest.skip("PostgreSQL is not installed")
    monkeypatch.setattr(post_drill, "KILLS", 3)
    monkeypatch.setattr(post_drill, "CONTROL_KILLS", 4)
    monkeypatch.setattr(post_drill, "READERS", 30)

    rows = list(post_drill.kills(database))  # whose control must send some again

    assert [row.value for row in rows] == [0, 0]


def test_a_lost_primary_loses_no_note_that_was_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    monkeypatch.setattr(primary_drill, "ROUNDS", 1)

    lost, twice, _ = primary_drill.rows()  # whose control must lose some

    assert (lost.value, twice.value) == (0, 0)
