"""Citations in NLM's form, over records that tempt a program to invent things.

Each odd case names the article whose form it imitates; the words are invented.
"""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed.article import (
    Article,
    ArticleDate,
    ArticleId,
    Author,
    Book,
    Identifiers,
    Journal,
    JournalIssue,
    Markup,
    Pagination,
    PubDate,
)
from ownjournal.pubmed.citation import date_text, full, nlm, source
from ownjournal.pubmed.files import find, open_xml
from ownjournal.pubmed.records import read_records

DAY = PubDate(2019, 6, 4)
JUNE = PubDate(2019, 6)
YEAR = PubDate(2019)
DOI = "10.5555/bog.1"


def an_article(
    date: PubDate | None = JUNE,
    volume: str | None = "12",
    number: str | None = "3",
    pages: str | None = "101-9",
    *,
    doi: str | None = None,
    online: PubDate | None = None,
    journal: Journal | None = None,
    pii: tuple[str, ...] = (),
    **rest: Any,
) -> Article:
    """An article of J Bog Med; say only what matters."""
    return Article(
        pmid=1,
        title=Markup("Peat."),
        journal=journal or Journal(medline_abbreviation="J Bog Med"),
        journal_issue=JournalIssue(date, volume, number) if date else None,
        pagination=Pagination(pages) if pages else None,
        identifiers=Identifiers(
            doi,
            pii=pii[0] if pii else None,
            others=tuple(ArticleId("pii", each) for each in pii[1:]),
        ),
        article_dates=(ArticleDate("Electronic", online),) if online else (),
        **rest,
    )


LINES = {
    "all there": (an_article(), "J Bog Med. 2019 Jun;12(3):101-9."),
    "a day": (an_article(DAY), "J Bog Med. 2019 Jun 4;12(3):101-9."),
    "no month": (an_article(YEAR), "J Bog Med. 2019;12(3):101-9."),
    "a season": (
        an_article(PubDate(2019, season="Winter-Spring")),
        "J Bog Med. 2019 Winter-Spring;12(3):101-9.",
    ),
    "a MedlineDate, 10188493": (
        an_article(PubDate(1998, printed="1998 Dec-1999 Jan")),
        "J Bog Med. 1998 Dec-1999 Jan;12(3):101-9.",
    ),
    "a season first, 28599031": (
        an_article(PubDate(1998, printed="Summer 1998")),
        "J Bog Med. Summer 1998;12(3):101-9.",
    ),
    "a day that is none": (
        an_article(PubDate(2005, 9, printed="2005 Sep 31")),
        "J Bog Med. 2005 Sep 31;12(3):101-9.",
    ),
    "words for a date": (
        an_article(PubDate(printed="19th century")),
        "J Bog Med. 19th century;12(3):101-9.",
    ),
    "no date at all": (an_article(PubDate()), "J Bog Med. 12(3):101-9."),
    "no date but the day online": (
        an_article(PubDate(), online=DAY),
        "J Bog Med. 2019 Jun 4;12(3):101-9.",
    ),
    "no volume": (an_article(volume=None), "J Bog Med. 2019 Jun;(3):101-9."),
    "no number": (an_article(number=None), "J Bog Med. 2019 Jun;12:101-9."),
    "no pages": (an_article(pages=None), "J Bog Med. 2019 Jun;12(3)."),
    "pages alone, 11686176": (
        an_article(volume=None, number=None),
        "J Bog Med. 2019 Jun:101-9.",
    ),
    "a date alone": (
        an_article(volume=None, number=None, pages=None),
        "J Bog Med. 2019 Jun.",
    ),
    "nothing but a name": (an_article(None, pages=None), "J Bog Med."),
    "an article number, 28706741": (
        an_article(
            PubDate(2017),
            "2017",
            None,
            "9724371",
            doi=DOI,
            online=PubDate(2017, 6, 19),
            publication_model="Print-Electronic",
        ),
        f"J Bog Med. 2017;2017:9724371. doi: {DOI}. Epub 2017 Jun 19.",
    ),
    "start and end": (
        Article(
            1,
            journal=Journal(medline_abbreviation="J Bog Med"),
            journal_issue=JournalIssue(YEAR, "12"),
            pagination=Pagination(None, "101", "109"),
        ),
        "J Bog Med. 2019;12:101-109.",
    ),
    "a start that is the end": (
        Article(
            1,
            journal=Journal(medline_abbreviation="J Bog Med"),
            journal_issue=JournalIssue(YEAR, "12"),
            pagination=Pagination(None, "101", "101"),
        ),
        "J Bog Med. 2019;12:101.",
    ),
    "pages and a discussion": (
        an_article(pages="S1-5; discussion S6"),
        "J Bog Med. 2019 Jun;12(3):S1-5; discussion S6.",
    ),
    "a supplement as number": (
        an_article(number="Suppl 1", pages="S1-5"),
        "J Bog Med. 2019 Jun;12(Suppl 1):S1-5.",
    ),
    "a supplement to a number": (
        an_article(number="3 Suppl 1"),
        "J Bog Med. 2019 Jun;12(3 Suppl 1):101-9.",
    ),
    "a supplement to a volume": (
        an_article(volume="12 Suppl 1", number=None),
        "J Bog Med. 2019 Jun;12 Suppl 1:101-9.",
    ),
    "a part with a gap": (
        an_article(volume="146 ( Pt 1)", number=None),
        "J Bog Med. 2019 Jun;146 (Pt 1):101-9.",
    ),
    "two numbers": (
        an_article(number="3-4"),
        "J Bog Med. 2019 Jun;12(3-4):101-9.",
    ),
    "an abbreviation with full stops": (
        an_article(journal=Journal(abbreviation="J. Bog Med.")),
        "J. Bog Med. 2019 Jun;12(3):101-9.",
    ),
    "a title for want of an abbreviation": (
        an_article(journal=Journal(title="Bog medicine today!")),
        "Bog medicine today! 2019 Jun;12(3):101-9.",
    ),
    "NLM's abbreviation before another": (
        an_article(journal=Journal("Bog", "J. Bog. Med.", "J Bog Med")),
        "J Bog Med. 2019 Jun;12(3):101-9.",
    ),
    "pages and nothing else": (an_article(None), "J Bog Med. 101-9."),
    "no name of a journal": (an_article(journal=Journal()), "2019 Jun;12(3):101-9."),
    "a DOI": (an_article(doi=DOI), f"J Bog Med. 2019 Jun;12(3):101-9. doi: {DOI}."),
    "a DOI of 1999, 10612833": (
        an_article(doi="10.5555/(SICI)15:1<114::AID>3.0.CO;2-4"),
        "J Bog Med. 2019 Jun;12(3):101-9. doi: 10.5555/(SICI)15:1<114::AID>3.0.CO;2-4.",
    ),
    "ahead of print, 38051792": (
        an_article(
            DAY,
            None,
            None,
            None,
            doi=DOI,
            online=DAY,
            publication_status="aheadofprint",
            publication_model="Print-Electronic",
        ),
        f"J Bog Med. 2019 Jun 4. doi: {DOI}. Online ahead of print.",
    ),
    "ahead of print with its place, 34863710": (
        an_article(
            PubDate(2022, 1, 5),
            "914",
            None,
            "174660",
            online=PubDate(2021, 12, 1),
            publication_status="aheadofprint",
            pii=("S0014-2999(21)00816-5",),
        ),
        "J Bog Med. 2022 Jan 5;914:174660. Online ahead of print.",
    ),
    "ahead of print with an item number, 41391582": (
        an_article(
            DAY,
            None,
            None,
            None,
            pii=("S0012-3692(25)05841-6",),
            publication_status="aheadofprint",
        ),
        "J Bog Med. 2019 Jun 4:S0012-3692(25)05841-6. Online ahead of print.",
    ),
    "an item number beside the publisher's own, 34876458": (
        an_article(number="12", pages=None, pii=("e006788", "bog-2021-006788")),
        "J Bog Med. 2019 Jun;12(12):e006788.",
    ),
    "the publisher's own number alone, 34854427": (
        an_article(pages=None, pii=("331710",)),
        "J Bog Med. 2019 Jun;12(3).",
    ),
    "a DOI as item number, 34873676": (
        an_article(pages=None, pii=(DOI,)),
        "J Bog Med. 2019 Jun;12(3).",
    ),
    "pages and an item number, 24646685": (
        an_article(pii=("S0165-5876(14)00105-0",)),
        "J Bog Med. 2019 Jun;12(3):101-9.",
    ),
    "an issue before the day online": (
        an_article(online=PubDate(2019, 3, 2), publication_model="Print-Electronic"),
        "J Bog Med. 2019 Jun;12(3):101-9. Epub 2019 Mar 2.",
    ),
    "no publication model": (
        an_article(online=PubDate(2019, 3, 2)),
        "J Bog Med. 2019 Jun;12(3):101-9. Epub 2019 Mar 2.",
    ),
    "the same day twice": (
        an_article(DAY, online=DAY, publication_model="Print-Electronic"),
        "J Bog Med. 2019 Jun 4;12(3):101-9.",
    ),
    "online and collected, 29049350": (
        an_article(
            YEAR,
            "12",
            "10",
            "e0186401",
            doi=DOI,
            online=DAY,
            publication_model="Electronic-eCollection",
        ),
        f"J Bog Med. 2019 Jun 4;12(10):e0186401. doi: {DOI}. eCollection 2019.",
    ),
    "collected over two months, 30637341": (
        an_article(
            PubDate(2019, printed="2019 Jan-Feb"),
            online=PubDate(2019, 1, 8),
            publication_model="Electronic-eCollection",
        ),
        "J Bog Med. 2019 Jan 8;12(3):101-9. eCollection 2019 Jan-Feb.",
    ),
    "online, then in print, 23630581": (
        an_article(online=PubDate(2019, 4, 22), publication_model="Electronic-Print"),
        "J Bog Med. 2019 Apr 22;12(3):101-9. Print 2019 Jun.",
    ),
    "collected without a day online": (
        an_article(publication_model="Electronic-eCollection"),
        "J Bog Med. 2019 Jun;12(3):101-9.",
    ),
    "line ends and tabs": (
        an_article(volume="12\n\t", pages=" 101-9\r\n"),
        "J Bog Med. 2019 Jun;12(3):101-9.",
    ),
    "a record that says nothing": (Article(17), "PMID: 17."),
}


@pytest.mark.parametrize(("article", "line"), LINES.values(), ids=LINES)
def test_a_citation_says_what_the_record_says(article: Article, line: str) -> None:
    assert nlm(article) == line


def test_another_date_than_the_day_online_is_no_epub() -> None:
    article = Article(
        1,
        journal=Journal(medline_abbreviation="J Bog Med"),
        journal_issue=JournalIssue(JUNE),
        article_dates=(ArticleDate("Digital", PubDate(2018)),),
    )

    assert nlm(article) == "J Bog Med. 2019 Jun."


def test_the_place_alone_has_no_further_dates() -> None:
    assert source(an_article(doi=DOI, online=DAY)) == "J Bog Med. 2019 Jun;12(3):101-9."
    assert source(Article(1)) is None
    assert source(Article(1, journal=Journal())) is None


BOG = Author(last_name="Bog", fore_name="Ann Mary", initials="AM")
FEN = Author(last_name="Fen", initials="B", suffix="Jr")
GROUP = Author(group=Markup("PEAT &amp; <i>Moss</i> Group."))
PEOPLE = {
    "one": ((BOG,), None, "Bog AM. Peat."),
    "a suffix": ((BOG, FEN), None, "Bog AM, Fen B Jr. Peat."),
    "a last name only": ((Author(last_name="Mire"),), None, "Mire. Peat."),
    "a group, with markup and full stop": (
        (GROUP, BOG),
        None,
        "PEAT & Moss Group; Bog AM. Peat.",
    ),
    "a group only": ((GROUP,), None, "PEAT & Moss Group. Peat."),
    "withdrawn": ((BOG, Author(last_name="Ex", valid=False)), None, "Bog AM. Peat."),
    "empty": ((Author(), BOG), None, "Bog AM. Peat."),
    "nobody": ((), None, "Peat."),
    "folded": ((BOG,) * 4, 3, "Bog AM, Bog AM, Bog AM, et al. Peat."),
    "as many as fit": ((BOG,) * 3, 3, "Bog AM, Bog AM, Bog AM. Peat."),
    "all of fifty": ((BOG,) * 50, None, ", ".join(["Bog AM"] * 50) + ". Peat."),
}


@pytest.mark.parametrize(("people", "most", "line"), PEOPLE.values(), ids=PEOPLE)
def test_people_stand_before_the_title(
    people: tuple[Author, ...], most: int | None, line: str
) -> None:
    told = full(an_article(authors=people), authors=most)

    assert told == f"{line} J Bog Med. 2019 Jun;12(3):101-9. PMID: 1."


def test_a_list_that_nlm_cut_ends_with_et_al() -> None:
    told = full(an_article(authors=(BOG,), authors_complete=False))

    assert told.startswith("Bog AM, et al. Peat.")


def test_editors_stand_in_for_authors_and_are_called_so() -> None:
    assert full(an_article(editors=(BOG,))).startswith("Bog AM, editor. Peat.")
    assert full(an_article(editors=(BOG, FEN))).startswith(
        "Bog AM, Fen B Jr, editors. Peat."
    )


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Peat", "Peat."),
        ("Peat.", "Peat."),
        ("Is it peat?", "Is it peat?"),
        ("[On peat].", "[On peat]."),
        ("H<sub>2</sub>O &lt; peat", "H2O < peat."),
    ],
)
def test_a_title_has_one_end(title: str, printed: str) -> None:
    article = Article(1, title=Markup(title))

    assert full(article) == f"{printed} PMID: 1."


def test_a_title_in_its_own_language_stands_in() -> None:
    """41605226; and nothing stands in for no title."""
    assert full(Article(1, vernacular_title=Markup("Torf"))) == "Torf. PMID: 1."
    assert full(Article(1)) == "PMID: 1."


def test_language_and_numbers_stand_where_nlm_has_them() -> None:
    article = an_article(doi=DOI)
    held = Article(
        1,
        journal=article.journal,
        journal_issue=article.journal_issue,
        identifiers=Identifiers(DOI, "PMC17"),
    )

    assert full(held, language="German") == (
        f"J Bog Med. 2019 Jun;12(3). German. doi: {DOI}. PMID: 1; PMCID: PMC17."
    )


SHELF = Book(
    title=Markup("BogPearls."),
    publisher="BogPearls Publishing",
    place="Fenland (PE)",
    date=PubDate(2024, 1),
    begins=PubDate(2024, 1),
    medium="Internet",
    contributed_on=PubDate(1998, 9, 4),
    revised_on=PubDate(2023, 9, 21),
)
BOOKS = {
    "a chapter": (
        Article(9, title=Markup("Peat"), authors=(BOG,), book=SHELF),
        "Bog AM. Peat. 1998 Sep 4 [updated 2023 Sep 21]. In: BogPearls [Internet]."
        " Fenland (PE): BogPearls Publishing; 2024 Jan–. PMID: 9.",
    ),
    "a chapter of an ended book with editors": (
        Article(
            9,
            title=Markup("Peat"),
            book=Book(
                title=Markup("Bogs."),
                editors=(BOG, FEN),
                edition="2nd ed.",
                volume="3",
                publisher="Fen Press",
                begins=PubDate(1993),
                ends=PubDate(2024),
                location_label="Chapter 6",
            ),
        ),
        "Peat. In: Bog AM, Fen B Jr, editors. Bogs. 2nd ed. Vol. 3. Fen Press;"
        " 1993–2024. Chapter 6. PMID: 9.",
    ),
    "a whole book": (
        Article(
            9,
            book=Book(
                title=Markup("Bogs &amp; fens"),
                authors=(BOG,),
                place="Fenland",
                date=PubDate(2013, 5),
                report_number="12",
            ),
        ),
        "Bog AM. Bogs & fens. Fenland; 2013 May. Report No.: 12. PMID: 9.",
    ),
    "a chapter as it was first": (
        Article(9, title=Markup("Peat"), book=Book(contributed_on=DAY, revised_on=DAY)),
        "Peat. 2019 Jun 4. PMID: 9.",
    ),
    "a book that says little": (
        Article(9, title=Markup("Peat"), book=Book()),
        "Peat. PMID: 9.",
    ),
}


@pytest.mark.parametrize(("article", "line"), BOOKS.values(), ids=BOOKS)
def test_books_are_cited_as_books(article: Article, line: str) -> None:
    assert full(article) == line


@given(
    date=st.builds(
        PubDate,
        st.none() | st.integers(1800, 2030),
        st.none() | st.integers(1, 12),
        st.none() | st.integers(1, 28),
    ),
    volume=st.none() | st.sampled_from(["12", "12.", "A ( Pt 1)"]),
    number=st.none() | st.sampled_from(["3", "Suppl"]),
    pages=st.none() | st.sampled_from(["1-2", "e9.", "E1."]),
    name=st.none() | st.sampled_from(["J Bog", "J. Bog."]),
)
def test_no_citation_has_an_empty_bracket_or_a_doubled_stop(
    date: PubDate,
    volume: str | None,
    number: str | None,
    pages: str | None,
    name: str | None,
) -> None:
    line = nlm(an_article(date, volume, number, pages, journal=Journal(name)))

    assert line.endswith(".")
    for fault in ("..", "()", ";:", ";.", ":.", "  ", " .", "None"):
        assert fault not in line


@given(st.builds(PubDate, st.integers(1, 9999), st.none() | st.integers(1, 12)))
def test_no_part_of_a_date_is_invented(date: PubDate) -> None:
    """A text has as many words as the date has parts."""
    text = date_text(date)

    assert text is not None
    assert len(text.split()) == (1 if date.month is None else 2)


def test_real_records_have_no_doubled_stop(shared_data: Path) -> None:
    lines = [
        line
        for path in find([shared_data / "pubmed" / "updates"])
        for line in _lines(path)
    ]

    assert len(lines) > 150
    for line in lines:
        assert line.endswith(".")
        for fault in ("..", "()", "  ", " .", "None"):
            assert fault not in line


def _lines(path: Path) -> list[str]:
    with open_xml(path) as file:
        return [nlm(each) for each in read_records(file) if isinstance(each, Article)]
