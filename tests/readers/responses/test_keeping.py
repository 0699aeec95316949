"""The list of saved articles."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from made.notes import a_note
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.readers.models import Reader
from ownjournal.readers.responses import keeping
from ownjournal.readers.responses.saying import keep, mark_read

from .conftest import FIRST

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def page(client: Client, alice: Reader, bob: Reader, shelf: object) -> Client:
    """Alice keeps five of six articles and has read the first; Bob keeps the sixth."""
    for number in range(5):
        keep(alice, FIRST + number, at=MONDAY + timedelta(hours=number))
    mark_read(alice, FIRST, at=MONDAY)
    keep(bob, FIRST + 5)
    following.index.cache_clear()
    following.follow(following.index())
    client.force_login(alice)
    return client


def listed(html: str) -> list[int]:
    return [int(each) - FIRST for each in re.findall(r'id="title-(\d+)"', html)]


def test_the_last_saved_comes_first_and_what_is_read_can_be_left_out(
    page: Client,
) -> None:
    assert listed(page.get("/saved").text) == [4, 3, 2, 1, 0]
    assert listed(page.get("/saved", {"show": "unread"}).text) == [4, 3, 2, 1]
    assert listed(page.get("/saved", {"show": "read"}).text) == [0]
    assert listed(page.get("/saved", {"show": "'--"}).text) == [4, 3, 2, 1, 0]


def test_it_is_searched_like_all_articles(page: Client) -> None:
    assert sorted(listed(page.get("/saved", {"q": "gout[ti]"}).text)) == [1, 3]
    both = {"q": "fever[ti]", "show": "unread"}
    assert sorted(listed(page.get("/saved", both).text)) == [2, 4]
    assert "Nothing that you saved has this" in page.get("/saved", {"q": "zzz"}).text
    assert sorted(listed(page.get("/search", {"q": "in:saved AND gout[ti]"}).text)) == [
        1,
        3,
    ]


def test_the_note_that_leads_an_article_stands_in_it(page: Client) -> None:
    a_note(pmid=FIRST, text="It *fades*.")

    assert "It <em>fades</em>." in page.get("/saved").text


def test_it_has_pages(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "A_PAGE", 2)

    assert listed(page.get("/saved", {"page": "2"}).text) == [2, 1]
    for odd in ("-1", "x", str(10**30)):
        assert page.get("/saved", {"page": odd}).status_code == 200


def test_it_is_taken_along_whole_or_in_part(page: Client) -> None:
    whole = page.post("/saved/export", {"which": "all", "format": "nbib"})
    ticked = page.post(
        "/saved/export",
        {"which": "selected", "pmid": [str(FIRST + 2)], "format": "nbib"},
    )

    found = re.findall(r"PMID- *(\d+)", whole.content.decode())
    assert [int(each) - FIRST for each in found] == [4, 3, 2, 1, 0]
    assert re.findall(r"PMID- *(\d+)", ticked.content.decode()) == [str(FIRST + 2)]


def test_an_article_taken_back_stays_listed_and_can_go(
    page: Client, alice: Reader
) -> None:
    shelve(taken_back=[FIRST + 4])

    html = page.get("/saved").text
    assert "PubMed no longer has this article" in html

    page.post(f"/articles/{FIRST + 4}/say", {"do": "unsave", "back": "/saved"})
    assert alice.saved.count() == 4


def test_it_is_its_reader_s_alone(page: Client, client: Client) -> None:
    assert str(FIRST + 5) not in page.get("/saved").text
    page.logout()
    for path in ("/saved", "/saved/export", "/interests/said"):
        assert page.get(path)["Location"] == "/sign-in"


def test_who_saved_nothing_is_told_how(client: Client, alice: Reader) -> None:
    client.force_login(alice)

    assert "has a button that saves it" in client.get("/saved").text
