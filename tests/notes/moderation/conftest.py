"""Olga runs the site, Mona moderates; Alice wrote a pearl, Bob reads it."""

import pytest

from made.notes import a_note
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import Moderator
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader


@pytest.fixture
def olga(db: None) -> Reader:
    return Reader.objects.create_reader("olga@merrow.test", is_operator=True)


@pytest.fixture
def mona(db: None) -> Reader:
    mona = Reader.objects.create_reader("mona@merrow.test")
    Moderator.objects.create(reader=mona)
    return mona


@pytest.fixture
def pearl(alice: Reader, article: Article) -> Note:
    return a_note(author=alice, pmid=article.pmid)
