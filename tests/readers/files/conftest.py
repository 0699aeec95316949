"""A bucket on loopback, once, and a data folder of its own for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from made.bucket import Store, store


@pytest.fixture(scope="session")
def shared() -> Iterator[Store]:
    with store() as made:
        yield made


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.OUTBOX_DIR = tmp_path / "outbox"


@pytest.fixture
def empty(shared: Store) -> Store:
    """The same, with nothing in it."""
    shared.clear()
    return shared
