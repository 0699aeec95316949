"""Links lead where they say, and only PMC's are called free."""

from datetime import date
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed.article import (
    Article,
    ArticleId,
    Book,
    HistoryDate,
    Identifiers,
    PubDate,
)
from ownjournal.pubmed.example import FIRST_PMID
from ownjournal.pubmed.fulltext import Link, doi_url, links

TODAY = date(2026, 11, 25)
DOI = "10.5555/bog.1"


def kinds(article: Article) -> list[str]:
    return [link.kind for link in links(article, today=TODAY)]


def the(kind: str, article: Article) -> Link:
    [link] = [each for each in links(article, today=TODAY) if each.kind == kind]
    return link


def test_free_comes_first_and_the_record_last() -> None:
    article = Article(17, identifiers=Identifiers(DOI, "PMC29"))

    assert [(link.kind, link.url, link.free) for link in links(article)] == [
        ("pmc", "https://pmc.ncbi.nlm.nih.gov/articles/PMC29/", True),
        ("publisher", "https://doi.org/10.5555/bog.1", False),
        ("pubmed", "https://pubmed.ncbi.nlm.nih.gov/17/", False),
    ]


def test_each_link_has_its_reason() -> None:
    article = Article(17, identifiers=Identifiers(DOI, "PMC29"))

    reasons = [link.reason for link in links(article)]

    assert all(reason.endswith(".") for reason in reasons)
    assert "PMC29" in reasons[0]
    assert DOI in reasons[1]


def test_a_record_alone_has_one_link() -> None:
    assert kinds(Article(17)) == ["pubmed"]


def test_nothing_but_a_pmcid_makes_a_text_free() -> None:
    """Neither another id of PMC's kind nor a DOI that is often free."""
    others = (ArticleId("pmc", "PMC5"), ArticleId("mid", "NIHMS5"))
    article = Article(
        17, identifiers=Identifiers("10.1371/journal.pone.1", None, others=others)
    )

    assert not any(link.free for link in links(article))


@pytest.mark.parametrize("pmcid", ["29", "PMC", "PMC29/../x", "PMC29\n", "pmc29"])
def test_what_is_no_pmcid_leads_nowhere(pmcid: str) -> None:
    assert kinds(Article(17, identifiers=Identifiers(pmcid=pmcid))) == ["pubmed"]


@pytest.mark.parametrize(
    ("release", "free"),
    [
        (PubDate(2026, 11, 26), False),
        (PubDate(2026, 12), False),
        (PubDate(2026, 11, 25), True),
        (PubDate(2019, 1, 1), True),
        (PubDate(printed="soon"), True),
    ],
)
def test_an_embargo_is_not_called_free(release: PubDate, free: bool) -> None:
    article = Article(
        17,
        identifiers=Identifiers(pmcid="PMC29"),
        history=(
            HistoryDate("entrez", PubDate(2030)),
            HistoryDate("pmc-release", release),
        ),
    )

    link = the("pmc", article)

    assert link.free is free
    assert ("shows it from 2026-" in link.reason) is not free


def test_an_awkward_doi_is_encoded() -> None:
    """10612833, and what a browser would read as a query or a fragment."""
    assert doi_url("10.5555/(SICI)1:1<1::AID-B;2>3.0.CO;2-4#a?b%41") == (
        "https://doi.org/10.5555/%28SICI%291%3A1%3C1%3A%3AAID-B%3B2%3E3.0.CO%3B2-4"
        "%23a%3Fb%2541"
    )


@pytest.mark.parametrize(
    "doi",
    [
        "",
        "bog",
        "10.5555",
        "10.5555/",
        "10.5/x",
        "doi:10.5555/x",
        "https://doi.org/10.5555/x",
    ]
    + ["10.5555/a b", "10.5555/a\nb", "javascript:10.5555/x"],
)
def test_what_is_no_doi_leads_nowhere(doi: str) -> None:
    assert doi_url(doi) is None
    assert kinds(Article(17, identifiers=Identifiers(doi))) == ["pubmed"]


@given(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1))
def test_every_doi_comes_back_from_its_address(suffix: str) -> None:
    url = doi_url(f"10.5555/{suffix}")

    assert url is not None
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc) == ("https", "doi.org")
    assert (parts.query, parts.fragment) == ("", "")
    assert unquote(parts.path) == f"/10.5555/{suffix}"
    assert url.isascii()


def test_a_book_has_its_shelf() -> None:
    """By its own number; the shelf is not called free, as not all on it is."""
    by_article = Article(
        17, identifiers=Identifiers(others=(ArticleId("bookaccession", "NBK4"),))
    )
    by_book = Article(17, book=Book(ids=(ArticleId("bookaccession", "NBK4"),)))

    for article in (by_article, by_book):
        link = the("bookshelf", article)
        assert link.url == "https://www.ncbi.nlm.nih.gov/books/NBK4/"
        assert not link.free


def test_other_numbers_are_no_shelf() -> None:
    ids = (ArticleId("bookaccession", "../x"), ArticleId("pii", "NBK4"))

    assert kinds(Article(17, identifiers=Identifiers(others=ids))) == ["pubmed"]


def test_an_invented_article_leads_nowhere() -> None:
    assert links(Article(FIRST_PMID, identifiers=Identifiers(DOI, "PMC29"))) == ()
