"""The article page: where it leads, and records that are not like most."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from made.articles import an_article
from made.pages import page_of, visible
from ownjournal.pubmed import citation
from ownjournal.pubmed.article import (
    Article,
    ArticleId,
    Author,
    Correction,
    DataBank,
    Identifiers,
    Markup,
    OtherAbstract,
    Reference,
    Section,
)
from ownjournal.pubmed.files import open_xml
from ownjournal.pubmed.records import read_records

BOOKS = "pubmed_result_208_articles_6_book_articles.xml.gz"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secret(settings: Any) -> None:
    settings.SECRET_KEY = "a secret for tests"


def linked(pmid: int) -> Article:
    """An article that leads everywhere an article can lead."""
    return an_article(
        pmid=pmid,
        abstract="It was registered as NCT99000077.",
        identifiers=Identifiers("10.5555/merrow.7", "PMC99000007"),
        authors=(Author(last_name="One", orcid="0000-0002-1825-0097"),),
        data_banks=(DataBank("ClinicalTrials.gov", ("NCT99000077",)),),
        corrections=(
            Correction("CommentIn", "J Invent Med. 2026", 99_000_009),
            Correction("RetractionIn", "J Invent Med. 2027", 99_000_010),
        ),
        references=(
            Reference(
                Markup("Fever. 1999"),
                (
                    ArticleId("pubmed", "99000011"),
                    ArticleId("doi", "10.5555/merrow.8"),
                    ArticleId("pmc", "PMC99000008"),
                ),
            ),
        ),
    )


def test_an_invented_article_leads_nowhere_and_says_why(client: Client) -> None:
    page = page_of(client, linked(99_000_001))

    addresses = re.findall(r'href="([^"]*)"', page)
    outside = [each for each in addresses if not each.startswith(("/", "#"))]
    ours = {"http://127.0.0.1:8000/articles/99000001", "http://127.0.0.1:8000/unapi"}
    assert set(outside) == ours
    assert "The numbers of an invented article lead nowhere" in page
    text = visible(page)
    for number in (
        "PMID 99000001",
        "10.5555/merrow.7",
        "PMC99000007",
        "iD 0000-0002-1825-0097",
        "ClinicalTrials.gov NCT99000077",
        "Comment in: J Invent Med. 2026",
        "Retraction in: J Invent Med. 2027",
        "PMID 99000011",
        "DOI 10.5555/merrow.8",
        "PMCID PMC99000008",
    ):
        assert number in text


def test_a_real_article_leads_everywhere(client: Client) -> None:
    page = page_of(client, linked(77))

    for address in (
        "https://doi.org/10.5555/merrow.7",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC99000007/",
        "https://pubmed.ncbi.nlm.nih.gov/77/",
        "https://orcid.org/0000-0002-1825-0097",
        "https://doi.org/10.5555/merrow.8",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC99000008/",
    ):
        assert f'href="{address}"' in page
    assert page.count('href="https://clinicaltrials.gov/study/NCT99000077"') == 2
    assert "lead nowhere" not in page


def test_a_registration_number_in_an_abstract_is_a_link(client: Client) -> None:
    other = OtherAbstract("Publisher", "spa", (Section(Markup("(NCT01234567)")),))

    page = page_of(
        client,
        an_article(
            pmid=77,
            abstract="It was registered as <b>NCT01234567</b> &amp; paid.",
            other_abstracts=(other,),
        ),
    )

    link = '<a href="https://clinicaltrials.gov/study/NCT01234567">NCT01234567</a>'
    assert f"It was registered as <b>{link}</b> &amp; paid.</p>" in page
    assert f"({link})" in page


def test_an_affiliation_of_one_author_is_not_everybodys(client: Client) -> None:
    """PMID 11237011."""
    bog = Author(last_name="Bog", affiliations=(Markup("Merrow."),))
    fen = Author(last_name="Fen")

    assert "Bog 1 , Fen 1 Merrow." in visible(
        page_of(client, an_article(authors=(bog, fen)))
    )
    assert "Bog , Bog Merrow." in visible(
        page_of(client, an_article(pmid=99_100_002, authors=(bog, bog)))
    )


def test_an_abstract_by_a_partner_stands_in_for_the_missing_one(
    client: Client,
) -> None:
    """PMID 12179763 has an abstract by PIP alone, PMID 11243089 has both."""
    other = OtherAbstract("PIP", "eng", (Section(Markup("People were counted.")),))

    alone = page_of(client, an_article(abstract=None, other_abstracts=(other,)))
    beside = page_of(client, an_article(pmid=99_100_002, other_abstracts=(other,)))

    assert "has no abstract" not in alone
    assert 'class="tabs"' not in alone
    assert '<h2 class="label" id="abstract">Abstract by the Population' in alone
    assert "<span>By PIP</span>" in beside
    assert '<p class="tab-name">Abstract by the Population Information' in beside


def test_a_record_of_a_whole_book_has_the_title_of_the_book(
    client: Client, shared_data: Path
) -> None:
    """The six real ones are chapters; here each has lost its own title."""
    with open_xml(shared_data / "pubmed" / "books" / BOOKS) as file:
        chapters = [
            each
            for each in read_records(file)
            if isinstance(each, Article) and each.book is not None
        ]

    assert len(chapters) == 6
    for chapter in chapters:
        assert chapter.book is not None
        whole = replace(chapter, title=None, pmid=chapter.pmid + 1_000_000)
        assert f">{chapter.title}</h1>" in unescape(page_of(client, chapter))
        page = unescape(page_of(client, whole))
        assert f">{chapter.book.title}</h1>" in page
        assert f"<title>{chapter.book.title} ·" in page
        assert f". {chapter.book.title} [Internet]. Bethesda" in citation.full(whole)
        assert "[No title]" not in page
