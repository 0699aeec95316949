"""Links lead where they say, and free is only what somebody answers for."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from ownjournal.pubmed.article import (
    Abstract,
    Article,
    ArticleId,
    Author,
    Book,
    HistoryDate,
    Identifiers,
    Markup,
    PubDate,
    PublicationType,
)
from ownjournal.pubmed.example import FIRST_PMID
from ownjournal.pubmed.fulltext import RETRACTED, Link, doi_url, licence, links
from ownjournal.pubmed.open_copy import OpenCopy

TODAY = date(2026, 11, 25)
DOI = "10.5555/bog.1"


COPY = OpenCopy(
    "https://archive.example.edu/bog.pdf",
    "repository",
    "accepted",
    "CC BY-NC",
    "Unpaywall",
    date(2026, 11, 3),
)
RECORD_ALONE = ["libkey", "request", "europepmc", "pubmed"]


def kinds(article: Article, **more: Any) -> list[str]:
    return [link.kind for link in links(article, today=TODAY, **more)]


def the(kind: str, article: Article, **more: Any) -> Link:
    found = links(article, today=TODAY, **more)
    [link] = [each for each in found if each.kind == kind]
    return link


def with_line(line: str, **changes: Any) -> Article:
    """An article whose copyright line is this one."""
    return Article(
        17, abstract=Abstract(copyright=line), identifiers=Identifiers(DOI), **changes
    )


def test_free_comes_first_and_the_record_last() -> None:
    article = Article(17, identifiers=Identifiers(DOI, "PMC29"))

    assert [(link.kind, link.url, link.free) for link in links(article)] == [
        ("pmc", "https://pmc.ncbi.nlm.nih.gov/articles/PMC29/", True),
        ("publisher", "https://doi.org/10.5555/bog.1", False),
        ("pubmed", "https://pubmed.ncbi.nlm.nih.gov/17/", False),
    ]


def test_each_link_has_its_reason() -> None:
    article = Article(17, identifiers=Identifiers(DOI, "PMC29"))

    reasons = [link.reason for link in links(article, open_copy=COPY)]

    assert all(reason.endswith(".") for reason in reasons)
    assert "PMC29" in reasons[0]
    assert DOI in reasons[2]


def test_where_nothing_is_free_there_are_ways_to_ask() -> None:
    article = Article(17, identifiers=Identifiers(DOI))

    assert kinds(article) == ["publisher", *RECORD_ALONE]
    groups = [link.group for link in links(article)]
    assert groups == ["text", "ask", "ask", "record", "record"]


def test_a_record_alone_has_ways_to_ask() -> None:
    assert kinds(Article(17)) == RECORD_ALONE


def test_a_doi_that_is_often_free_is_not_called_free() -> None:
    """Nor does another id of PMC's kind count."""
    others = (ArticleId("pmc", "PMC5"), ArticleId("mid", "NIHMS5"))
    article = Article(
        17, identifiers=Identifiers("10.1371/journal.pone.1", None, others=others)
    )

    assert not any(link.free for link in links(article))


def test_an_open_copy_comes_after_pmc_and_before_the_publisher() -> None:
    both = Article(17, identifiers=Identifiers(DOI, "PMC29"))
    doi_alone = Article(17, identifiers=Identifiers(DOI))

    assert kinds(both, open_copy=COPY) == ["pmc", "open-copy", "publisher", "pubmed"]
    assert kinds(doi_alone, open_copy=COPY)[:2] == ["open-copy", "publisher"]


def test_of_two_open_copies_the_published_one_comes_first() -> None:
    licensed = with_line("CC BY 4.0")

    assert kinds(licensed, open_copy=COPY) == ["publisher", "open-copy", "pubmed"]


def test_a_copy_at_the_publishers_stands_in_place_of_the_doi() -> None:
    copy = structs.replace(COPY, host="publisher", version="published")
    article = Article(17, identifiers=Identifiers(DOI))

    assert kinds(article, open_copy=copy) == ["open-copy", "pubmed"]
    assert the("open-copy", article, open_copy=copy).label == "Free at the publisher"


def test_an_open_copy_says_what_it_is_and_who_says_so() -> None:
    link = the("open-copy", Article(17), open_copy=COPY)

    assert (link.label, link.url, link.free) == ("Free manuscript", COPY.url, True)
    assert (link.licence, link.version) == ("CC BY-NC", "accepted")
    assert link.checked_on == COPY.checked_on
    assert link.reason == (
        "archive.example.edu has the authors' accepted manuscript; licence CC BY-NC."
        " Found by Unpaywall, last checked on 3 November 2026."
    )


@pytest.mark.parametrize(
    ("version", "label", "words"),
    [
        ("published", "Free full text", "the published text"),
        ("submitted", "Free preprint", "the preprint, before peer review"),
        (None, "Free full text", "a version that is not stated"),
    ],
)
def test_a_preprint_is_not_called_the_article(
    version: Any, label: str, words: str
) -> None:
    copy = structs.replace(COPY, version=version, licence=None)

    link = the("open-copy", Article(17), open_copy=copy)

    assert link.label == label
    assert f"has {words}; no licence stated." in link.reason


def test_of_what_pmc_holds_the_record_itself_tells() -> None:
    """An embargo is not got round by a list that knows nothing of it."""
    under_embargo = Article(
        17,
        identifiers=Identifiers(DOI, "PMC29"),
        history=(HistoryDate("pmc-release", PubDate(2027)),),
    )
    for host in ("www.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "europepmc.org"):
        copy = structs.replace(COPY, url=f"https://{host}/articles/PMC29")

        assert "open-copy" not in kinds(under_embargo, open_copy=copy)
        assert "open-copy" in kinds(Article(17), open_copy=copy)


@pytest.mark.parametrize("pmcid", [None, "PMC29"])
def test_libkey_stays_where_only_an_earlier_version_is_free(pmcid: str | None) -> None:
    article = Article(17, identifiers=Identifiers(DOI, pmcid))
    published = structs.replace(COPY, version="published")

    assert ("libkey" in kinds(article, open_copy=COPY)) is (pmcid is None)
    assert "libkey" not in kinds(article, open_copy=published)
    assert "request" not in kinds(article, open_copy=COPY)


def test_libkey_takes_the_doi_else_the_pmid() -> None:
    article = Article(17, identifiers=Identifiers("10.5555/a<b"))

    assert the("libkey", article).url == "https://libkey.io/10.5555/a%3Cb"
    assert the("libkey", Article(17)).url == "https://libkey.io/17"


def test_a_request_is_a_mail_of_ones_own_with_the_citation() -> None:
    author = Author(last_name="Quillfeather\r\nBcc: a@b.c", initials="A&?B#")
    article = Article(17, title=Markup("Tea &amp; moss"), authors=(author,) * 2_000)

    parts = urlsplit(the("request", article).url)

    assert (parts.scheme, parts.netloc, parts.path) == ("mailto", "", "")
    fields = parse_qs(parts.query, strict_parsing=True)
    assert set(fields) == {"subject", "body"}
    assert fields["subject"] == ["Request for a copy: PMID 17"]
    assert "Tea & moss" in fields["body"][0]
    assert "A&?B#" in fields["body"][0]
    assert len(parts.query) < 6_000


def test_a_retracted_article_keeps_its_links_and_each_says_so() -> None:
    article = Article(17, identifiers=Identifiers(DOI, "PMC29"))

    found = links(article, open_copy=COPY, retracted=True)

    assert [link.kind for link in found] == kinds(article, open_copy=COPY)
    for link in found:
        assert link.reason.endswith(RETRACTED) is (link.group == "text")


def test_an_open_licence_in_the_record_makes_the_publisher_free() -> None:
    link = the("publisher", with_line("Under CC BY 4.0."))

    assert (link.free, link.licence, link.label) == (
        True,
        "CC BY 4.0",
        "Free at the publisher",
    )
    assert "licence CC BY 4.0" in link.reason
    assert kinds(with_line("Under CC BY 4.0.")) == ["publisher", "pubmed"]


@pytest.mark.parametrize("line", ["© Merrow Press, exclusive licence.", "CC BY; CC0"])
def test_a_line_that_leaves_a_doubt_makes_nothing_free(line: str) -> None:
    assert licence(with_line(line)) is None
    assert not the("publisher", with_line(line)).free


def test_pmcs_copy_has_the_licence_unless_it_is_the_authors_manuscript() -> None:
    """As of 24453362, which the authors gave to PMC."""
    ids = Identifiers(DOI, "PMC29")
    given = Identifiers(DOI, "PMC29", others=(ArticleId("mid", "NIHMS5"),))
    licensed = structs.replace(with_line("CC BY 4.0"), identifiers=ids)

    assert the("pmc", licensed).licence == "CC BY 4.0"
    assert the("pmc", licensed).version == "published"
    manuscript = the("pmc", structs.replace(licensed, identifiers=given))
    assert (manuscript.licence, manuscript.version) == (None, "accepted")
    assert "the authors' accepted manuscript" in manuscript.reason


def test_a_preprint_in_pmc_is_called_one() -> None:
    preprint = Article(
        17,
        identifiers=Identifiers(pmcid="PMC29"),
        publication_types=(PublicationType("D000076942", "Preprint"),),
    )

    assert the("pmc", preprint).version == "submitted"
    assert kinds(preprint) == ["pmc", "pubmed"]


@pytest.mark.parametrize("pmcid", ["29", "PMC", "PMC29/../x", "PMC29\n", "pmc29"])
def test_what_is_no_pmcid_leads_nowhere(pmcid: str) -> None:
    assert kinds(Article(17, identifiers=Identifiers(pmcid=pmcid))) == RECORD_ALONE


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
    assert (f"shows it from {release.day or 1} " in link.reason) is not free


def test_what_pmc_keeps_back_comes_after_the_publisher() -> None:
    article = Article(
        17,
        identifiers=Identifiers(DOI, "PMC29"),
        history=(HistoryDate("pmc-release", PubDate(2027)),),
    )

    assert kinds(article)[:2] == ["publisher", "pmc"]


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
    assert kinds(Article(17, identifiers=Identifiers(doi))) == RECORD_ALONE


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
    """By its own number; NLM keeps the shelf open to everybody."""
    by_article = Article(
        17, identifiers=Identifiers(others=(ArticleId("bookaccession", "NBK4"),))
    )
    by_book = Article(17, book=Book(ids=(ArticleId("bookaccession", "NBK4"),)))

    for article in (by_article, by_book):
        link = the("bookshelf", article)
        assert link.url == "https://www.ncbi.nlm.nih.gov/books/NBK4/"
        assert link.free


def test_other_numbers_are_no_shelf() -> None:
    ids = (ArticleId("bookaccession", "../x"), ArticleId("pii", "NBK4"))

    assert kinds(Article(17, identifiers=Identifiers(others=ids))) == RECORD_ALONE


def test_an_invented_article_leads_nowhere() -> None:
    assert links(Article(FIRST_PMID, identifiers=Identifiers(DOI, "PMC29"))) == ()
