"""Dates as pages tell them: as precise as they were printed, never more."""

from ownjournal.pubmed.article import Article, PubDate
from ownjournal.pubmed.months import MONTHS


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
