"""Abbreviations are learned from what files bring, once, and used with care."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import abbreviations, following, store
from ownjournal.catalogue.abbreviations import Learned, learn, meanings
from ownjournal.catalogue.following import follow
from ownjournal.catalogue.models import Abbreviation
from ownjournal.catalogue.vocabulary import Names
from ownjournal.pubmed.article import Article
from ownjournal.search.embedded import EmbeddedIndex

pytestmark = pytest.mark.django_db

SLF = "We watched sudden long falls (SLF) in Lower Merrow."


@pytest.fixture(autouse=True)
def index(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EmbeddedIndex]:
    """An index of this test alone."""
    opened = EmbeddedIndex.open(tmp_path_factory.mktemp("index"))
    for module in (abbreviations, following):
        monkeypatch.setattr(module, "index", lambda: opened)
    yield opened
    opened.close()


def articles(count: int, abstract: str = SLF, first: int = 1) -> list[Article]:
    return [
        an_article(pmid=first + number, abstract=abstract) for number in range(count)
    ]


def test_short_and_long_form_lead_to_each_other(index: EmbeddedIndex) -> None:
    shelve(*articles(3))
    follow(index)

    assert learn() == Learned(3, store.revision())
    assert meanings(
        ["slf", "SLF", "Sudden long fall", "sudden long falls", "fall"]
    ) == {
        "slf": ("sudden long fall",),
        "SLF": ("sudden long fall",),
        "Sudden long fall": ("SLF",),
        "sudden long falls": ("SLF",),
    }


def test_two_definitions_are_too_few(index: EmbeddedIndex) -> None:
    shelve(*articles(2))
    follow(index)
    learn()

    assert meanings(["slf"]) == {}


def test_what_means_this_and_that_is_not_read_as_either(index: EmbeddedIndex) -> None:
    shelve(*articles(3), *articles(3, "A slow late fever (SLF) came.", first=10))
    follow(index)
    learn()

    assert meanings(["slf", "slow late fever"]) == {}


def test_a_word_that_is_mostly_something_else_is_left(index: EmbeddedIndex) -> None:
    cats = articles(40, "The cat sat on the mat of Merrow.", first=100)
    shelve(*articles(3, "A common allergy test (CAT) was done."), *cats)
    follow(index)
    learn()

    assert meanings(["cat", "common allergy test"]) == {}


def test_each_file_is_read_once_and_each_article_counted_once(
    index: EmbeddedIndex,
) -> None:
    first = articles(3)
    shelve(*first)
    shelve(*articles(2, first=7))
    learn()
    again = [replace(each, languages=("ger",)) for each in first]
    shelve(*again)

    assert [learn().articles for _ in range(3)] == [2, 0, 0]
    assert [row.articles for row in Abbreviation.objects.all()] == [5]


def test_a_step_that_is_stopped_leaves_nothing_half_read() -> None:
    shelve(*articles(3))

    assert learn(lambda: True).articles == 0
    assert not Abbreviation.objects.exists()
    assert learn().articles == 3


def test_nothing_is_learned_from_an_empty_catalogue() -> None:
    assert learn() == Learned(0, 0)


def test_what_was_seen_once_is_forgotten_when_there_is_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(abbreviations, "MOST_ROWS", 1)
    shelve(*articles(3), *articles(1, "A slow late fever (SLF) came.", first=10))

    learn()

    assert [row.long for row in Abbreviation.objects.all()] == ["sudden long fall"]


def test_of_a_great_load_the_newest_part_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(abbreviations, "READ", 2)
    shelve(*articles(3))
    shelve(*articles(2, first=10))

    assert learn() == Learned(2, store.revision())
    assert learn().articles == 0


def test_a_query_is_read_with_them(index: EmbeddedIndex) -> None:
    shelve(*articles(3))
    follow(index)
    learn()

    assert Names().abbreviations({"slf", "pyrexia"}) == {"slf": ("sudden long fall",)}
