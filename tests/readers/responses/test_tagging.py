"""Tags of saved articles: put, listed by, exported by; a reader's own."""

import re

import pytest
from django.test import Client

from ownjournal.readers.models import Reader
from ownjournal.readers.responses import tagging
from ownjournal.readers.responses.saying import CannotSay, keep, mark_read

from .conftest import FIRST
from .test_keeping import MONDAY


@pytest.fixture
def page(client: Client, alice: Reader, bob: Reader, shelf: object) -> Client:
    """Alice keeps three articles, two of them for the ward; Bob has a tag too."""
    for number in range(3):
        keep(alice, FIRST + number)
    for number in range(2):
        tagging.put(alice.saved.get(pmid=FIRST + number), ["ward"])
    mark_read(alice, FIRST, at=MONDAY)
    tagging.put(keep(bob, FIRST), ["bobs"])
    client.force_login(alice)
    return client


def listed(html: str) -> list[int]:
    return sorted(int(each) - FIRST for each in re.findall(r'id="title-(\d+)"', html))


def test_articles_are_listed_by_tag_and_state(page: Client) -> None:
    assert listed(page.get("/saved", {"tag": "ward"}).text) == [0, 1]
    assert listed(page.get("/saved", {"tag": "ward", "show": "unread"}).text) == [1]
    assert listed(page.get("/saved", {"tag": "none\0'--"}).text) == []
    whole = page.get("/saved").text
    assert listed(whole) == [0, 1, 2]
    assert 'href="/saved?tag=ward"' in whole
    assert "bobs" not in whole


def test_tags_are_put_and_taken_away(page: Client, alice: Reader) -> None:
    saved = alice.saved.get(pmid=FIRST)
    path = f"/saved/{FIRST}/tags"

    answer = page.post(path, {"tags": " Ward, to  Teach,, ward ", "back": "/saved"})
    assert answer["Location"] == f"/saved#tags-{FIRST}"
    assert [each.name for each in saved.tags.all()] == ["to teach", "ward"]
    page.post(path, {"tags": ""})
    assert not saved.tags.exists()
    assert page.post(f"/saved/{FIRST + 5}/tags", {"tags": "x"}).status_code == 404


@pytest.mark.parametrize("text", ["x" * 41, ",".join(map(str, range(21)))])
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(CannotSay):
        tagging.read(text)


def test_what_is_listed_is_taken_along(page: Client) -> None:
    form = {"which": "all", "format": "ris", "tag": "ward", "show": ""}

    tagged = page.post("/saved/export", form).text
    whole = page.post("/saved/export", {"which": "all", "format": "ris"}).text

    assert (tagged.count("TY  - "), whole.count("TY  - ")) == (2, 3)


def test_tags_go_with_the_saved_article(page: Client, alice: Reader) -> None:
    page.post(f"/articles/{FIRST}/say", {"do": "unsave"})

    assert tagging.counts(alice) == (("ward", 1),)
