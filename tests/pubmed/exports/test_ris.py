"""RIS: tags and their values."""

from typing import Any

from made.articles import an_article
from ownjournal.pubmed.article import (
    ArticleDate,
    Author,
    Book,
    Identifiers,
    JournalIssue,
    Markup,
    Pagination,
    PubDate,
)
from ownjournal.pubmed.exports import ris
from ownjournal.pubmed.exports.exported import Exported

NEURAL = {  # as PMID 28706741
    "pmid": 28_706_741,
    "journal_issue": JournalIssue(PubDate(2017), volume="2017"),
    "pagination": Pagination("9724371"),
    "article_dates": (ArticleDate("Electronic", PubDate(2017, 6, 19)),),
    "identifiers": Identifiers("10.1155/2017/9724371", "PMC5494581"),
}


def tags(address: str | None = None, **changes: Any) -> dict[str, list[str]]:
    [record] = ris.write([Exported(an_article(**changes), address=address)])
    found: dict[str, list[str]] = {}
    for line in record.split("\r\n"):
        if line:
            name, _, value = line.partition("  - ")
            found.setdefault(name, []).append(value)
    return found


def test_a_record_begins_with_its_type_and_ends_with_er() -> None:
    [record] = ris.write([Exported(an_article())])

    assert record.startswith("TY  - JOUR\r\n")
    assert record.endswith("\r\nER  - \r\n\r\n")
    assert "\n" not in record.replace("\r\n", "")


def test_an_article_number_and_the_day_online_have_their_tags() -> None:
    found = tags(**NEURAL)

    assert found["SP"] == found["C7"] == ["9724371"]
    assert "EP" not in found
    assert (found["PY"], found["DA"], found["ET"]) == (
        ["2017"],
        ["2017///"],
        ["2017/06/19"],
    )
    assert (found["AN"], found["C2"]) == (["28706741"], ["PMC5494581"])
    assert found["DO"] == ["10.1155/2017/9724371"]


def test_pages_have_both_ends() -> None:
    found = tags(pagination=Pagination("1016-22"))

    assert (found["SP"], found["EP"]) == (["1016"], ["1022"])


def test_each_address_has_a_line_of_its_own() -> None:
    found = tags(address="https://journal.example/articles/5", pmid=5)

    assert found["UR"] == [
        "https://pubmed.ncbi.nlm.nih.gov/5/",
        "https://journal.example/articles/5",
    ]


def test_a_group_ends_with_a_comma_and_a_suffix_comes_last() -> None:
    found = tags(
        authors=(
            Author("Quillfeather", "Ada B", "AB", "Jr"),
            Author("Okonfold", "Tam", "T", valid=False),
            Author(group=Markup("Merrow Tea Group.")),
            Author("Suharto"),
        )
    )

    assert found["AU"] == ["Quillfeather, Ada B, Jr", "Merrow Tea Group,", "Suharto,"]


def test_no_month_is_given_that_was_not_printed() -> None:
    def dated(date: PubDate) -> str:
        return tags(journal_issue=JournalIssue(date))["DA"][0]

    assert dated(PubDate(2025, 3)) == "2025/03//"
    assert dated(PubDate(2025, 3, 9)) == "2025/03/09/"
    assert dated(PubDate(2025, season="Fall")) == "2025///Fall"
    assert dated(PubDate(2019, printed="2019 Jan-Feb")) == "2019///Jan-Feb"
    assert dated(PubDate(2019, printed="2019 Jan 5-12")) == "2019///Jan 5-12"
    assert dated(PubDate(1998, printed="1998 Dec-1999 Jan")) == "1998///Dec-1999 Jan"
    assert dated(PubDate(1987, printed="1987 1st Quart")) == "1987///1st Quart"


def test_a_chapter_stands_in_its_book() -> None:
    book = Book(
        title=Markup("Tea in <i>Merrow</i>"),
        publisher="Merrow Press",
        place="Merrow",
        date=PubDate(2024),
        editors=(Author("Editrix", "Una", "U"),),
        isbns=("9780000000002",),
    )
    chapter = tags(book=book, journal=None, journal_issue=None)
    whole = tags(book=book, journal=None, journal_issue=None, title=None)

    assert (chapter["TY"], chapter["T2"]) == (["CHAP"], ["Tea in Merrow"])
    assert chapter["A2"] == whole["A3"] == ["Editrix, Una"]
    assert (chapter["PB"], chapter["CY"]) == (["Merrow Press"], ["Merrow"])
    assert (whole["TY"], whole["SN"]) == (["BOOK"], ["9780000000002"])


def test_the_abstract_keeps_its_headings_on_one_line() -> None:
    found = tags(abstract={"METHODS": "We drank.", "RESULTS": "TY  - JOUR"})

    assert found["AB"] == ["METHODS: We drank. RESULTS: TY  - JOUR"]
