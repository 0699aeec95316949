"""The search page, over a real index."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.searching import A_PAGE, LAST_PAGE, BadRequest, read_request
from ownjournal.pubmed.article import Correction, JournalIssue, PubDate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def index_all() -> None:
    following.follow(following.index())


def test_what_is_indexed_is_found(client: Client) -> None:
    shelve(
        an_article(pmid=1001, title="Velotrine for fever."),
        an_article(pmid=1002, title="Marrowleaf for coughs.", abstract="Nothing."),
    )
    index_all()

    page = client.get("/search", {"q": "velotrine fever"}).text

    assert ">1 article<" in page
    assert "/articles/1001" in page
    assert "/articles/1002" not in page


def test_nothing_found_says_how_to_ask(client: Client) -> None:
    page = client.get("/search", {"q": "marrowleaf"}).text

    assert "No article found" in page
    assert "hip fracture" in page


def test_an_empty_search_shows_what_can_be_asked(client: Client) -> None:
    page = client.get("/search").text

    assert "[au]" in page
    assert "No article found" not in page


def test_what_was_not_understood_is_pointed_at(client: Client) -> None:
    page = client.get("/search", {"q": "fever )<b> falls"}).text

    assert "fever <mark>)</mark>&lt;b&gt; falls" in page


def test_a_long_query_is_not_repeated_for_each_of_its_problems(
    client: Client,
) -> None:
    page = client.get("/search", {"q": "fever " * 50 + ")" * 10_000}).text

    assert page.count('class="query"') == 5
    assert "…fever fever" in page
    assert len(page) < 100_000


def test_pages_follow_each_other_without_overlap(client: Client) -> None:
    shelve(*(an_article(pmid=2000 + n) for n in range(A_PAGE + 5)))
    index_all()

    first = client.get("/search", {"q": "velotrine", "order": "newest"})
    second = client.get("/search?q=velotrine&order=newest&page=2")

    pages = [response.context["page"] for response in (first, second)]
    shown = [card.pmid for page in pages for card in page.cards]
    assert len(shown) == len(set(shown)) == A_PAGE + 5
    assert pages[0].next == "/search?q=velotrine&order=newest&page=2"
    assert pages[1].previous == "/search?q=velotrine&order=newest"
    assert pages[1].next is None
    assert pages[1].place == "Page 2 of 2"


def test_newest_first_is_by_date(client: Client) -> None:
    old = an_article(pmid=3001, journal_issue=JournalIssue(PubDate(1999, 5)))
    shelve(old, an_article(pmid=3000))
    index_all()

    response = client.get("/search", {"q": "velotrine", "order": "newest"})

    assert [card.pmid for card in response.context["page"].cards] == [3000, 3001]


def test_a_retracted_article_is_found_and_marked(client: Client) -> None:
    shelve(an_article(pmid=1001, corrections=(Correction("RetractionIn", pmid=7),)))
    index_all()

    page = client.get("/search", {"q": "velotrine"}).text

    assert '<li class="badge danger">Retracted</li>' in page
    assert 'class="struck"' in page


def test_an_article_taken_back_since_is_left_out(client: Client) -> None:
    shelve(an_article(pmid=1001), an_article(pmid=1002))
    index_all()
    shelve(taken_back=[1001])

    response = client.get("/search", {"q": "velotrine"})

    assert [card.pmid for card in response.context["page"].cards] == [1002]


def test_a_pmid_alone_leads_to_its_article(client: Client) -> None:
    shelve(an_article(pmid=1001000))

    response = client.get("/search", {"q": " 1001000 "})

    assert response.status_code == 302
    assert response["Location"] == "/articles/1001000"


def test_a_pmid_that_is_not_here_is_searched_for(client: Client) -> None:
    assert client.get("/search", {"q": "1001000"}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=0",
        f"page={10**30}",
        f"page={LAST_PAGE + 1}",
        "page=1.5",
        "page=٢",
        "page=",
        "order=;drop",
        "order=",
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused(
    client: Client, query: str
) -> None:
    response = client.get(f"/search?q=fever&{query}")

    assert response.status_code == 422
    assert "cannot be answered" in response.text


def test_the_last_page_can_be_asked_for(client: Client) -> None:
    response = client.get(f"/search?q=fever&page={LAST_PAGE}")

    assert response.status_code == 200


def test_only_the_known_orders_are_read() -> None:
    assert read_request(QueryDict("q=a&order=newest")).order == "newest"
    with pytest.raises(BadRequest):
        read_request(QueryDict("order=oldest"))


@pytest.mark.parametrize(
    "text",
    [
        "</title><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "\x00\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "(" * 10_000,
        '"' * 10_001,
        "a " * 20_000,
        "AND OR NOT",
        "‮fever‮",
    ],
)
def test_any_text_is_answered_and_none_becomes_code(client: Client, text: str) -> None:
    response = client.get("/search", {"q": text})

    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "<img" not in response.text


def test_an_index_that_cannot_be_used_is_said(client: Client, tmp_path: Path) -> None:
    shelve(an_article(pmid=1001))
    index_all()
    for path in (tmp_path / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    following.index.cache_clear()

    response = client.get("/search", {"q": "velotrine"})

    assert response.status_code == 503
    assert "Search is down at the moment" in response.text


def test_an_index_that_is_gone_is_said_and_finds_nothing_silently(
    client: Client, tmp_path: Path
) -> None:
    shelve(an_article(pmid=1001))
    index_all()
    assert client.get("/search", {"q": "velotrine"}).context["page"].total == "1"
    shutil.rmtree(tmp_path / "index")

    assert client.get("/search", {"q": "velotrine"}).status_code == 503
    assert client.get("/api/v1/search", {"q": "velotrine"}).status_code == 503


@pytest.mark.parametrize(
    "citation",
    [
        "10.99999/jim.2025.0001",
        "https://doi.org/10.99999/jim.2025.0001",
        "PMID: 1001000",
        "Quillfeather AB, Okonfold T. Velotrine for fever after a fall in Lower "
        "Merrow. J Invent Med. 2025 Mar;7(2).",
    ],
)
def test_a_citation_leads_to_its_article_and_back_to_the_words(
    client: Client, citation: str
) -> None:
    shelve(an_article(pmid=1001000))
    index_all()

    response = client.get("/search", {"q": citation})

    assert response.status_code == 302
    assert response["Location"] == "/articles/1001000"
    article = client.get(response["Location"])
    [back] = re.findall(r'href="(/search[^"]*jump=off)"', article.text)
    assert client.get(unescape(back)).status_code == 200


def test_a_citation_with_filters_is_searched_for(client: Client) -> None:
    shelve(an_article(pmid=1001000))
    index_all()

    response = client.get("/search", {"q": "10.99999/jim.2025.0001", "design": "rct"})

    assert response.status_code == 200


def test_a_citation_that_fits_several_names_them(client: Client) -> None:
    shelve(*(an_article(pmid=1001 + n) for n in range(3)))
    index_all()

    response = client.get("/search", {"q": "Quillfeather 2025"})

    meant = response.context["page"].meant
    assert len(meant.articles) == 3
    assert client.get(meant.address).context["page"].total == "3"
    assert "As a citation this may be" in response.text
