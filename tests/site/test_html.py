"""Every kind of page is valid HTML, light, and asks nobody else for anything."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from made.articles import an_article
from made.page_articles import FULL, ODD, crowded_article
from made.shelf import shelve
from made.trials import trials
from made.valid_html import faults_of
from ownjournal.catalogue import following
from ownjournal.issues.compile import compile_issue
from ownjournal.readers import registry
from ownjournal.readers.models import Reader
from ownjournal.readers.profile.steps import STEPS

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite_alone]

GONE = 31_000_500
PUBLIC = [
    "/",
    "/appraisal",
    "/search",
    "/search?q=velotrine",
    "/search?q=velotrine%20)",
    "/search?q=nothinglikethis",
    "/search?q=velotrine&design=rct&year=2019-&order=evidence",
    "/search?q=velotrine+fever&group=evidence",
    "/search?q=velotrine+marrowleaf+sent:me",
    "/api/v1/",
    "/sign-in",
    "/sign-up",
    "/sign-in/password",
    "/privacy",
    "/nowhere",
    "/articles/0",
    f"/articles/{GONE}",
    "/doi/10.5555/nowhere",
    *(f"/articles/{each.pmid}" for each in ODD),
]
OWN = [
    "/",
    "/interests",
    "/searches",
    "/log",
    "/log?from=2026-11-01&q=velotrine",
    "/issues",
    "/issues/1",
    *(f"/practice/{step.code}" for step in STEPS),
    "/practice",
    "/practice/topics?q=fever&under=C",
    "/account/membership",
    f"/articles/{ODD[0].pmid}",
]
LIGHT = 40_000  # bytes of a whole article page, compressed


@pytest.fixture
def reader() -> Reader:
    """Alice, with one issue; the articles are on the shelf and in the index."""
    now = datetime.now(UTC)
    shelve(*trials(99_200_000, 30), *ODD, an_article(pmid=GONE), at=now)
    shelve(taken_back=[GONE], at=now)
    following.follow(following.index())
    alice = registry.add("alice@merrow.test", words=["fever", "asthma"])
    assert compile_issue(alice, now=now + timedelta(days=1)) is not None
    return alice


@pytest.mark.slow
def test_every_kind_of_page_is_valid_html(client: Client, reader: Reader) -> None:
    pages = {path: client.get(path).text for path in PUBLIC}
    client.force_login(reader)
    client.post("/searches/save", {"parameters": "q=velotrine&design=rct"})
    client.post("/searches/history", {"keep": "yes"})
    pages |= {f"{path} of a reader": client.get(path).text for path in OWN}

    assert all("</html>" in page for page in pages.values())
    assert faults_of(pages) == []


def test_a_full_article_page_is_light(client: Client) -> None:
    shelve(FULL)

    page = client.get(f"/articles/{FULL.pmid}").content

    assert len(gzip.compress(page, 6)) < LIGHT


@pytest.mark.slow
def test_thousands_of_authors_and_headings_make_one_page(client: Client) -> None:
    """As large as a picture, and not larger; nobody is left out."""
    shelve(crowded_article())

    page = client.get(f"/articles/{crowded_article().pmid}")

    box = 4_000  # for a note, with its hints
    assert len(gzip.compress(page.content, 6)) < 3 * LIGHT + box
    assert page.text.count('<span class="author">') == 5_000
    assert page.text.count("Heading 999<") == 1


@pytest.mark.slow
def test_a_page_of_many_is_valid_html(client: Client) -> None:
    """Of hundreds: what looks through a page needs twenty seconds for thousands."""
    article = crowded_article(authors=500, headings=100)
    shelve(article)

    page = client.get(f"/articles/{article.pmid}").text

    assert page.count('<span class="author">') == 500
    assert faults_of({"crowded": page}) == []


@pytest.mark.parametrize("article", ODD, ids=lambda each: str(each.pmid))
def test_a_page_names_no_other_host_but_in_links(client: Client, article: Any) -> None:
    """Whatever a browser fetches by itself is ours: scripts, styles, images."""
    shelve(article)

    page = client.get(f"/articles/{article.pmid}").text

    fetched = re.findall(
        r"<(?:script|img|iframe|source|object)[^>]*? src=\"([^\"]*)", page
    )
    fetched += re.findall(
        r"<link rel=\"(?:stylesheet|icon)\"[^>]*? href=\"([^\"]*)", page
    )
    assert fetched
    assert all(unescape(each).startswith("/static/") for each in fetched)
