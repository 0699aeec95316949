"""CSV: columns, and cells that a spreadsheet must not compute."""

import csv
import io

import pytest

from made.articles import an_article
from ownjournal.pubmed.article import Author, Book, Markup, PubDate
from ownjournal.pubmed.exports import table
from ownjournal.pubmed.exports.exported import Exported


def rows(*exported: Exported) -> list[dict[str, str]]:
    text = "".join(table.write(exported))
    assert text.startswith("\ufeffpmid,doi,")
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


@pytest.mark.parametrize(
    ("cell", "harmless"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \u3000＝1+1", "' \u3000＝1+1"),
        ('"=1+1"', '\'"=1+1"'),
        ("tea; =1+1", "tea;' =1+1"),
        ("tea;=1+1;", "tea;'=1+1;"),
        ("tea = 1 - 1; water", "tea = 1 - 1; water"),
        ("'quoted'", "'quoted'"),
        ("", ""),
    ],
)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(
    cell: str, harmless: str
) -> None:
    assert table.harmless(cell) == harmless


def test_a_table_of_nothing_is_its_header() -> None:
    assert "".join(table.write([])) == ("\ufeff" + ",".join(table.COLUMNS) + "\r\n")


def test_a_row_says_what_librarians_look_for() -> None:
    [row] = rows(Exported(an_article(pmid=5), "Beware.", "https://j.example/5"))

    assert row["pmid"] == "5"
    assert row["authors"] == "Quillfeather, Ada B; Okonfold, Tam"
    assert (row["year"], row["date"]) == ("2025", "2025-03")
    assert (row["volume"], row["issue"]) == ("7", "2")
    assert row["warning"] == "Beware."
    assert row["address"] == "https://j.example/5"


def test_a_chapter_has_its_book_where_articles_have_their_journal() -> None:
    book = Book(title=Markup("Tea in Merrow"), date=PubDate(2024))
    [row] = rows(Exported(an_article(pmid=5, book=book, journal=None)))

    assert row["journal"] == "Tea in Merrow"


def test_an_author_list_that_is_cut_short_ends_with_et_al() -> None:
    [row] = rows(
        Exported(an_article(authors=(Author("Tea", "Ada"),), authors_complete=False))
    )

    assert row["authors"] == "Tea, Ada; et al."
