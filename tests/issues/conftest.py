"""Alice reads about fever and asthma; 60 trials came in ten days ago."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import following
from ownjournal.readers import registry
from ownjournal.readers.models import Reader


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "a secret for tests"


@pytest.fixture
def alice(db: None) -> Reader:
    shelve(*trials(99_200_000, 60))
    return registry.add("alice@merrow.test", words=["fever", "asthma"])


@pytest.fixture
def own_index(own_data: None) -> Iterator[None]:
    """An index of this test's own."""
    following.index.cache_clear()
    yield
    following.index.cache_clear()
