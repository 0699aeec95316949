"""Dates as queries write them, as precise as they are: 2019, 2019/06, 2019/06/04."""

import re
from calendar import monthrange
from datetime import date

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
