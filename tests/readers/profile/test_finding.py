"""Articles that a reader named, found here or at NLM."""

from typing import Any

import pytest

from made.articles import an_article
from made.eutils_server import EutilsServer
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.pubmed.article import Identifiers
from ownjournal.readers.profile.finding import LOOKED_AT, Missing, find
from ownjournal.readers.profile.pasted import Named

pytestmark = pytest.mark.django_db

HERE, AT_NLM, NOWHERE = 31_000_001, 31_000_017, 31_000_018
DOI, PMCID = "10.99999/jim.2025.0001", "PMC7000001"


@pytest.fixture
def catalogue(own_data: None) -> None:
    """One article, in the index too."""
    shelve(an_article(pmid=HERE, identifiers=Identifiers(doi=DOI, pmcid=PMCID)))
    following.follow(following.index())


@pytest.mark.parametrize(
    "named",
    [
        Named(pmid=HERE),
        Named(doi=DOI),
        Named(doi=DOI.upper()),
        Named(pmcid=PMCID),
        Named(pmid=NOWHERE, doi=DOI),
    ],
)
def test_any_identifier_finds_it(catalogue: None, named: Named) -> None:
    found = find([named, Named(pmid=HERE)])

    assert (found.pmids, found.missing, found.left) == ((HERE,), (), 0)


def test_what_is_not_here_is_told_with_its_reason(catalogue: None) -> None:
    found = find([Named(pmid=NOWHERE), Named(doi="10.99999/none"), Named(doi=DOI)])

    assert found.pmids == (HERE,)
    assert found.missing == (
        Missing(
            f"PMID {NOWHERE}", "This site does not keep an article with this number."
        ),
        Missing("DOI 10.99999/none", "No article here has it."),
    )


def test_of_very_many_the_first_are_looked_for(catalogue: None) -> None:
    found = find([Named(pmid=HERE), *(Named(pmid=n + 1) for n in range(9_999))])

    assert found.pmids == (HERE,)
    assert found.left == 10_000 - LOOKED_AT


@pytest.mark.django_db(transaction=True)
def test_a_pmid_is_asked_of_nlm_where_that_is_allowed(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with EutilsServer(AT_NLM) as server:
        settings.FETCH_UNKNOWN = True
        settings.CONTACT_EMAIL = "desk@merrow.org"
        settings.EUTILS_URL = server.address

        found = find([Named(pmid=AT_NLM), Named(pmid=NOWHERE)])

    assert found.pmids == (AT_NLM,)
    assert [each.reason for each in found.missing] == [
        "PubMed has no article with this number."
    ]
