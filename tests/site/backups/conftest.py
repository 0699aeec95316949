"""A site with everything, made once, on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from made.backups import Site
from made.postgres import postgres, programs


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres() as url:
        yield url


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def kind(request: pytest.FixtureRequest) -> str | None:
    """A server's URL, None for SQLite."""
    if request.param == "SQLite":
        return None
    return str(request.getfixturevalue("server"))


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
