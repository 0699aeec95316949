"""COinS where a page is a list, and nowhere else."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.coins import span_title
from ownjournal.pubmed import openurl
from ownjournal.pubmed.article import Article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

Tag = tuple[str, dict[str, str | None]]


class Tags(HTMLParser):
    """All start tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Tag] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.found if attrs.get("class") == name]


def tags_of_search(client: Client, *articles: Article) -> Tags:
    shelve(*articles)
    following.follow(following.index())
    return Tags(client.get("/search?q=velotrine").text)


def test_a_list_has_a_span_for_each_article_in_the_terms_of_openurl(
    client: Client,
) -> None:
    articles = [an_article(pmid=1001), an_article(pmid=1002)]

    spans = tags_of_search(client, *articles).of_class("Z3988")

    titles = [span["title"] or "" for span in spans]
    assert sorted(tuple(parse_qsl(title)) for title in titles) == [
        openurl.context(article) for article in articles
    ]
    assert all(span["aria-hidden"] == "true" for span in spans)


def test_a_list_names_its_articles_for_unapi(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://journal.test"

    tags = tags_of_search(client, an_article(pmid=1001))

    [name] = tags.of_class("unapi-id")
    [link] = [a for tag, a in tags.found if a.get("rel") == "unapi-server"]
    assert name == {"class": "unapi-id", "title": "pmid:1001", "hidden": None}
    assert link["href"] == "https://journal.test/unapi"
    assert link["type"] == "application/xml"


def test_an_article_s_own_page_has_no_span(client: Client) -> None:
    shelve(an_article(pmid=1001))

    page = client.get("/articles/1001").text

    assert "Z3988" not in page


def test_no_title_breaks_out_of_the_span(client: Client) -> None:
    title = "Velotrine \"><script>alert(1)</script>&rft.atitle=x ' fever\r\n."
    article = an_article(pmid=1001, title=title)

    tags = tags_of_search(client, article)

    [span] = tags.of_class("Z3988")
    assert dict(parse_qsl(span["title"] or ""))["rft.atitle"].startswith('Velotrine "')
    assert ("script", {}) not in tags.found
    assert set(span) == {"class", "title", "aria-hidden"}


def test_every_value_is_encoded(client: Client) -> None:
    article = an_article(title="Fever & chills = 100% + more; “quoted”.")

    assert parse_qsl(span_title(article), strict_parsing=True) == list(
        openurl.context(article)
    )
