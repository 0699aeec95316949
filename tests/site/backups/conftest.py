"""A site with everything, made once, on each database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from made.backups import Site
from made.small_site import a_database, move_to


@pytest.fixture(scope="module")
def site(kind: str | None, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Not to be changed but by what puts it back."""
    made = Site(tmp_path_factory.mktemp("site") / "data", kind)
    made.fill()
    return made


@pytest.fixture
def elsewhere(kind: str | None, tmp_path: Path) -> Site:
    """Another machine: nothing is there."""
    return Site(tmp_path / "elsewhere", kind)


@pytest.fixture
def small(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A site of two tables in SQLite, in this process; its data folder.

    Enough for what goes wrong: nothing of the schema matters there.
    """
    if connection.vendor != "sqlite":
        pytest.skip("of SQLite's file")
    here = connection.settings_dict["NAME"]
    settings.SECRET_KEY = "the key of the small site"
    settings.EMAIL_BACKEND = "ownjournal.readers.post.folder.EmailBackend"
    move_to(settings, tmp_path / "small")
    (tmp_path / "small" / "media" / "a1").mkdir(parents=True)
    (tmp_path / "small" / "media" / "a1" / "x.png").write_bytes(b"\x89PNG" * 9)
    a_database(tmp_path / "small" / "ownjournal.sqlite3")
    yield tmp_path / "small"
    connection.close()
    connection.settings_dict["NAME"] = here
