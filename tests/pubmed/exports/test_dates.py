"""Dates for programs: as precise as printed, by the publication model."""

import pytest

from made.articles import an_article
from ownjournal.pubmed.article import ArticleDate, Book, JournalIssue, PubDate
from ownjournal.pubmed.exports.dates import Dated, iso, issued, read

ONLINE = ArticleDate("Electronic", PubDate(2017, 6, 19))


@pytest.mark.parametrize(
    ("when", "ends", "text"),
    [
        (PubDate(2019), ((2019,),), "2019"),
        (PubDate(2019, 6), ((2019, 6),), "2019-06"),
        (PubDate(2019, 6, 4), ((2019, 6, 4),), "2019-06-04"),
        (PubDate(2019, printed="2019"), ((2019,),), "2019"),
        (PubDate(2019, printed="2019 Jan-Feb"), ((2019, 1), (2019, 2)), None),
        (PubDate(2018, printed="2018 May - Jun"), ((2018, 5), (2018, 6)), None),
        (PubDate(1998, printed="1998 Dec-1999 Jan"), ((1998, 12), (1999, 1)), None),
        (PubDate(1944, printed="1944-1945"), ((1944,), (1945,)), "1944/1945"),
        (PubDate(2019, printed="2019 Jan 5-12"), ((2019, 1, 5), (2019, 1, 12)), None),
        (
            PubDate(2019, printed="2019 Jan 28-Feb 3"),
            ((2019, 1, 28), (2019, 2, 3)),
            "2019-01-28/2019-02-03",
        ),
        (
            PubDate(2018, printed="2018 Dec 28-2019 Jan 3"),
            ((2018, 12, 28), (2019, 1, 3)),
            None,
        ),
    ],
)
def test_a_date_is_its_numbers(
    when: PubDate, ends: tuple[tuple[int, ...], ...], text: str | None
) -> None:
    assert read(when) == Dated(ends)
    if text is not None:
        assert iso(when) == text


@pytest.mark.parametrize(
    "printed",
    [
        "1987 1st Quart",
        "2019 Feb-Jan",
        "2019 Jan 30-Feb 31",
        "2019 Jan-5",
        "2019 Jan 5-Feb",
        "2019 Month 13",
        "Christmas",
    ],
)
def test_words_that_are_no_date_stay_words(printed: str) -> None:
    assert read(PubDate(printed=printed)) == Dated(words=printed)


def test_a_season_stands_beside_its_year() -> None:
    fall = PubDate(1976, season="Fall")

    assert read(fall) == Dated(((1976,),), season="Fall")
    assert iso(fall) == "1976 Fall"
    assert read(PubDate(printed="2000 Spring-Summer")).season == "Spring-Summer"


def test_words_of_a_date_are_clean() -> None:
    assert read(PubDate(printed="half \ud800\n")) == Dated(words="half")


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("Print-Electronic", PubDate(2017, 7)),
        ("Electronic-Print", ONLINE.date),
        ("Electronic-eCollection", ONLINE.date),
        (None, PubDate(2017, 7)),
    ],
)
def test_the_publication_model_says_which_date_counts(
    model: str | None, expected: PubDate
) -> None:
    article = an_article(
        journal_issue=JournalIssue(PubDate(2017, 7)),
        article_dates=(ONLINE,),
        publication_model=model,
    )

    assert issued(article) == expected


def test_without_a_date_of_the_issue_the_day_online_counts() -> None:
    article = an_article(journal_issue=JournalIssue(PubDate()), article_dates=(ONLINE,))

    assert issued(article) == ONLINE.date


def test_a_chapter_has_its_own_date_else_that_of_its_book() -> None:
    def dated(**dates: PubDate) -> PubDate | None:
        return issued(an_article(journal=None, journal_issue=None, book=Book(**dates)))

    revised = PubDate(2023, 9, 21)
    assert dated(date=PubDate(2002), contributed_on=PubDate(2018)) == PubDate(2018)
    assert dated(date=PubDate(2024), revised_on=revised) == PubDate(2024)
    assert dated(revised_on=revised) == revised
    assert dated() is None


def test_a_whole_book_has_the_date_of_the_book() -> None:
    book = Book(date=PubDate(2002), contributed_on=PubDate(2018))
    whole = an_article(journal=None, journal_issue=None, book=book, title=None)
    assert issued(whole) == PubDate(2002)
