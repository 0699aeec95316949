import stat
from multiprocessing.pool import ThreadPool
from pathlib import Path

from ownjournal.site.secret_key import kept_secret


def test_a_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret_key"

    secret = kept_secret(path)

    assert kept_secret(path) == secret
    assert len(secret) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_but_the_secret_is_left(tmp_path: Path) -> None:
    kept_secret(tmp_path / "secret_key")

    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]


def test_starts_at_the_same_time_end_with_one_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"

    with ThreadPool(8) as pool:
        secrets = pool.map(kept_secret, [path] * 8)

    assert len(set(secrets)) == 1
