"""The plain text of every article is what the XML of its record says."""

import re
from urllib.parse import unquote

import pytest

from catalogue.truth.conftest import Shown
from catalogue.truth.page_expected import (
    abstract_name,
    foreign_language,
    said_languages,
)
from pubmed.agreement import Fact, Facts, differences
from pubmed.exports.truth import expected, listing
from pubmed.independent import Said, Summary

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.on_sqlite_alone,
]


def paragraphs(text: str) -> list[str]:
    """Each in one line, in order."""
    return [" ".join(each.split()) for each in text.split("\n\n")]


def language(said: Said) -> str | None:
    """A citation names none that NLM does not know."""
    return None if "und" in said_languages(said) else foreign_language(said)


def abstracts(said: Said) -> tuple[str, ...]:
    """Its sections with their labels, then its copyright line; then the others,
    each under its name.
    """
    found = [
        text
        for other in said.other_abstracts
        for text in (abstract_name(other).upper(), *parts(other))
    ]
    return (*parts(said.abstract), *found)


def parts(abstract: Summary | None) -> tuple[str, ...]:
    if abstract is None:
        return ()
    texts = [expected.labelled(*each) for each in abstract.sections]
    return (*texts, *filter(None, (abstract.copyright,)))


def told(text: str) -> tuple[str, ...]:
    """What stands between the reference, its DOI's address and our reading."""
    found = paragraphs(text)
    begin = next(place for place, each in enumerate(found) if is_reference(each)) + 1
    begin += found[begin].startswith("https://doi.org/")
    end = next(n for n, each in enumerate(found) if each.startswith("Study design, as"))
    return tuple(found[begin:end])


def is_reference(paragraph: str) -> bool:
    return re.search(r"PMID: \d+(; PMCID: \S+)?\.$", paragraph) is not None


def reference(text: str) -> str:
    return next(filter(is_reference, paragraphs(text)))


def doi(text: str) -> str | None:
    addresses = re.findall(r"^https://doi\.org/(\S+)$", text, re.M)
    return unquote(addresses[0]) if addresses else None


FACTS: Facts = {
    "reference": Fact(
        lambda said: None if said.is_book else listing.reference(said, language(said)),
        lambda text: None if " In: " in reference(text) else reference(text),
        654,
    ),
    "DOI": Fact(lambda said: said.doi, doi, 370),
    "abstract": Fact(abstracts, told, 507),
    "address": Fact(
        lambda said: f"/articles/{said.pmid}",
        lambda text: paragraphs(text)[-1].partition(":8000")[2],
        660,
    ),
}


def test_every_fact_of_every_record_is_in_its_plain_text(
    every_record: list[Shown],
) -> None:
    assert differences(FACTS, ((each.said, each.text) for each in every_record)) == []


def test_what_is_retracted_is_told_to_be_before_all_else(
    every_record: list[Shown],
) -> None:
    retracted = [
        each.text
        for each in every_record
        if "RetractionIn" in {link.kind for link in each.said.links}
    ]

    assert len(retracted) >= 4
    assert all(text.startswith("This article has been retracted") for text in retracted)
