"""Alice reads; one article of 450 words is here."""

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.readers import registry
from ownjournal.readers.models import Reader

PMID = 31_000_001


@pytest.fixture
def alice(db: None, client: Client) -> Reader:
    shelve(an_article(pmid=PMID, abstract="word " * 450))
    alice = registry.add("alice@merrow.test")
    client.force_login(alice)
    return alice
