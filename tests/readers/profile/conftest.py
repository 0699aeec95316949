"""Alice, who just came in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ownjournal.catalogue import following
from ownjournal.readers.models import Reader


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A folder and an index of this test's own."""
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "a secret for tests"
    following.index.cache_clear()
    yield
    following.index.cache_clear()


@pytest.fixture
def alice(db: None, client: Client) -> Reader:
    """Signed in."""
    reader = Reader.objects.create_reader("alice@merrow.test")
    client.force_login(reader)
    return reader
