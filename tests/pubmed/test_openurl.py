"""A link resolver is told what the record says, in plain words, and not too much."""

import gzip
from pathlib import Path
from unicodedata import category
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.articles import PLAIN_ARTICLE, an_article
from ownjournal.pubmed.article import (
    Article,
    ArticleDate,
    Author,
    Book,
    Identifiers,
    Journal,
    JournalIssue,
    Markup,
    Pagination,
    PubDate,
    PublicationType,
)
from ownjournal.pubmed.openurl import LONGEST, context, encoded, length
from ownjournal.pubmed.records import read_records

ADA = Author(last_name="Quillfeather", fore_name="Ada B", initials="AB")
TAM = Author(last_name="Okonfold", fore_name="Tam", initials="T")


def told(article: Article, key: str) -> list[str]:
    """Every value of a key, in order."""
    return [value for name, value in context(article) if name == key]


def paged(
    printed: str | None, start: str | None = None, end: str | None = None
) -> dict[str, str]:
    article = an_article(pmid=17, pagination=Pagination(printed, start, end))
    return {
        key.removeprefix("rft."): value
        for key, value in context(article)
        if key in ("rft.spage", "rft.epage", "rft.pages", "rft.artnum")
    }


def test_an_article_is_told_whole_and_in_order() -> None:
    article = an_article(pmid=17, pagination=Pagination("12-9", "12", "19"))

    assert context(article) == (
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rfr_id", "info:sid/ownjournal"),
        ("rft_id", "info:pmid/17"),
        ("rft_id", "info:doi/10.99999/jim.2025.0001"),
        ("rft.atitle", "Velotrine for fever after a fall in Lower Merrow"),
        ("rft.genre", "article"),
        ("rft.jtitle", "Journal of invented medicine"),
        ("rft.stitle", "J Invent Med"),
        ("rft.issn", "9999-0001"),
        ("rft.eissn", "9999-0001"),
        ("rft.volume", "7"),
        ("rft.issue", "2"),
        ("rft.spage", "12"),
        ("rft.epage", "19"),
        ("rft.pages", "12-9"),
        ("rft.date", "2025-03"),
        ("rft.aulast", "Quillfeather"),
        ("rft.aufirst", "Ada B"),
        ("rft.auinit", "AB"),
        ("rft.au", "Quillfeather, Ada B"),
        ("rft.au", "Okonfold, Tam"),
    )


@pytest.mark.parametrize(
    "date, expected",
    [
        (PubDate(2017), ["2017"]),  # as PMID 28706741
        (PubDate(2017, 6), ["2017-06"]),
        (PubDate(2017, 6, 9), ["2017-06-09"]),
        (PubDate(2017, season="Spring"), ["2017"]),
        (PubDate(1998, printed="1998 Dec-1999 Jan"), ["1998-12"]),  # its beginning
        (PubDate(printed="19th century"), []),
    ],
)
def test_a_date_is_as_precise_as_printed(date: PubDate, expected: list[str]) -> None:
    assert told(an_article(journal_issue=JournalIssue(date)), "rft.date") == expected


def test_the_day_online_stands_in_for_a_date_that_is_none() -> None:
    online = (ArticleDate("Electronic", PubDate(2017, 6, 19)),)
    article = an_article(journal_issue=JournalIssue(PubDate()), article_dates=online)

    assert told(article, "rft.date") == ["2017-06-19"]


@pytest.mark.parametrize(
    "printed, expected",
    [
        ("1016-22", {"spage": "1016", "epage": "1022", "pages": "1016-22"}),
        (
            "55-61; discussion 62-3",
            {"spage": "55", "epage": "61", "pages": "55-61; discussion 62-3"},
        ),
        ("S12-S19", {"spage": "S12", "epage": "S19", "pages": "S12-S19"}),
        ("xii", {"spage": "xii", "pages": "xii"}),
        ("417, 419", {"spage": "417", "pages": "417, 419"}),
        ("9724371", {"artnum": "9724371", "pages": "9724371"}),  # PMID 28706741
        ("CD002020", {"artnum": "CD002020", "pages": "CD002020"}),
        ("e0186401", {"artnum": "e0186401", "pages": "e0186401"}),
        ("[34457 words; 226 paragraphs]", {"pages": "[34457 words; 226 paragraphs]"}),
    ],
)
def test_pages_and_article_numbers_are_told_apart(
    printed: str, expected: dict[str, str]
) -> None:
    assert paged(printed) == expected


def test_pages_may_be_given_by_their_ends_alone() -> None:
    assert paged(None, "7", "9") == {"spage": "7", "epage": "9", "pages": "7-9"}
    assert paged(None, "7") == {"spage": "7", "pages": "7"}
    assert paged(None) == {}


def test_an_issn_is_told_by_its_medium() -> None:
    printed = Journal(title="A", issn="0000-0019", issn_medium="Print")
    online = Journal(issn="0000-0027", issn_medium="Electronic")
    linked = Journal(
        issn="0000-0027", issn_medium="Electronic", issn_linking="0000-0019"
    )

    def issns(journal: Journal) -> tuple[list[str], list[str]]:
        article = an_article(pmid=17, journal=journal)
        return told(article, "rft.issn"), told(article, "rft.eissn")

    assert issns(printed) == (["0000-0019"], [])
    assert issns(online) == (["0000-0027"], ["0000-0027"])
    assert issns(linked) == (["0000-0019"], ["0000-0027"])
    assert issns(Journal(issn_linking="0000-0019")) == (["0000-0019"], [])
    assert issns(Journal(issn="none")) == ([], [])


def test_what_is_no_doi_is_not_told() -> None:
    article = an_article(pmid=17, identifiers=Identifiers("10.99999/a b"))

    assert told(article, "rft_id") == ["info:pmid/17"]


def test_an_invented_article_has_no_identifiers() -> None:
    keys = {key for key, _ in context(PLAIN_ARTICLE)}

    assert "rft.atitle" in keys
    assert not keys & {"rft_id", "rft.issn", "rft.eissn"}


@pytest.mark.parametrize(
    "ui, genre",
    [("D000076942", "preprint"), ("D016423", "proceeding"), ("D016428", "article")],
)
def test_a_genre_follows_nlms_type(ui: str, genre: str) -> None:
    types = (PublicationType("D016428", "Journal Article"), PublicationType(ui, ""))

    assert told(an_article(publication_types=types), "rft.genre") == [genre]


def test_a_record_of_nothing_is_of_no_known_genre() -> None:
    assert told(Article(17), "rft.genre") == ["unknown"]


def test_a_part_of_a_book_is_told_in_the_form_of_books() -> None:
    """As PMID 20301295: a chapter with a date of its own."""
    book = Book(
        title=Markup("Inventions<sup>®</sup>"),
        publisher="Merrow Press",
        place="Merrow",
        date=PubDate(1993),
        contributed_on=PubDate(1998, 9, 4),
        isbns=("978-0-00-000000-2",),
    )
    chapter = an_article(
        pmid=17, journal=None, journal_issue=None, book=book, title="On tea."
    )
    pairs = dict(context(chapter))

    assert pairs["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:book"
    assert pairs["rft.genre"] == "bookitem"
    assert pairs["rft.atitle"] == "On tea"
    assert pairs["rft.btitle"] == "Inventions®"
    assert pairs["rft.isbn"] == "9780000000002"
    assert pairs["rft.pub"] == "Merrow Press"
    assert pairs["rft.date"] == "1998-09-04"


def test_a_whole_book_has_one_title() -> None:
    book = Book(title=Markup("Inventions"), date=PubDate(1993), authors=(TAM,))
    pairs = dict(context(Article(17, book=book)))

    assert pairs["rft.genre"] == "book"
    assert pairs["rft.btitle"] == "Inventions"
    assert pairs["rft.aulast"] == "Okonfold"
    assert pairs["rft.date"] == "1993"
    assert "rft.atitle" not in pairs


def test_a_group_signs_where_no_person_does() -> None:
    group = Author(group=Markup("Merrow <i>Fever</i> Group"))
    withdrawn = Author(last_name="Nobody", valid=False)

    alone = an_article(authors=(withdrawn, group))
    beside = an_article(authors=(group, ADA))

    assert told(alone, "rft.aucorp") == ["Merrow Fever Group"]
    assert told(alone, "rft.aulast") == told(alone, "rft.au") == []
    assert told(beside, "rft.aucorp") == []
    assert told(beside, "rft.aulast") == ["Quillfeather"]


def test_ten_authors_are_named() -> None:
    many = tuple(Author(last_name=f"Name{n}") for n in range(50))

    assert told(an_article(authors=many), "rft.au") == [f"Name{n}" for n in range(10)]


def test_text_is_plain_and_on_one_line() -> None:
    title = Markup("H<sub>2</sub>O &amp; \u202etea\u202c\r\nBcc:\x00 x in the U.S.")

    assert told(an_article(title=title), "rft.atitle") == [
        "H2O & tea Bcc: x in the U.S."
    ]


def test_a_long_title_ends_at_a_word() -> None:
    [title] = told(an_article(title="fevers " * 200), "rft.atitle")

    assert set(title.split()) == {"fevers"}
    assert 400 < len(title) < 600


def test_a_doi_is_told_whole_or_not_at_all() -> None:
    whole = "10.5555/" + "a" * 300
    article = an_article(pmid=17, identifiers=Identifiers(whole))
    longer = an_article(pmid=17, identifiers=Identifiers(whole + "a" * 300))

    assert told(article, "rft_id")[1] == f"info:doi/{whole}"
    assert told(longer, "rft_id") == ["info:pmid/17"]


def test_the_encoded_form_has_only_signs_that_every_resolver_reads() -> None:
    pairs = (("rft.atitle", "a+b &c=d/ü é#"), ("rft_id", "info:doi/10.1/<2>;"))

    assert encoded(pairs) == (
        "rft.atitle=a%2Bb%20%26c%3Dd%2F%C3%BC%20%C3%A9%23"
        "&rft_id=info%3Adoi%2F10.1%2F%3C2%3E%3B"
    )


TEXTS = st.one_of(st.text(max_size=400), st.text("漢字\U0001f912 é<&\n", max_size=400))


@given(TEXTS, TEXTS, TEXTS, st.integers(0, 30))
def test_any_text_fits_and_comes_back(
    title: str, name: str, number: str, authors: int
) -> None:
    people = (Author(last_name=name, fore_name=title, initials=name),) * authors
    article = an_article(
        pmid=2**31 - 1,
        title=Markup(title),
        authors=people,
        journal=Journal(title=name, abbreviation=title),
        journal_issue=JournalIssue(PubDate(2025, 3, 1), number, number),
        pagination=Pagination(number),
        identifiers=Identifiers("10.99999/" + "ü" * 60),
    )

    pairs = context(article)

    assert length(pairs) <= LONGEST
    assert tuple(parse_qsl(encoded(pairs), strict_parsing=True)) == pairs
    assert not any("Cc" in map(category, value) for _, value in pairs)


def test_real_records_fit(shared_data: Path) -> None:
    samples = sorted((shared_data / "pubmed" / "samples").glob("*.xml.gz"))
    assert samples
    for path in samples:
        with gzip.open(path, "rb") as file:
            for each in read_records(file):
                if isinstance(each, Article):
                    assert 200 < length(context(each)) <= LONGEST
