"""What is typed leads to the article in the catalogue that it cites."""

from collections.abc import Iterator

import pytest

from made.articles import PLAIN_ARTICLE, an_article
from made.shelf import shelve
from ownjournal.catalogue import citation_lookup, following, vocabulary
from ownjournal.catalogue.citation_lookup import matched
from ownjournal.catalogue.following import follow
from ownjournal.pubmed.article import Author, Identifiers
from ownjournal.search.citation_matching import Matched
from ownjournal.search.embedded import EmbeddedIndex

pytestmark = pytest.mark.django_db

OTHER = an_article(
    pmid=7,
    title="Steeping of kettles.",
    authors=(Author(last_name="Kettle"),),
    identifiers=Identifiers("10.99999/kettle"),
)


@pytest.fixture(autouse=True)
def index(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EmbeddedIndex]:
    """An index of these articles alone."""
    opened = EmbeddedIndex.open(tmp_path_factory.mktemp("index"))
    for module in (citation_lookup, following, vocabulary):
        monkeypatch.setattr(module, "index", lambda: opened)
    shelve(PLAIN_ARTICLE, OTHER)
    follow(opened)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "text",
    [
        "PMID: 99100001",
        "https://doi.org/10.99999/JIM.2025.0001",
        "Quillfeather 2025",
        "quillfeather ab 2025 j invent med",
        "Quillfeather AB, Okonfold T. Velotrine for fever after a fall in Lower\n"
        "Merrow. J Invent Med. 2025 Mar;7(2):1-9.",
        "velotrine for fever after a fall in Lower Merrow",
    ],
)
def test_a_citation_leads_to_its_article(text: str) -> None:
    found = matched(text)

    assert found is not None
    assert found.pmid == PLAIN_ARTICLE.pmid


def test_a_part_of_a_title_in_a_journal_is_offered() -> None:
    found = matched("J Invent Med fever after a fall")

    assert found is not None
    assert (found.pmid, found.others) == (None, (PLAIN_ARTICLE.pmid,))


def test_an_article_taken_back_is_led_to_no_more() -> None:
    shelve(taken_back=[7])  # and the index has not followed yet

    assert matched("10.99999/kettle") is None
    assert matched("steeping of the old kettles") is None


@pytest.mark.parametrize("text", ["velotrine fever", "fever[ti]", "Quillfeather 1999"])
def test_an_ordinary_query_is_none(text: str) -> None:
    assert matched(text) is None


def test_two_of_a_name_are_listed(index: EmbeddedIndex) -> None:
    shelve(an_article(pmid=8))
    follow(index)

    found = matched("Quillfeather 2025")

    assert isinstance(found, Matched)
    assert (found.pmid, sorted(found.others)) == (None, [8, PLAIN_ARTICLE.pmid])
