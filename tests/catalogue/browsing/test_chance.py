"""Lifts and their intervals, against numbers worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.catalogue.browsing.chance import (
    Lift,
    bridging,
    lift,
    lifts,
    standing_out,
)


def test_the_ratio_and_its_interval_are_those_of_katz() -> None:
    # 30 of 200 against 40 of 800: 3.0, and √(1/30 − 1/200 + 1/40 − 1/800) = 0.22818
    found = lift(30, 200, 40, 800)

    assert found.ratio == pytest.approx(3.0)
    assert found.low == pytest.approx(3.0 / math.exp(1.959964 * 0.228218), rel=1e-4)
    assert found.high == pytest.approx(3.0 * math.exp(1.959964 * 0.228218), rel=1e-4)
    assert found.articles == 30


def test_what_no_other_article_has_counts_as_half_an_article() -> None:
    found = lift(5, 10, 0, 1_000)

    assert found.ratio == pytest.approx(0.5 / 0.0005)
    assert found.low < found.ratio < found.high


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 9_000), st.data())
def test_an_interval_holds_its_ratio_and_narrows_with_more_articles(
    having: int, more: int, others_having: int, data: st.DataObject
) -> None:
    others = others_having + data.draw(st.integers(1, 9_000))
    one = lift(having, having + more, others_having, others)
    ten = lift(having * 10, (having + more) * 10, others_having * 10, others * 10)

    assert one.low <= one.ratio <= one.high
    if others_having:
        assert ten.ratio == pytest.approx(one.ratio)
        assert ten.low >= one.low * (1 - 1e-9)


@pytest.mark.parametrize(
    "counts", [(0, 5, 1, 5), (6, 5, 1, 5), (1, 5, 6, 5), (1, 5, 0, 0), (1, 5, -1, 5)]
)
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="of"):
        lift(*counts)


def test_topics_of_a_few_articles_are_not_looked_at() -> None:
    found = lifts({"D1": 2, "D2": 3}, 10, {"D1": 2, "D2": 30}, 1_000)

    assert set(found) == {"D2"}
    assert found["D2"] == lift(3, 10, 27, 990)


def test_all_articles_have_no_others_to_compare_with() -> None:
    assert lifts({"D1": 5}, 10, {"D1": 5}, 10) == {}


def _lift(low: float, articles: int = 9) -> Lift:
    return Lift(low * 2, low, low * 4, articles)


def test_what_may_be_chance_does_not_stand_out() -> None:
    found = {"D3": _lift(4), "D1": _lift(0.9), "D2": _lift(7), "D0": _lift(4)}

    assert [topic for topic, _ in standing_out(found)] == ["D2", "D0", "D3"]


def test_a_bridge_is_as_strong_as_its_weaker_side_and_on_no_article_on_both() -> None:
    left = {"D1": _lift(50), "D2": _lift(4), "D3": _lift(9), "D4": _lift(9)}
    right = {"D1": _lift(2), "D2": _lift(3), "D3": _lift(0.5), "D5": _lift(9)}

    assert bridging(left, right, {}) == ["D2", "D1"]
    assert bridging(left, right, {"D2": 1, "D1": 0}) == ["D1"]
