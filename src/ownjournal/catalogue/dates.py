"""Dates as pages tell them: as precise as they were printed, never more."""

import re
from datetime import date

from ownjournal.pubmed.article import Article, PubDate
from ownjournal.pubmed.months import MONTHS, SHORT_MONTHS

_IN_SOURCE = re.compile(
    r"(?<![0-9-])((?:18|19|20)[0-9]{2})"
    rf"(?: ({'|'.join(SHORT_MONTHS)})(?: ([0-9]{{1,2}})(?=[;:.,\s]|$))?(?=[;:.,\s]|$))?"
    r"(?=[;:.,\s]|$)"
)


def date_told(date: PubDate) -> str | None:
    """ "2017", "June 2017", "19 June 2017", "Summer 2017", or what was printed."""
    if date.year is None:
        return date.printed
    if date.month is None:
        if date.season:
            return f"{date.season} {date.year}"
        return date.printed or str(date.year)
    month = f"{MONTHS[date.month - 1]} {date.year}"
    return f"{date.day} {month}" if date.day else month


def date_machine(date: PubDate) -> str | None:
    """The value of a <time datetime>, with the same precision; None without a year."""
    if date.year is None:
        return None
    parts = [f"{date.year:04}"]
    if date.month is not None:
        parts.append(f"{date.month:02}")
        if date.day is not None:
            parts.append(f"{date.day:02}")
    return "-".join(parts)


def published(article: Article) -> PubDate:
    """The date of the journal's issue; or of the part of a book, or of the book."""
    if article.journal_issue is not None:
        return article.journal_issue.date
    if article.book is not None:
        return article.book.contributed_on or article.book.date
    return PubDate()


def online(article: Article) -> PubDate | None:
    """The day of electronic publication, where it is not the printed date."""
    for each in article.article_dates:
        if each.date.year is not None and each.date != published(article):
            return each.date
    return None


def date_in_source(source: str) -> PubDate | None:
    """The date in "Lancet. 2020 Jun 13;395(10240):1820", a place as NLM writes it."""
    found = _IN_SOURCE.search(source)
    if found is None:
        return None
    year, month, day = found.groups()
    number = SHORT_MONTHS.index(month) + 1 if month else None
    if number is not None and day is not None:
        try:
            date(int(year), number, int(day))
        except ValueError:
            return PubDate(int(year), number)
    return PubDate(int(year), number, int(day) if day else None)
