"""A reader, and a site to write from."""

import pytest

from ownjournal.readers.models import Reader


@pytest.fixture
def alice(db: None) -> Reader:
    return Reader.objects.create_reader("alice@merrow.test")
