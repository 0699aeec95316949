r"""BibTeX: keys, names, escapes and protected capitals."""

import pytest

from made.articles import an_article
from ownjournal.pubmed.article import (
    Author,
    Identifiers,
    JournalIssue,
    Markup,
    Pagination,
    PubDate,
)
from ownjournal.pubmed.exports import bibtex
from ownjournal.pubmed.exports.exported import Exported


def fields(**changes: object) -> dict[str, str]:
    [entry] = bibtex.write([Exported(an_article(pmid=5, **changes))])
    lines = entry.strip().split("\n")
    assert lines[0] == "@article{" + lines[0].removeprefix("@article{")
    assert lines[-1] == "}"
    pairs = (line.strip().removesuffix(",").split(" = ", 1) for line in lines[1:-1])
    return {name: value for name, value in pairs}


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50% of R&D_1 #2 $3", r"50\% of R\&D\_1 \#2 \$3"),
        ("a~b^c\\d", r"a{\textasciitilde}b{\textasciicircum}c{\textbackslash}d"),
        ("{x}", r"\{x\}"),
        ("x} {y", r"x{\textbraceright} {\textbraceleft}y"),
        ("Ærø, 茶", "Ærø, 茶"),
        (None, None),
    ],
)
def test_text_is_escaped_as_latex_prints_it(text: str, latex: str) -> None:
    assert bibtex.escape(text) == latex


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("Tea in Merrow and mRNA.", "{Tea in {Merrow} and {mRNA}}"),
        (
            "Effects of Morning Tea on DNA and T-Type Cells",
            "{Effects of Morning Tea on {DNA} and {T-Type} Cells}",
        ),
        ("TEA AND WATER", "{TEA AND WATER}"),
        (
            "Role of <i>Teaus</i> in CO<sub>2</sub>: a&amp;b",
            r"{Role of \textit{{Teaus}} in {CO}\textsubscript{2}: a\&b}",
        ),
    ],
)
def test_capitals_that_mean_something_are_protected(title: str, latex: str) -> None:
    assert fields(title=Markup(title))["title"] == latex


def test_names_are_cut_only_where_they_end() -> None:
    found = fields(
        authors=(
            Author("van Tea", "Ada B", "AB", "Jr"),
            Author(group=Markup("Tea and Water Group")),
            Author("Sand and Stone", "Una", "U"),
            Author("Suharto"),
        ),
        authors_complete=False,
    )

    assert found["author"] == (
        "{van Tea, Jr, Ada B and {Tea and Water Group}"
        " and {Sand and Stone}, Una and {Suharto} and others}"
    )


def test_a_date_is_year_and_month_and_more_for_biblatex() -> None:
    def dated(date: PubDate) -> tuple[str | None, ...]:
        found = fields(journal_issue=JournalIssue(date))
        return tuple(found.get(name) for name in ("year", "month", "date"))

    assert dated(PubDate(2017)) == ("{2017}", None, None)
    assert dated(PubDate(2017, 6)) == ("{2017}", "jun", None)
    assert dated(PubDate(2017, 6, 9)) == ("{2017}", "jun", "{2017-06-09}")
    assert dated(PubDate(1976, season="Fall")) == ("{1976}", None, None)
    assert dated(PubDate(2019, printed="2019 Jan-Feb")) == (
        "{2019}",
        None,
        "{2019-01/2019-02}",
    )


def test_pages_have_a_long_dash_and_an_article_number_stands_there_too() -> None:
    assert fields(pagination=Pagination("1016-22"))["pages"] == "{1016--1022}"
    assert fields(pagination=Pagination("e4277"))["pages"] == "{e4277}"


def test_a_doi_is_verbatim_and_cannot_end_its_value() -> None:
    """As PMID 10612833, with what no DOI should have behind it."""
    doi = "10.1002/(SICI)1098-1004(200001)15:1<114::AID-HUMU21>3.0.CO;2-4#a_b%}{\\"

    assert fields(identifiers=Identifiers(doi))["doi"] == (
        "{10.1002/(SICI)1098-1004(200001)15:1<114::AID-HUMU21>3.0.CO;2-4#a_b%%7D%7B%5C}"
    )
