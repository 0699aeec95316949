"""Saved searches: kept once, counted cheaply, looked at, followed by feed."""

from typing import Any

import pytest

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following, store
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.readers import registry
from ownjournal.readers.models import Reader, SavedSearch
from ownjournal.readers.searches import keeping
from ownjournal.readers.searches.keeping import (
    CannotSave,
    close_feed,
    count_new,
    feed_path,
    look,
    move_up,
    of_feed,
    open_feed,
    rename,
    save,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> Reader:
    return registry.add("alice@merrow.test")


def kept(reader: Reader, parameters: str) -> SavedSearch:
    return save(reader, parameters)[0]


def arrive(*pmids: int) -> None:
    shelve(*(an_article(pmid=pmid) for pmid in pmids))
    following.follow(following.index())


def test_a_search_is_kept_once_in_one_form(alice: Reader) -> None:
    first, new = save(alice, "design=rct&q=fever&page=7&since=3")
    second, again = save(alice, "q=fever&order=best&design=rct")

    assert (new, again) == (True, False)
    assert first == second
    assert first.parameters == "q=fever&design=rct"
    assert first.name == "fever, Randomised controlled trial"


@pytest.mark.parametrize(
    "parameters",
    ["", "q=", "order=newest", "q=fever&design=none", "q=fever&page=0", "%00"],
)
def test_nothing_to_search_for_is_nothing_to_keep(
    alice: Reader, parameters: str
) -> None:
    with pytest.raises(CannotSave, match="nothing in this search"):
        save(alice, parameters)


def test_there_is_an_end_to_what_is_kept(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotSave, match="4,000 characters"):
        save(alice, "q=" + "fever+" * 1_000)
    monkeypatch.setattr(keeping, "MOST", 2)
    save(alice, "q=a1")
    save(alice, "q=b1")
    with pytest.raises(CannotSave, match="the most"):
        save(alice, "q=c1")
    assert save(alice, "q=a1")[1] is False


def test_new_ones_are_counted_from_when_it_was_kept(alice: Reader) -> None:
    arrive(1, 2)
    search = kept(alice, "q=velotrine")
    lists = ReaderLists(alice)

    assert count_new(search, lists) == 0
    arrive(3)
    assert count_new(search, lists) == 1
    arrive(4, 5)
    assert count_new(search, lists) == 3
    assert search.counted_revision == store.revision()


def test_what_the_index_lacks_is_counted_once_it_has_it(alice: Reader) -> None:
    arrive(1)
    search = kept(alice, "q=velotrine")
    shelve(an_article(pmid=2))  # and the index does not know yet
    lists = ReaderLists(alice)

    assert count_new(search, lists) == 0
    look(search)
    later = kept(alice, "q=velotrine&year=2024")
    following.follow(following.index())

    assert count_new(search, lists) == 1
    assert later.seen_revision < store.revision()


def test_nothing_is_counted_twice_or_without_need(
    alice: Reader, django_assert_num_queries: Any
) -> None:
    search = kept(alice, "q=velotrine")
    arrive(1)
    lists = ReaderLists(alice)
    stale = SavedSearch.objects.get()  # as another process holds it

    assert count_new(search, lists) == 1
    assert count_new(stale, lists) == 1
    with django_assert_num_queries(1):  # the clock
        assert count_new(search, lists) == 1


def test_only_hits_count(alice: Reader) -> None:
    search = kept(alice, "q=velotrine&design=cohort")
    shelve(
        an_article(pmid=1, title="Velotrine: a cohort study."),
        an_article(pmid=2, title="Velotrine: a randomised trial."),
    )
    following.follow(following.index())

    assert count_new(search, ReaderLists(alice)) == 1


def test_looking_shows_the_new_ones_and_takes_them_as_seen(alice: Reader) -> None:
    arrive(1)
    search = kept(alice, "q=velotrine&order=newest")
    before = store.revision()
    arrive(2)
    count_new(search, ReaderLists(alice))

    address = look(search)

    assert address == f"/search?q=velotrine&since={before}&order=newest"
    search.refresh_from_db()
    assert (search.new, search.seen_revision) == (0, store.revision())


def test_a_search_that_cannot_be_read_any_more_harms_nothing(alice: Reader) -> None:
    search = kept(alice, "q=velotrine")
    SavedSearch.objects.update(parameters="q=velotrine&design=gone-since")
    search.refresh_from_db()
    arrive(1)

    assert count_new(search, ReaderLists(alice)) == 0


def test_a_name_is_one_line(alice: Reader) -> None:
    search = kept(alice, "q=velotrine")

    rename(search, "  My\n\x00 search \u202e ")

    assert search.name == "My search"
    with pytest.raises(CannotSave, match="needs a name"):
        rename(search, " \n")


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ("q=fe%00ver%0A%E2%80%AE", "fe ver"),
        ("q=%E2%80%AE", "A search"),
        ("year=2019-&free=yes", "Since 2019, Free full text"),
        ("q=" + "fever+" * 99, "fever " * 33 + "f…"),
    ],
)
def test_a_search_is_named_by_what_it_asks_for(
    alice: Reader, parameters: str, name: str
) -> None:
    assert kept(alice, parameters).name == name


def test_searches_move_up_one_by_one(alice: Reader) -> None:
    searches = {word: kept(alice, f"q={word}") for word in ("a1", "b1", "c1")}

    move_up(searches["c1"])
    assert [each.name for each in alice.searches.all()] == ["a1", "c1", "b1"]
    move_up(searches["c1"])
    move_up(searches["c1"])
    assert [each.name for each in alice.searches.all()] == ["c1", "a1", "b1"]


def secret(search: SavedSearch) -> tuple[int, str]:
    search.refresh_from_db()
    path = feed_path(search)
    assert path is not None
    number, token = (
        path.removeprefix("/searches/feeds/").removesuffix(".atom").split("-")
    )
    return int(number), token


def test_a_feed_is_opened_by_its_secret_alone(alice: Reader) -> None:
    search = kept(alice, "q=velotrine")
    assert feed_path(search) is None
    open_feed(search)
    number, token = secret(search)

    assert of_feed(number, token) == search
    assert len(token) == 32
    assert of_feed(number, "0" * 32) is None
    assert of_feed(number + 1, token) is None


def test_a_new_address_ends_the_old_one_and_none_comes_back(alice: Reader) -> None:
    search = kept(alice, "q=velotrine")
    open_feed(search)
    number, first = secret(search)
    open_feed(search)
    _, second = secret(search)

    assert first != second
    assert of_feed(number, first) is None
    close_feed(search)
    assert of_feed(number, second) is None
    open_feed(search)
    assert of_feed(number, first) is of_feed(number, second) is None


def test_a_reader_who_may_not_come_in_has_no_feed(alice: Reader) -> None:
    search = kept(alice, "q=velotrine")
    open_feed(search)
    alice.is_active = False
    alice.save()

    assert of_feed(*secret(search)) is None
