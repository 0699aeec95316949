"""Feeds of searches, read back by feedparser."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import RECEIVED, shelve
from ownjournal.catalogue import following, received
from ownjournal.catalogue.search_feed import ENTRIES
from ownjournal.pubmed.article import Correction, Markup

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = "https://journal.test"
    following.index.cache_clear()
    received.received.cache_clear()
    yield
    following.index.cache_clear()


def follow() -> None:
    following.follow(following.index())


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def test_a_feed_holds_what_came_in_last(client: Client) -> None:
    shelve(an_article(pmid=1001), an_article(pmid=1002, title="Marrowleaf."))
    shelve(an_article(pmid=1003, title="Velotrine <again> & again."))
    follow()

    parsed = read(client, "/search.atom?q=velotrine")

    assert [entry.id for entry in parsed.entries][0] == (
        "https://journal.test/articles/1003"
    )
    assert parsed.entries[0].title == "Velotrine <again> & again"
    assert parsed.entries[0].link == "https://journal.test/articles/1003"
    assert "Quillfeather AB" in parsed.entries[0].author
    assert "J Invent Med" in parsed.entries[0].summary
    assert parsed.feed.title.endswith(": velotrine")
    assert parsed.feed.link == "https://journal.test/search?q=velotrine"


def test_a_feed_has_what_the_format_asks_for(client: Client) -> None:
    """RFC 4287, 4.1.1 and 4.1.2."""
    shelve(an_article(pmid=1001), an_article(pmid=1002, authors=()))
    follow()

    feed = ElementTree.fromstring(client.get("/search.atom?q=velotrine").content)

    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(feed.findall(ATOM + name)) == 1
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {
        "alternate",
        "self",
    }
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for entry in entries:
        for name in ("id", "title", "updated"):
            assert len(entry.findall(ATOM + name)) == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 2


def test_an_entry_stays_as_old_as_it_is_until_it_is_retracted(client: Client) -> None:
    shelve(an_article(pmid=1001))
    shelve(an_article(pmid=1001, title="Velotrine, corrected."), at=later(1))
    follow()
    assert (
        read(client, "/search.atom?q=velotrine").entries[0].updated_parsed[:3]
        == (RECEIVED.timetuple()[:3])
    )

    retracted = an_article(pmid=1001, corrections=(Correction("RetractionIn", pmid=7),))
    shelve(retracted, at=later(2))
    follow()

    [entry] = read(client, "/search.atom?q=velotrine").entries
    assert entry.title.startswith("RETRACTED: ")
    assert entry.updated_parsed[:3] == later(2).timetuple()[:3]


def later(days: int) -> datetime:
    return RECEIVED + timedelta(days=days)


def test_hostile_text_stays_text(client: Client) -> None:
    title = Markup("Velotrine &lt;script&gt;alert(1)&lt;/script&gt; \u202e ]]&gt;")
    shelve(an_article(pmid=1001, title=title, abstract="</summary><script>x</script>"))
    follow()

    [entry] = read(client, "/search.atom?q=velotrine").entries

    assert "<script" not in entry.summary
    assert "<script>alert(1)</script>" in entry.title  # as text, and said to be text


def test_a_feed_is_bounded_and_can_be_kept(client: Client) -> None:
    shelve(*(an_article(pmid=pmid) for pmid in range(1, ENTRIES + 20)))
    follow()

    response = client.get("/search.atom?q=velotrine")

    assert len(feedparser.parse(response.content).entries) == ENTRIES
    assert response["Cache-Control"].startswith("public")
    assert response["Content-Type"].startswith("application/atom+xml")
    again = client.get(
        "/search.atom?q=velotrine", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304
    shelve(an_article(pmid=9_999))
    follow()
    again = client.get(
        "/search.atom?q=velotrine", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 200


def test_an_empty_feed_stands_still(client: Client) -> None:
    shelve(an_article(pmid=1))
    follow()

    first, second = (
        client.get("/search.atom?q=nothinglikethis").content for _ in range(2)
    )

    assert first == second
    assert feedparser.parse(first).feed.updated_parsed[:3] == RECEIVED.timetuple()[:3]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "nothing to search for"),
        ("q=%20", "nothing to search for"),
        ("q=sent:me", "feed of your own"),
        ("q=fever&order=oldest", "Articles are ordered by"),
        ("q=fever&design=none", "is no value"),
    ],
)
def test_what_is_no_feed_says_why(client: Client, query: str, sentence: str) -> None:
    response = client.get(f"/search.atom?{query}")

    assert response.status_code == 422
    assert sentence in response.text


def test_filters_and_readings_count_in_a_feed_too(client: Client) -> None:
    shelve(
        an_article(pmid=1, title="Velotrine for fever: a randomised trial."),
        an_article(pmid=2, title="Velotrine and sleep: a cohort study."),
    )
    follow()

    parsed = read(client, "/search.atom?q=velotrine&design=cohort")

    assert [entry.id for entry in parsed.entries] == ["https://journal.test/articles/2"]


def test_times_have_a_zone(client: Client) -> None:
    shelve(an_article(pmid=1))
    follow()

    [entry] = read(client, "/search.atom?q=velotrine").entries

    assert datetime.fromisoformat(entry.updated).astimezone(UTC) == RECEIVED
