"""A site that is copied to PostgreSQL, made once; each test has a copy of both."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from made.backups import Site
from made.half_moved import Half
from made.postgres import another_database, copy_of
from made.small_site import move_to


@pytest.fixture(scope="module")
def copied(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Half:
    """Not to be changed."""
    site = Site(tmp_path_factory.mktemp("copied") / "data", None)
    site.fill()
    url = another_database(postgresql)
    site.ownjournal("migrate-storage", "--to-database", url)
    return Half(site, url, [])


@pytest.fixture
def half(
    copied: Half, tmp_path: Path, settings: Any, django_db_blocker: Any
) -> Iterator[Half]:
    """One's own copy of it; this process is of that site."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite is what is left")
    shutil.copytree(copied.site.folder, tmp_path / "data")
    url = copy_of(copied.url)
    name, template = (each.rpartition("/")[2] for each in (url, copied.url))
    record = tmp_path / "data" / "moving.json"
    record.write_text(record.read_text().replace(template, name))
    here = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        move_to(settings, tmp_path / "data")
        half = Half(Site(tmp_path / "data", None), url, [])
        yield half
        for move in half.moves:
            move.close()
        connection.close()
        connection.settings_dict["NAME"] = here
