"""A site with a data folder of its own for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ownjournal.catalogue import following, received, spread
from ownjournal.site import home


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """The data folder; nothing that a process remembers outlives the test."""
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "a secret for tests"
    following.index.cache_clear()
    received.received.cache_clear()
    home.front.cache_clear()
    spread._counted.cache_clear()
    yield tmp_path
    following.index.cache_clear()
    home.front.cache_clear()
