"""The citations of an article page, in whatever style, are of its article.

How a style sets a citation is tested beside the styles; here is what none may
lose or make up.
"""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from catalogue.truth.conftest import Shown
from catalogue.truth.head_expected import letters
from catalogue.truth.page_reading import identifier, words
from pubmed.exports.truth import expected
from pubmed.independent import Formula, Said

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.on_sqlite_alone,
]

STYLES = {"vancouver", "nlm", "ama", "apa"}


def cited(each: Shown) -> dict[str, str]:
    """{style: citation}."""
    return {
        found.get("data-style"): words(found.find("p[@class='citation']")) or ""
        for found in each.page.at("ul.citations li")
    }


def facts(said: Said) -> Iterator[str]:
    """What no style leaves out."""
    if said.doi:
        yield said.doi
    title = said.title or said.vernacular_title
    if title and not isinstance(title, Formula):
        yield title
    if volume := expected.volume(said):
        yield volume
    if not said.is_book:  # AMA has the year of the book, the others the chapter's
        yield str(expected.counts(said).year)
    if "RetractionIn" in {link.kind for link in said.links}:
        yield "retract"
    yield from [name[0] for name in expected.names(said)[:1]]


def test_every_citation_names_who_signed_first_what_when_and_where(
    every_record: list[Shown],
) -> None:
    lost = []
    for each in every_record:
        citations = cited(each)
        assert set(citations) >= STYLES
        for style, text in citations.items():
            told = letters(unquote(text)).lower()
            lost += [
                f"{each.said.pmid} {style}: {fact!r} is not in {text!r}"
                for fact in facts(each.said)
                if letters(fact).lower() not in told
            ]

    assert lost == []


def test_no_citation_gives_an_article_the_doi_of_another(
    every_record: list[Shown],
) -> None:
    for each in every_record:
        for link in each.page.main.xpath(".//p[@class='citation']//a/@href"):
            if "doi.org" in link:
                assert identifier(link) == each.said.doi, each.said.pmid
