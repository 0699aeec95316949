"""Articles in places: whatever is done, places count from 1 without gaps."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownjournal.collections import arranging, order
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.models import Collected, Collection
from ownjournal.readers.models import Reader

from .conftest import FIRST, NOW

MOVES = st.lists(
    st.tuples(
        st.integers(0, 7), st.integers(0, 10), st.sampled_from(["", "a", "b", "out"])
    ),
    max_size=12,
)


def places(collection: Collection) -> list[int]:
    return [pmid - FIRST for pmid in order.pmids(collection)]


def add(collection: Collection, by: Reader, *numbers: int) -> None:
    pmids = [FIRST + number for number in numbers]
    arranging.add(collection, pmids, NOW, by=by)


def move(collection: Collection, by: Reader, number: int, place: int) -> None:
    arranging.move(collection, FIRST + number, place, NOW, by=by, section=None)


def test_articles_stand_as_they_were_added_and_each_once(
    fevers: Collection, ada: Reader
) -> None:
    add(fevers, ada, 3, 1, 3)
    add(fevers, ada, 1, 2)

    assert places(fevers) == [3, 1, 2]


def test_an_article_is_moved_to_a_place(fevers: Collection, ada: Reader) -> None:
    add(fevers, ada, 0, 1, 2, 3)

    move(fevers, ada, 3, 1)
    assert places(fevers) == [3, 0, 1, 2]
    move(fevers, ada, 3, 99)
    assert places(fevers) == [0, 1, 2, 3]
    move(fevers, ada, 0, 2)
    assert places(fevers) == [1, 0, 2, 3]


def test_what_has_no_heading_comes_first(fevers: Collection, ada: Reader) -> None:
    add(fevers, ada, 0, 1, 2)
    first = arranging.add_section(fevers, "Trials", NOW, by=ada)
    second = arranging.add_section(fevers, "Reviews", NOW, by=ada)
    arranging.move(fevers, FIRST, 1, NOW, by=ada, section=second)
    arranging.move(fevers, FIRST + 1, 1, NOW, by=ada, section=first)
    assert places(fevers) == [2, 1, 0]

    arranging.move_section(fevers, second, -1)
    assert places(fevers) == [2, 0, 1]

    arranging.remove_section(fevers, second, NOW, by=ada)
    assert places(fevers) == [2, 0, 1]
    assert fevers.articles.count() == 3


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
def test_places_never_have_gaps(
    fevers: Collection, ada: Reader, moves: list[tuple[int, int, str]]
) -> None:
    fevers.articles.all().delete()
    fevers.sections.all().delete()
    add(fevers, ada, *range(8))
    sections = {
        name: arranging.add_section(fevers, name, NOW, by=ada) for name in ("a", "b")
    }
    gone = set()
    for number, place, where in moves:
        if where == "out":
            arranging.remove(fevers, FIRST + number, NOW, by=ada)
            gone.add(number)
        else:
            section = sections.get(where)
            arranging.move(fevers, FIRST + number, place, NOW, by=ada, section=section)

    assert sorted(places(fevers)) == sorted(set(range(8)) - gone)
    for section in (None, *sections.values()):
        rows = Collected.objects.filter(collection=fevers, section=section)
        taken = sorted(rows.values_list("position", flat=True))
        assert taken == list(range(1, len(taken) + 1))


def test_what_is_too_much_is_refused_and_nothing_is_added(
    fevers: Collection, ada: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arranging, "MOST", 2)

    with pytest.raises(CannotArrange, match="at most 2"):
        add(fevers, ada, 0, 1, 2)
    assert places(fevers) == []
    with pytest.raises(CannotArrange, match="500"):
        arranging.say(fevers, FIRST, "x" * 501, NOW, by=ada)
    with pytest.raises(CannotArrange, match="name"):
        arranging.add_section(fevers, " \n ", NOW, by=ada)
