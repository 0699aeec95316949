import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.articles import an_article
from ownjournal.catalogue.dates import (
    date_in_source,
    date_machine,
    date_told,
    online,
    published,
)
from ownjournal.pubmed.article import ArticleDate, Book, JournalIssue, PubDate


@pytest.mark.parametrize(
    ("date", "told", "machine"),
    [
        (PubDate(2017), "2017", "2017"),
        (PubDate(2017, 6), "June 2017", "2017-06"),
        (PubDate(2017, 6, 19), "19 June 2017", "2017-06-19"),
        (PubDate(2017, season="Summer"), "Summer 2017", "2017"),
        (PubDate(1998, printed="1998 Dec-1999 Jan"), "1998 Dec-1999 Jan", "1998"),
        (PubDate(printed="Spring"), "Spring", None),
        (PubDate(), None, None),
    ],
)
def test_a_date_is_told_as_precisely_as_it_was_printed(
    date: PubDate, told: str | None, machine: str | None
) -> None:
    assert date_told(date) == told
    assert date_machine(date) == machine


@given(
    st.integers(1800, 2100),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 28),
)
def test_nothing_is_ever_added_to_a_date(
    year: int, month: int | None, day: int | None
) -> None:
    date = PubDate(year, month, day if month else None)

    told, machine = date_told(date), date_machine(date)

    assert told is not None and machine is not None
    parts = 1 + (date.month is not None) + (date.day is not None)
    assert len(told.split()) == parts
    assert len(machine.split("-")) == parts


def test_the_online_day_is_shown_where_it_differs() -> None:
    """PMID 28706741: printed 2017, online 19 June 2017."""
    day = PubDate(2017, 6, 19)
    article = an_article(
        journal_issue=JournalIssue(PubDate(2017)),
        article_dates=(ArticleDate("Electronic", day),),
    )

    assert published(article) == PubDate(2017)
    assert online(article) == day


def test_the_online_day_is_not_repeated() -> None:
    day = PubDate(2017, 6, 19)
    article = an_article(
        journal_issue=JournalIssue(day),
        article_dates=(ArticleDate("Electronic", day),),
    )

    assert online(article) is None


def test_a_book_has_the_date_of_the_book() -> None:
    article = an_article(journal_issue=None, book=Book(date=PubDate(2009)))

    assert published(article) == PubDate(2009)


def test_a_part_of_a_book_has_its_own() -> None:
    """PMID 29320137: of 2018, in a book that began in 2002."""
    book = Book(date=PubDate(2002), contributed_on=PubDate(2018, 8, 28))

    assert published(an_article(journal_issue=None, book=book)) == PubDate(2018, 8, 28)


@pytest.mark.parametrize(
    ("source", "date"),
    [
        ("Lancet. 2020 Jun 13;395(10240):1820", PubDate(2020, 6, 13)),
        ("Lancet 1998 Jun 27;351(9120):1968", PubDate(1998, 6, 27)),
        ("Ginekol Pol. 1998 Jul;69(7):559-60", PubDate(1998, 7)),
        ("Hum Immunol. 2001 Sep-Oct;62(9):889", PubDate(2001)),
        ("Hum Immunol. 2001 Sep 1-7;62(9):889", PubDate(2001, 9)),
        ("Merrow. 2023 Feb 30;1:1", PubDate(2023, 2)),
        ("Bionics. 2022 May 14;2022:5160748", PubDate(2022, 5, 14)),
        ("J Invent Med. 2026", PubDate(2026)),
        ("doi: 10.1177/1098612X261418571", None),
        ("Merrow Gazette", None),
    ],
)
def test_the_date_in_a_place_as_nlm_writes_it(
    source: str, date: PubDate | None
) -> None:
    assert date_in_source(source) == date
