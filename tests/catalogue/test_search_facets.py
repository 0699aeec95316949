"""Counts beside the list, and the histogram of years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.catalogue.search_facets import (
    HEIGHT,
    MOST_BARS,
    SHOWN,
    facet_views,
    years_view,
)
from ownjournal.catalogue.search_filters import Filter
from ownjournal.catalogue.search_request import Asked


def test_a_value_is_a_link_that_adds_it_and_a_chosen_one_takes_it_off() -> None:
    asked = Asked("fever", filters=(Filter("design", "rct"),), page=3)

    [view] = facet_views(asked, {"design": [("cohort", 1_234), ("rct", 7)]})

    chosen, other = view.values
    assert (chosen.label, chosen.count, chosen.chosen) == (
        "Randomised controlled trial",
        "7",
        True,
    )
    assert chosen.address == "/search?q=fever"
    assert other.count == "1,234"
    assert other.address == "/search?q=fever&design=rct&design=cohort"
    assert view.open


def test_a_chosen_value_without_articles_can_still_be_taken_off() -> None:
    asked = Asked("fever", filters=(Filter("language", "ger"),))

    [view] = facet_views(asked, {"language": []})

    assert [(each.label, each.count) for each in view.values] == [("German", "0")]


def test_many_values_are_folded_and_none_is_lost() -> None:
    codes = ["eng", "ger", "fre", "ita", "spa", "por", "rus", "dut"]

    [view] = facet_views(Asked("a"), {"language": [(code, 1) for code in codes]})

    assert len(view.values) == SHOWN
    assert len(view.values) + len(view.more) == len(codes)


def test_levels_stand_in_their_order() -> None:
    [view] = facet_views(Asked("a"), {"level": [("4", 9), ("1", 2), ("2", 5)]})

    assert [each.label for each in view.values] == ["Level 1", "Level 2", "Level 4"]


def test_years_without_articles_stand_between_those_with() -> None:
    view = years_view(Asked("a"), {"year": [("2001", 4), ("2004", 2)]})

    assert view is not None
    assert [bar.label for bar in view.bars] == ["2001", "2002", "2003", "2004"]
    assert [bar.height for bar in view.bars] == [HEIGHT, 0, 0, HEIGHT // 2]
    assert view.bars[0].address == "/search?q=a&year=2001"
    assert view.bars[0].articles == "4 articles"


def test_a_chosen_range_fills_the_form_and_leaves_its_fields() -> None:
    asked = Asked(
        "a", "newest", filters=(Filter("year", "2001-"), Filter("level", "1"))
    )

    view = years_view(asked, {"year": [("2001", 4)]})

    assert view is not None
    assert (view.low, view.high) == ("2001", "")
    assert view.fields == (("q", "a"), ("level", "1"), ("order", "newest"))


@pytest.mark.parametrize("counted", [[], [("0001", 3)], [("2000", 0)]])
def test_without_any_year_there_is_no_histogram(counted: list[tuple[str, int]]) -> None:
    assert years_view(Asked("a"), {"year": counted}) is None


@given(st.dictionaries(st.integers(1500, 2100), st.integers(1, 10**7), min_size=1))
def test_bars_are_few_and_count_every_article(numbers: dict[int, int]) -> None:
    counted = [(str(year), count) for year, count in numbers.items()]

    view = years_view(Asked("a"), {"year": counted})

    assert view is not None
    assert len(view.bars) <= MOST_BARS + 1
    told = sum(int(bar.count.replace(",", "")) for bar in view.bars)
    assert told == sum(numbers.values())
    assert max(bar.height for bar in view.bars) == HEIGHT
    assert all(bar.height > 0 for bar in view.bars if bar.count != "0")
