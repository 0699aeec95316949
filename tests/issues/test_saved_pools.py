import os
from pathlib import Path

import pytest
from django.conf import LazySettings

from made.candidates import a_mixed_pool
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import store
from ownjournal.issues import pools, saved_pools
from ownjournal.issues.pools import Pools, Window
from ownjournal.ranking.pool import Pool


@pytest.fixture(autouse=True)
def folder(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Path:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(saved_pools, "FEWEST", 5)
    return tmp_path / "pools"


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_pool_is_built_once_for_all_processes(
    db: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(*trials(99_200_000, 20))
    window = Window(0, store.revision())
    built = Pools().of(window)
    monkeypatch.setattr(pools, "received", None)  # it is not read again

    again = Pools().of(window)

    assert again.digest == built.digest
    assert again.pool.candidates == built.pool.candidates
    assert len(files(folder)) == 1


def test_what_changed_meanwhile_is_read_again(db: None, folder: Path) -> None:
    window = Window(0, shelve(*trials(99_200_000, 20)).revision)
    Pools().of(window)
    shelve(*trials(99_200_000, 1), *trials(99_300_000, 1))

    assert 99_300_000 not in Pools().of(window).pool.row_of
    assert len(files(folder)) == 2


@pytest.mark.parametrize("where", [0.0, 0.3, 0.9, 1.0])
def test_a_damaged_file_is_built_anew(db: None, folder: Path, where: float) -> None:
    shelve(*trials(99_200_000, 20))
    window = Window(0, store.revision())
    built = Pools().of(window)
    [path] = folder.iterdir()
    data = path.read_bytes()
    cut = int(len(data) * where)
    path.write_bytes(data[:cut] + b"\xff" * 9 + data[cut + 9 :] if cut else b"")

    assert Pools().of(window).digest == built.digest
    assert saved_pools.load("0") is None


def test_the_last_two_used_are_kept(folder: Path) -> None:
    pool = Pool.of(a_mixed_pool(20))
    for name in ("a", "b"):
        saved_pools.save(name, pool)
    assert saved_pools.load("a") is not None

    left = folder / "a.1.part"  # by one that was killed
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    saved_pools.save("c", pool)

    assert [name[0] for name in files(folder)] == ["a", "c"]


def test_without_room_issues_are_made_all_the_same(folder: Path) -> None:
    folder.write_text("a file where the folder should be")

    saved_pools.save("a", Pool.of(a_mixed_pool(20)))

    assert saved_pools.load("a") is None


def test_few_articles_are_not_worth_a_file(folder: Path) -> None:
    saved_pools.save("a", Pool.of(a_mixed_pool(4)))

    assert not folder.exists()


def test_two_that_save_at_once_write_two_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def note(self: Pool, path: Path) -> None:
        written.append(path)
        path.touch()

    monkeypatch.setattr(Pool, "save", note)
    pool = Pool.of(a_mixed_pool(20))

    for _ in range(2):  # as on two machines that number their processes alike
        saved_pools.save("week", pool)

    assert len(set(written)) == 2
