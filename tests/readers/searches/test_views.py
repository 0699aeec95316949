"""The page of a reader's searches, and what is done on it."""

from html import unescape

import feedparser
import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.readers import registry
from ownjournal.readers.models import PastSearch, Reader, SavedSearch

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Reader:
    alice = registry.add("alice@merrow.test")
    client.force_login(alice)
    return alice


def follow(client: Client, parameters: str = "q=velotrine") -> SavedSearch:
    response = client.post("/searches/save", {"parameters": parameters})
    assert response.status_code == 302
    return SavedSearch.objects.latest("id")


def do(client: Client, search: SavedSearch, deed: str, **fields: str) -> str:
    response = client.post(f"/searches/{search.pk}/{deed}", fields)
    assert response.status_code == 302
    return str(response["Location"])


def arrive(*pmids: int) -> None:
    shelve(*(an_article(pmid=pmid) for pmid in pmids))
    following.follow(following.index())


def test_a_search_is_followed_from_its_page_and_shows_what_is_new(
    client: Client, alice: Reader
) -> None:
    arrive(1001)
    page = client.get("/search?q=velotrine&order=newest&page=1")
    assert "Follow this search" in page.text
    search = follow(client, page.context["page"].parameters)
    arrive(1002, 1003)

    text = client.get("/searches").text

    assert "2 new" in text
    found = client.get(do(client, search, "look")).context["page"]
    assert sorted(card.pmid for card in found.cards) == [1002, 1003]
    assert "nothing new" in client.get("/searches").text


def test_a_visitor_is_told_to_sign_in(client: Client) -> None:
    arrive(1001)

    assert "Sign in to follow" in client.get("/search?q=velotrine").text
    assert client.get("/searches").status_code == 302
    assert client.post("/searches/save", {"parameters": "q=a1"}).status_code == 302
    assert not SavedSearch.objects.exists()


def test_it_is_renamed_moved_and_removed(client: Client, alice: Reader) -> None:
    first, second = follow(client), follow(client, "q=fever")

    do(client, second, "rename", name="Hot & <b>cold</b>")
    do(client, second, "up")
    page = client.get("/searches")

    assert [each.name for each in page.context["page"].saved] == [
        "Hot & <b>cold</b>",
        "velotrine",
    ]
    assert "<b>cold</b>" not in page.text
    assert [each.asks for each in page.context["page"].saved] == ["fever", None]
    do(client, first, "remove")
    assert [each.name for each in alice.searches.all()] == ["Hot & <b>cold</b>"]


@pytest.mark.parametrize("deed", ["remove", "rename", "look", "open-feed", "nonsense"])
def test_another_reader_s_search_is_not_there(
    client: Client, alice: Reader, deed: str
) -> None:
    search = follow(client)
    client.force_login(registry.add("bob@merrow.test"))

    assert client.post(f"/searches/{search.pk}/{deed}").status_code == 404
    assert client.get("/searches").context["page"].saved == ()
    assert SavedSearch.objects.filter(pk=search.pk, has_feed=False).exists()


@pytest.mark.parametrize("deed", ["nonsense", "delete"])
def test_a_deed_that_there_is_not_is_not_done(
    client: Client, alice: Reader, deed: str
) -> None:
    search = follow(client)

    assert client.post(f"/searches/{search.pk}/{deed}").status_code == 404
    assert client.get(f"/searches/{search.pk}/remove").status_code == 405


def test_the_secret_feed_is_read_without_signing_in(
    client: Client, alice: Reader
) -> None:
    arrive(1001)
    search = follow(client)
    do(client, search, "rename", name="Velotrine & co")
    do(client, search, "open-feed")
    [view] = client.get("/searches").context["page"].saved
    assert view.feed is not None
    path = "/" + view.feed.split("/", 3)[3]

    response = Client().get(path)

    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    assert parsed.feed.title.endswith("Velotrine & co")
    assert [entry.id.rpartition("/")[2] for entry in parsed.entries] == ["1001"]
    assert "no-store" in response["Cache-Control"]
    token = path.rpartition("-")[2].removesuffix(".atom")
    assert token not in parsed.feed.id  # which feed readers pass on
    do(client, search, "close-feed")
    assert Client().get(path).status_code == 404


def test_a_feed_looks_among_what_is_its_reader_s(client: Client, alice: Reader) -> None:
    search = follow(client, "q=sent:me")
    do(client, search, "open-feed")
    [view] = client.get("/searches").context["page"].saved
    assert view.feed is not None

    response = Client().get("/" + view.feed.split("/", 3)[3])

    assert response.status_code == 200
    assert feedparser.parse(response.content).entries == []


def test_past_searches_are_kept_at_a_wish_and_erased(
    client: Client, alice: Reader
) -> None:
    assert "Your searches are not kept" in client.get("/searches").text
    client.post("/searches/history", {"keep": "yes"})
    client.get("/search?q=fever+%3Cb%3E")

    text = client.get("/searches").text
    assert "fever <b>" in unescape(text)
    assert "fever <b>" not in text

    client.post("/searches/history", {"keep": "erase"})
    assert not PastSearch.objects.exists()
    client.get("/search?q=falls")
    assert PastSearch.objects.count() == 1
    client.post("/searches/history", {"keep": "no"})
    assert not PastSearch.objects.exists()
    client.post("/searches/history", {"keep": "nonsense"})
    client.get("/search?q=falls")
    assert not PastSearch.objects.exists()


def test_what_cannot_be_followed_says_why(client: Client, alice: Reader) -> None:
    response = client.post("/searches/save", {"parameters": "q="}, follow=True)

    assert "nothing in this search to keep" in response.text
