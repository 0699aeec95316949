"""What saved searches find of an issue's articles: asked once, never beyond them."""

from typing import Any

import pytest
from django.utils import timezone

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.readers import registry
from ownjournal.readers.interests import of_reader
from ownjournal.readers.models import Reader
from ownjournal.readers.searches import matching
from ownjournal.readers.searches.keeping import save
from ownjournal.readers.searches.matching import Matching

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> Reader:
    for pmid, title in ((11, "Velotrine"), (12, "Merrow"), (13, "Velotrine again")):
        shelve(an_article(pmid=pmid, title=title, abstract=None))
    return registry.add("alice@merrow.test")


def found(reader: Reader, parameters: str, among: Matching) -> tuple[int, ...]:
    return among.of(save(reader, parameters)[0], ReaderLists(reader))


def test_it_finds_what_the_search_finds_among_these_articles(alice: Reader) -> None:
    assert found(alice, "q=velotrine", Matching([13, 12, 11])) == (11, 13)
    assert found(alice, "q=velotrine", Matching([13, 12])) == (13,)
    assert found(alice, "q=velotrine&design=rct", Matching([13, 12])) == ()
    assert found(alice, "q=velotrine", Matching([])) == ()


def test_of_very_many_the_best_are_taken(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "MOST", 1)

    assert found(alice, "q=velotrine+OR+again", Matching([13, 12, 11])) == (13,)


def test_a_search_of_several_readers_is_asked_once(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben, among, asked = registry.add("ben@merrow.test"), Matching([11, 12, 13]), []
    following.follow(following.index())
    search = following.index().search

    def counting(*given: Any, **more: Any) -> Any:
        asked.append(given)
        return search(*given, **more)

    monkeypatch.setattr(following.index(), "search", counting)

    for reader in (alice, ben, alice):
        assert found(reader, "q=velotrine", among) == (11, 13)
    assert len(asked) == 1

    for reader in (alice, ben):  # each has another list
        assert found(reader, "q=sent:me", among) == ()
    assert len(asked) == 3


def test_a_search_that_cannot_be_read_any_more_finds_nothing(alice: Reader) -> None:
    search, _ = save(alice, "q=velotrine")
    search.parameters = "q=velotrine&design=nothing"

    assert Matching([11]).of(search, ReaderLists(alice)) == ()


def test_what_a_search_finds_is_an_interest_by_the_name_of_the_search(
    alice: Reader,
) -> None:
    search, _ = save(alice, "q=velotrine")
    save(alice, "q=nothingatall")

    [interest] = of_reader(alice, Matching([11, 12]), timezone.now())

    assert interest.key == f"search:{search.pk}"
    assert interest.name == "velotrine"
    assert interest.matches == (11,)
