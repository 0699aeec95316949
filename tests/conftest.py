"""What every test may use."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from playwright.sync_api import Browser
from whitenoise.middleware import WhiteNoiseMiddleware

from made.chromium import chromium
from made.postgres import postgres, programs

# A busy machine is no reason to fail: no test asserts how long something takes.
# What must hold before a change lands is the same each time; elsewhere it is drawn.
hypothesis.settings.register_profile(
    "patient", deadline=None, max_examples=50, derandomize="CI" in os.environ
)
hypothesis.settings.register_profile(
    "everyday", hypothesis.settings.get_profile("patient"), max_examples=20
)
hypothesis.settings.load_profile("patient")

# What a test asks for that comes to the database.
OF_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
SHARED_DATA = "OWNJOURNAL_SHARED_DATA"
NEARBY = Path(__file__).parents[2] / "shared" / "data"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """On PostgreSQL only what comes to it: all else is the same as on SQLite."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    others = [item for item in items if not comes_to_the_database(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if comes_to_the_database(item)]


def pytest_collection_finish() -> None:
    """What all tests share stays: looking through it takes a tenth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def comes_to_the_database(item: pytest.Item) -> bool:
    """Itself, or in the processes that it starts, and for a reason."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return item.get_closest_marker("on_sqlite_alone") is None and (
        item.get_closest_marker("django_db") is not None
        or item.get_closest_marker("its_processes_on_the_database") is not None
        or not OF_A_DATABASE.isdisjoint(fixtures)
    )


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files; absent is a skip, named but absent a failure."""
    named = os.environ.get(SHARED_DATA)
    folder = Path(named) if named else NEARBY
    if folder.is_dir():
        return folder
    if named:
        pytest.fail(f"{SHARED_DATA} names {folder}, which is not there")
    pytest.skip(f"no real files: neither {SHARED_DATA} nor {NEARBY}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once for the tests of a module."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A server of PostgreSQL's for sites of one's own, whatever the tests run on."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres() as url:
        yield url


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def kind(request: pytest.FixtureRequest) -> str | None:
    """A server's URL, None for SQLite."""
    if request.param == "SQLite":
        return None
    return str(request.getfixturevalue("postgresql"))


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the tests' own; nobody's real one is ever touched."""
    folder = tmp_path_factory.mktemp("data")
    os.environ["DATA_DIR"] = str(folder)  # for the processes that tests start
    os.environ["SEMANTIC"] = "no"  # whether or not the extra is there
    settings.DATA_DIR = folder
    settings.OUTBOX_DIR = folder / "outbox"
    settings.SECRET_KEY = "of tests"
    settings.SEMANTIC = False
    return folder


@pytest.fixture(scope="session", autouse=True)
def static_files() -> Iterator[None]:
    """Looked for once: each client of a test would look for all of them again."""
    found: dict[str, Any] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def add(middleware: Any) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: in memory, threads and processes would not see each other."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = tmp_path_factory.mktemp("database")
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
