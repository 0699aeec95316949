"""Parts of names that more than one style needs."""

import re
from collections.abc import Iterable

from ownjournal.pubmed.article import Author

ROMAN = {"2nd": "II", "3rd": "III", "4th": "IV", "5th": "V", "6th": "VI"}


def signing(people: Iterable[Author]) -> list[Author]:
    """Those with a name that no correction withdrew."""
    return [
        each
        for each in people
        if each.valid and (each.last_name or each.group or each.fore_name)
    ]


def initials(author: Author) -> list[str]:
    """The letters of NLM's initials; else the first letters of the fore names."""
    if author.initials:
        return [author.initials]
    return [each[:1].upper() for each in re.split("[ -]+", author.fore_name or "")]


def roman(suffix: str | None) -> str | None:
    """ "III" of NLM's "3rd"; "Jr" as it is."""
    return ROMAN.get(suffix, suffix) if suffix else None
