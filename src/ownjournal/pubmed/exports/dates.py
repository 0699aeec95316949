"""When an article was published, for programs: as precise as it was printed.

Which of two dates counts follows the publication model, as in a citation
(`pubmed.citation`). A range that NLM prints in words, "2019 Jan-Feb", becomes
its two ends where there is one way to read it; other words stay words.
"""

import re
from datetime import date

from msgspec import Struct

from ownjournal.pubmed.article import Article, Book, PubDate
from ownjournal.pubmed.citation import (
    ARTICLE_DATE_COUNTS,
    date_text,
    is_whole_book,
)
from ownjournal.pubmed.exports.clean import line
from ownjournal.pubmed.months import SHORT_MONTHS

SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
"""Seasons as CSL numbers them."""

_MONTH = "|".join(SHORT_MONTHS)
_RANGE = re.compile(
    rf"([0-9]{{4}})(?: ({_MONTH})(?: ([0-9]{{1,2}}))?)? ?- ?"
    rf"(?:([0-9]{{4}})(?= |$) ?)?(?:({_MONTH})(?: (?=[0-9]))?)?([0-9]{{1,2}})?"
)
_SEASONS = re.compile(
    r"([0-9]{4}) ((?:Spring|Summer|Autumn|Fall|Winter)"
    r"(?: ?- ?(?:Spring|Summer|Autumn|Fall|Winter))?)"
)


class Dated(Struct, frozen=True):
    """A date or a range; each end is (year), (year, month) or (year, month, day)."""

    ends: tuple[tuple[int, ...], ...] = ()  # one, or two of a range; () for words
    season: str | None = None  # "Summer", beside a year alone
    words: str | None = None  # printed, and no date


def issued(article: Article) -> PubDate | None:
    """The date that counts; of a part of a book its own, where it has one."""
    if article.book is not None:
        own = None if is_whole_book(article) else article.book.contributed_on
        return own if own and date_text(own) else of_book(article.book)
    if article.publication_model in ARTICLE_DATE_COUNTS:
        return electronic(article) or _of_issue(article)
    return of_issue(article)


def of_issue(article: Article) -> PubDate | None:
    """The date of the issue; where it has none, of electronic publication."""
    return _of_issue(article) or electronic(article)


def _of_issue(article: Article) -> PubDate | None:
    when = article.journal_issue.date if article.journal_issue is not None else None
    return when if when is not None and date_text(when) is not None else None


def of_book(book: Book) -> PubDate | None:
    """The book's own date; else when it began, was revised or contributed."""
    dates = (book.date, book.begins, book.revised_on, book.contributed_on)
    return next((each for each in dates if each and date_text(each)), None)


def electronic(article: Article) -> PubDate | None:
    """The day of electronic publication."""
    for each in article.article_dates:
        if each.kind == "Electronic" and date_text(each.date) is not None:
            return each.date
    return None


def read(when: PubDate) -> Dated:
    """The date in numbers, or its words where they are no date."""
    if when.printed:
        return _read_words(" ".join((line(when.printed) or "").split()))
    if when.year is None:
        return Dated()
    parts = (when.year, when.month, when.day)
    known = parts[: parts.index(None)] if None in parts else parts
    season = line(when.season) if when.month is None else None
    return Dated((tuple(part for part in known if part is not None),), season)


def beginning(when: PubDate | None, between: str = "-") -> str | None:
    """ "2017-06-19", "2017-06" or "2017"; of a range its beginning."""
    ends = read(when).ends if when is not None else ()
    return between.join(f"{part:02}" for part in ends[0]) if ends else None


def iso(when: PubDate | None) -> str | None:
    """ "2019-06-04", "2019-06", "2019"; a range as "2019-01/2019-02".

    A season and words that are no date stay as they are printed: "2019 Summer".
    ISO 8601-1:2019 has the same forms.
    """
    if when is None:
        return None
    dated = read(when)
    if dated.words:
        return dated.words
    ends = "/".join("-".join(f"{part:02}" for part in end) for end in dated.ends)
    return " ".join(part for part in (ends, dated.season) if part) or None


def _read_words(printed: str) -> Dated:
    if printed.isdigit() and len(printed) == 4:
        return Dated(((int(printed),),))
    if found := _SEASONS.fullmatch(printed):
        return Dated(((int(found[1]),),), season=found[2].replace(" ", ""))
    if (found := _RANGE.fullmatch(printed)) and (ends := _ends(found)):
        return Dated(ends)
    return Dated(words=printed or None)


def _ends(found: re.Match[str]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Both ends of a range, as precise as each other and in order; else None."""
    year, month, day, end_year, end_month, end_day = found.groups()
    if end_month is None and end_year is None:
        end_month = month  # "2019 Jan 5-12"
    first = _numbers(year, month, day)
    last = _numbers(end_year or year, end_month, end_day)
    if first is None or last is None or len(first) != len(last) or first >= last:
        return None
    return first, last


def _numbers(year: str, month: str | None, day: str | None) -> tuple[int, ...] | None:
    if month is None:
        return (int(year),) if day is None else None
    number = SHORT_MONTHS.index(month) + 1
    if day is None:
        return int(year), number
    try:
        date(int(year), number, int(day))
    except ValueError:
        return None
    return int(year), number, int(day)
