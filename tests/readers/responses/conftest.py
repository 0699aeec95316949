"""Alice, and articles about fever, gout and asthma on a shelf."""

import pytest

from made.articles import an_article
from made.shelf import shelve
from ownjournal.pubmed.article import Article, MeshHeading
from ownjournal.readers.models import Reader

FEVER = MeshHeading("D005334", "Fever", major=True)
GOUT = MeshHeading("D006073", "Gout", major=True)
FIRST = 99_300_001


@pytest.fixture
def bob(db: None) -> Reader:
    return Reader.objects.create_reader("bob@merrow.test")


@pytest.fixture
def shelf(db: None) -> list[Article]:
    """Six articles; those of even number are about gout, the others about fever."""
    articles = [
        an_article(
            pmid=FIRST + number,
            title=f"{'Gout' if number % 2 else 'Fever'} in village {number}",
            abstract="What was seen in villages.",
            mesh=(GOUT if number % 2 else FEVER,),
        )
        for number in range(6)
    ]
    shelve(*articles)
    return articles
