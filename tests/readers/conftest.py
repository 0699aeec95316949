"""A site with a data folder of its own for each test."""

from pathlib import Path
from typing import Any

import pytest

from ownjournal.readers.models import Reader


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "a secret for tests"


@pytest.fixture
def alice(db: None) -> Reader:
    return Reader.objects.create_reader("alice@merrow.test")
