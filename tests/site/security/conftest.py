"""A site with somebody else's things, at which the tests knock."""

import pytest

from made.two_readers import Site, a_site
from ownjournal.catalogue import following


@pytest.fixture
def site(db: None) -> Site:
    """With what is indexed, so that searches answer."""
    built = a_site()
    following.follow(following.index())
    return built
