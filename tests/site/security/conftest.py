"""A site with somebody else's things, built once a module: the tests only knock."""

from collections.abc import Iterator

import pytest

from made.two_readers import Site, a_site
from ownjournal.catalogue import following


@pytest.fixture
def site(db: None) -> Iterator[Site]:
    """With what is indexed, so that searches answer."""
    built = a_site()
    following.follow(following.index())
    yield built
