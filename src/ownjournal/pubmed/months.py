"""The months in English, as NLM prints them.

The calendar module's names follow the machine's language.
"""

import re

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
"""As citations have them: "Jun"."""

MONTH_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(SHORT_MONTHS, start=1)},
    **{name.lower(): number for number, name in enumerate(MONTHS, start=1)},
    "sept": 9,
}
"""By every spelling, in small letters."""

SEASONS = {"winter": 1, "spring": 4, "summer": 7, "fall": 10, "autumn": 10}
"""The month that PubMed searches and sorts a season by.

Source: PubMed User Guide, https://pubmed.ncbi.nlm.nih.gov/help/, "Publication date".
"""

_NAMED = re.compile(r"([A-Za-z]+)\.?(?: ?([0-9]{1,2})(?![0-9]))?")
_YEARS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def first_named(printed: str) -> tuple[int, int] | None:
    """The first month or season of a date in words, and the day behind it, or 1.

    "2019 Nov-Dec" → (11, 1), "1998 Dec 28-1999 Jan 3" → (12, 28), "Summer" → (7, 1).
    None where none is named before a second year, which it then belongs to.
    """
    years = [found.start() for found in _YEARS.finditer(printed)]
    for word, day in _NAMED.findall(printed[: years[1]] if years[1:] else printed):
        if (number := MONTH_NUMBERS.get(word.lower())) is not None:
            return number, int(day or 1)
        if (number := SEASONS.get(word.lower())) is not None:
            return number, 1
    return None
