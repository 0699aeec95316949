"""Ada keeps collections, Bea may keep them with her, Cleo is a stranger."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.collections import curating
from ownjournal.collections.models import Collection
from ownjournal.pubmed.article import Article, Identifiers
from ownjournal.readers.models import Reader

FIRST = 99_400_001
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "a secret for tests"
    following.index.cache_clear()
    yield
    following.index.cache_clear()


@pytest.fixture
def ada(db: None) -> Reader:
    return Reader.objects.create_reader("ada@merrow.test")


@pytest.fixture
def bea(db: None) -> Reader:
    return Reader.objects.create_reader("bea@merrow.test")


@pytest.fixture
def cleo(db: None) -> Reader:
    return Reader.objects.create_reader("cleo@elsewhere.test")


@pytest.fixture
def shelf(db: None) -> list[Article]:
    """Eight articles, each with a DOI and a PMCID, and an index that has them."""
    articles = [
        an_article(
            pmid=FIRST + number,
            title=f"Velotrine in village {number}",
            identifiers=Identifiers(
                doi=f"10.99999/Velo.{number}", pmcid=f"PMC990{number}"
            ),
        )
        for number in range(8)
    ]
    shelve(*articles)
    following.follow(following.index())
    return articles


@pytest.fixture
def fevers(ada: Reader, shelf: object) -> Collection:
    """A private collection that Ada alone keeps; it is empty."""
    return curating.make(ada, "Fevers of Merrow", NOW)


def signed_in(reader: Reader) -> Client:
    client = Client()
    client.force_login(reader)
    return client
