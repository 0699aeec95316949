"""Dates as queries write them."""

from datetime import date

import pytest

from ownjournal.search.dates import is_date, span


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
