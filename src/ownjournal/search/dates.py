"""Dates as queries write them, as precise as they are: 2019, 2019/06, 2019/06/04.

Times before now are written "last 30 days" and mean something else every day.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?", re.ASCII)


def is_date(text: str) -> bool:
    """Whether a text is a date; 2024/13 and 2023/02/29 are none."""
    return span(text) is not None


def span(text: str) -> tuple[date, date] | None:
    """The first and the last day that a date can mean; None if it is no date."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:  # month 13, 30 February, year 0
        return None


_BEFORE_NOW = re.compile(r"last (\d{1,4}) (day|week|month|year)s?", re.ASCII)


def is_before_now(text: str) -> bool:
    """Whether a text is a time before now, such as "last 5 years"."""
    return _BEFORE_NOW.fullmatch(text) is not None


def since(text: str, today: date) -> date:
    """The day on which a time before now begins; ValueError for any other text."""
    found = _BEFORE_NOW.fullmatch(text)
    if found is None:
        raise ValueError(text)
    count, unit = int(found[1]), found[2]
    if unit in ("day", "week"):
        return today - timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    if months < 12:
        return date.min
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
