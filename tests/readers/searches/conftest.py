"""What tests of saved searches may use."""

from collections.abc import Iterator

import pytest

from ownjournal.catalogue import following, received


@pytest.fixture(autouse=True)
def own_index(own_data: None) -> Iterator[None]:
    """An index of this test's own."""
    following.index.cache_clear()
    received.received.cache_clear()
    yield
    following.index.cache_clear()
