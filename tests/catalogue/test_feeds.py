"""Public feeds, of topics, journals and searches, in both forms."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from made.articles import PLAIN_ARTICLE, an_article
from made.feeds import ATOM, valid_atom, valid_json_feed
from made.shelf import RECEIVED, shelve
from ownjournal.catalogue import following, received
from ownjournal.pubmed.article import Markup, MeshHeading

pytestmark = pytest.mark.django_db
ASTHMA = MeshHeading("D001249", "Asthma", major=True)
EVIL = Markup(
    "Fever &lt;script&gt;x&lt;/script&gt; ]]&gt; \u202eright to left\u202c <i>&amp;</i>"
)
FEEDS = ("/feeds/topics/D001249", "/feeds/journals/99000001X")


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = "https://journal.test"
    following.index.cache_clear()
    received.received.cache_clear()
    yield
    following.index.cache_clear()


def shelved(*pmids: int, **changes: Any) -> None:
    shelve(*(an_article(pmid=pmid, mesh=(ASTHMA,), **changes) for pmid in pmids))
    following.follow(following.index())


@pytest.mark.parametrize("feed", FEEDS)
def test_a_topic_and_a_journal_have_a_feed_in_both_forms(
    client: Client, feed: str
) -> None:
    shelved(1, 2)
    shelve(an_article(pmid=3, journal=None))
    following.follow(following.index())

    atom, json = client.get(f"{feed}.atom"), client.get(f"{feed}.json")

    assert atom["Content-Type"].startswith("application/atom+xml")
    assert json["Content-Type"].startswith("application/feed+json")
    root, parsed = valid_atom(atom.content), valid_json_feed(json.content)
    ids = [f"https://journal.test/articles/{pmid}" for pmid in (2, 1)]
    assert [each.text for each in root.findall(f"{ATOM}entry/{ATOM}id")] == ids
    assert [item["id"] for item in parsed["items"]] == ids
    assert parsed["feed_url"] == f"https://journal.test{feed}.json"
    assert root.findtext(f"{ATOM}id") == f"https://journal.test{feed}.atom"
    name = PLAIN_ARTICLE.journal.title if "journals" in feed else "Asthma"  # type: ignore[union-attr]
    assert parsed["title"].endswith(name)


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/topics/D009999.atom",
        "/feeds/journals/1234.json",
        "/feeds/topics/D001249.rss",
        "/feeds/topics/d001249.atom",
    ],
)
def test_what_nobody_knows_has_no_feed(client: Client, address: str) -> None:
    shelved(1)

    assert client.get(address).status_code == 404


def test_a_search_has_both_forms(client: Client) -> None:
    shelved(1)

    parsed = valid_json_feed(client.get("/search/feed.json?q=velotrine").content)
    valid_atom(client.get("/search.atom?q=velotrine").content)

    assert parsed["home_page_url"] == "https://journal.test/search?q=velotrine"
    assert len(parsed["items"]) == 1


@pytest.mark.parametrize("form", ["atom", "json"])
def test_hostile_titles_stay_text(client: Client, form: str) -> None:
    shelved(1, title=EVIL, abstract="x \x07 ]]> <script>alert(1)</script>")

    content = client.get(f"/feeds/topics/D001249.{form}").content

    if form == "atom":
        entry = valid_atom(content).find(f"{ATOM}entry")
        assert entry is not None
        title, text = entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")
    else:
        [item] = valid_json_feed(content)["items"]
        title, text = item["title"], item["content_html"]
    assert "<script>x</script> ]]>" in title
    assert "\u202e" not in title
    assert "<script" not in text


def test_a_feed_is_read_again_only_when_something_is_new(client: Client) -> None:
    shelved(1)
    first = client.get("/feeds/topics/D001249.atom")
    kept = {"If-None-Match": first["ETag"]}
    since = {"If-Modified-Since": first["Last-Modified"]}

    assert client.get("/feeds/topics/D001249.atom", headers=kept).status_code == 304
    assert client.get("/feeds/topics/D001249.atom", headers=since).status_code == 304

    shelve(an_article(pmid=2, mesh=(ASTHMA,)), at=RECEIVED + timedelta(days=1))
    # the index does not have it yet, so nobody may be told that nothing changed
    assert "Last-Modified" not in client.get("/feeds/topics/D001249.atom")
    following.follow(following.index())
    assert client.get("/feeds/topics/D001249.atom", headers=kept).status_code == 200
    assert client.get("/feeds/topics/D001249.atom", headers=since).status_code == 200


def test_pages_lead_to_their_feeds(client: Client) -> None:
    shelved(1)

    article = client.get("/articles/1").content.decode()
    search = client.get("/search?q=velotrine").content.decode()

    for feed in FEEDS:
        assert f'href="{feed}.atom"' in article
        assert f'href="{feed}.json"' in article
    assert 'type="application/feed+json"' in search
    assert "/search/feed.json?q=velotrine" in search
