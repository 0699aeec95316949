"""What becomes of articles: told once to each curator, and kept in the history."""

import pytest

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.collections import arranging, watching
from ownjournal.collections.models import Collection
from ownjournal.pubmed.article import Article, PublicationType
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.models import Letter

from .conftest import FIRST, NOW


@pytest.fixture
def filled(fevers: Collection, ada: Reader) -> Collection:
    arranging.add(fevers, [FIRST, FIRST + 1], NOW, by=ada)
    watching.look()
    return fevers


def a_retracted(pmid: int) -> Article:
    retracted = PublicationType("D016441", "Retracted Publication")
    return an_article(pmid=pmid, title="Wrong", publication_types=(retracted,))


def news() -> list[Letter]:
    return list(Letter.objects.filter(kind="collection-news").order_by("pk"))


def test_each_curator_is_told_of_a_retraction_once(
    filled: Collection, bea: Reader
) -> None:
    filled.curators.create(reader=bea, since_at=NOW)
    shelve(a_retracted(FIRST))

    assert watching.look() == 1
    assert watching.look() == 0
    shelve(a_retracted(FIRST))
    assert watching.look() == 0

    assert [each.reader_id for each in news()] == [
        each.reader_id for each in filled.curators.all()
    ]
    mail = letters.make(news()[0])
    assert mail is not None
    assert mail.subject == "Retracted: news of your collection “Fevers of Merrow”"
    assert "Wrong: retracted or withdrawn." in mail.text
    assert f"/articles/{FIRST}" in mail.text
    newest = filled.changes.first()
    assert newest is not None
    assert (newest.what, newest.pmid, newest.by) == ("retracted", FIRST, None)


def test_what_is_taken_back_and_what_comes_clear_is_told(filled: Collection) -> None:
    shelve(taken_back=[FIRST + 1])
    watching.look()
    shelve(a_retracted(FIRST))
    watching.look()
    shelve(an_article(pmid=FIRST, title="Right after all"))
    watching.look()

    told = list(filled.changes.values_list("what", "pmid")[:3])
    assert told == [
        ("cleared", FIRST),
        ("retracted", FIRST),
        ("gone", FIRST + 1),
    ]
    assert len(news()) == 3


def test_what_was_known_when_it_was_added_is_no_news(
    filled: Collection, ada: Reader
) -> None:
    shelve(a_retracted(FIRST + 2))
    arranging.add(filled, [FIRST + 2], NOW, by=ada)

    assert watching.look() == 0
    assert news() == []


def test_who_no_longer_keeps_it_gets_no_mail(filled: Collection, ada: Reader) -> None:
    shelve(a_retracted(FIRST))
    watching.look()
    filled.curators.all().delete()

    assert letters.make(news()[0]) is None


def test_nothing_is_told_where_no_collection_has_it(filled: Collection) -> None:
    following.follow(following.index())
    shelve(a_retracted(FIRST + 5))

    assert watching.look() == 0
