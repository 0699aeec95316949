"""Alice and Bob, an article on a shelf, and notes under it."""

import pytest

from made.articles import an_article
from made.shelf import shelve
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader
from ownjournal.site import home

FIRST = 99_400_001


@pytest.fixture(autouse=True)
def front_page() -> None:
    """Of the test's own articles: one of the same revision may be remembered."""
    home.front.cache_clear()


@pytest.fixture
def alice(db: None) -> Reader:
    return Reader.objects.create_reader("alice@merrow.test")


@pytest.fixture
def bob(db: None) -> Reader:
    return Reader.objects.create_reader("bob@merrow.test")


@pytest.fixture
def article(db: None) -> Article:
    made = an_article(pmid=FIRST, title="Fever in a village")
    shelve(made)
    return made
