"""What tests of pages and lists of the catalogue may use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ownjournal.catalogue import following, received


@pytest.fixture
def own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A data folder with an index of this test's own."""
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "a secret for tests"
    following.index.cache_clear()
    received.received.cache_clear()
    yield
    following.index.cache_clear()
