"""What every format must say: warnings, marks, and no invented identifier."""

import re

import pytest

from made.articles import an_article
from ownjournal.pubmed.article import Article, Correction, Markup, PublicationType
from ownjournal.pubmed.exports.exported import Exported, marked_title, notes
from ownjournal.pubmed.exports.formats import FORMATS

RETRACTED_TYPE = PublicationType("D016441", "Retracted Publication")
WARNING = "This article has been retracted: PMID 12."


def text_of(code: str, article: Article, warning: str | None = None) -> str:
    text = "".join(FORMATS[code].write([Exported(article, warning)]))
    return " ".join(text.split())


@pytest.mark.parametrize("code", FORMATS)
def test_a_warning_stands_in_every_format(code: str) -> None:
    concern = "An expression of concern has been published about this article: PMID 12."

    assert concern in text_of(code, an_article(pmid=1), concern)


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize(
    "changes",
    [
        {"publication_types": (RETRACTED_TYPE,)},
        {"corrections": (Correction("RetractionIn", "J Invent Med. 2026;8:3."),)},
    ],
)
def test_a_retraction_is_told_also_where_nobody_warned(
    code: str, changes: dict[str, object]
) -> None:
    text = text_of(code, an_article(pmid=1, **changes))

    assert "This article has been retracted." in text


@pytest.mark.parametrize("code", [code for code in FORMATS if code != "text"])
def test_a_retracted_title_says_so(code: str) -> None:
    article = an_article(pmid=1, publication_types=(RETRACTED_TYPE,))

    assert "RETRACTED:" in text_of(code, article, WARNING)


@pytest.mark.parametrize(
    "title",
    ["RETRACTED: Tea.", "Retracted article: Tea", "[Retracted] Tea", "WITHDRAWN: Tea"],
)
def test_a_title_that_says_so_itself_stays(title: str) -> None:
    article = an_article(
        pmid=1, title=Markup(title), publication_types=(RETRACTED_TYPE,)
    )

    assert marked_title(article) == title.removesuffix(".")


@pytest.mark.parametrize("code", FORMATS)
def test_an_invented_article_is_marked_and_has_no_identifier(code: str) -> None:
    text = text_of(code, an_article())

    assert "Invented example, not evidence." in text
    assert "10.99999" not in text
    assert "pubmed.ncbi" not in text
    if code not in ("nbib", "csv"):  # which are known by a number
        assert "PMID: 99" not in text
        assert '"PMID"' not in text
        assert "AN  -" not in text


def test_the_original_title_stands_in_where_nlm_has_no_english_one() -> None:
    article = an_article(
        pmid=1,
        title=Markup("[Not Available]."),
        vernacular_title=Markup("Le thé à Merrow."),
    )

    assert marked_title(article) == "Le thé à Merrow"


def test_a_list_of_authors_that_is_cut_short_is_said_so() -> None:
    exported = Exported(an_article(pmid=1, authors_complete=False))

    assert notes(exported) == ("PubMed lists the first authors only.",)


@pytest.mark.parametrize("code", FORMATS)
def test_the_full_stop_of_an_abbreviation_is_the_title_s_own(code: str) -> None:
    text = text_of(code, an_article(title=Markup("Fever in the U.S.")))

    assert "in the U.S." in re.sub("[{}]", "", text)  # BibTeX keeps capitals by braces
