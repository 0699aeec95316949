"""Dates as queries write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.search.dates import is_before_now, is_date, since, span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020/02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-6", date(2019, 6, 1), date(2019, 6, 30)),
        ("2019/06/04", date(2019, 6, 4), date(2019, 6, 4)),
    ],
)
def test_a_date_spans_all_days_that_it_can_mean(
    text: str, first: date, last: date
) -> None:
    assert span(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "19", "2024/13", "2023/02/29", "0000", "2019/", "٢٠١٩", "2019/6/4/1"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert span(text) is None
    assert not is_date(text)


TODAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("last 30 days", date(2024, 3, 1)),
        ("last 1 day", date(2024, 3, 30)),
        ("last 2 weeks", date(2024, 3, 17)),
        ("last 1 month", date(2024, 2, 29)),
        ("last 13 months", date(2023, 2, 28)),
        ("last 3 months", date(2023, 12, 31)),
        ("last 5 years", date(2019, 3, 31)),
        ("last 2022 years", date(2, 3, 31)),
        ("last 9999 years", date.min),
        ("last 0 days", TODAY),
    ],
)
def test_a_time_before_now_begins_on_the_same_day_earlier(text: str, day: date) -> None:
    assert is_before_now(text)
    assert since(text, TODAY) == day


def test_a_month_before_is_the_same_day_of_it() -> None:
    assert since("last 1 month", date(2024, 3, 15)) == date(2024, 2, 15)


@pytest.mark.parametrize(
    "text", ["last days", "last -1 days", "last 5 aeons", "last ٥ days", "30 days"]
)
def test_what_is_no_time_before_now_is_told(text: str) -> None:
    assert not is_before_now(text)
    with pytest.raises(ValueError, match=text):
        since(text, TODAY)


@given(st.integers(0, 9999), st.sampled_from(["day", "week", "month", "year"]))
def test_every_time_before_now_is_a_date_that_a_query_can_have(
    count: int, unit: str
) -> None:
    day = since(f"last {count} {unit}s", TODAY)

    assert day <= TODAY
    assert is_date(f"{day.year:04}/{day.month:02}/{day.day:02}")
