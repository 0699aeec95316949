"""Past searches: kept at a wish, bounded, erased."""

import pytest
from django.test import Client

from ownjournal.readers import registry
from ownjournal.readers.models import PastSearch, Reader
from ownjournal.readers.searches import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Reader:
    alice = registry.add("alice@merrow.test")
    client.force_login(alice)
    return alice


def kept() -> list[str]:
    return [each.parameters for each in PastSearch.objects.all()]


def test_nothing_is_kept_of_anybody_who_did_not_ask(
    client: Client, alice: Reader
) -> None:
    client.get("/search?q=fever")
    Client().get("/search?q=falls")

    assert kept() == []


def test_searches_are_kept_once_each_the_last_first(
    client: Client, alice: Reader
) -> None:
    history.switch(alice, True)

    client.get("/search?q=fever&page=1")
    client.get("/search?q=falls&design=rct")
    client.get("/search?q=fever&page=2&since=0")

    assert kept() == ["q=fever", "q=falls&design=rct"]


@pytest.mark.parametrize(
    "path",
    [
        "/search",
        "/search?q=",
        "/search?q=fever&order=oldest",
        "/search.atom?q=fever",
        "/search?q=" + "fever+" * 1_000,
    ],
)
def test_what_is_no_search_is_not_kept(
    client: Client, alice: Reader, path: str
) -> None:
    history.switch(alice, True)

    client.get(path)

    assert kept() == []


def test_the_oldest_are_forgotten(
    client: Client, alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST", 2)
    history.switch(alice, True)

    for word in ("a1", "b1", "c1"):
        client.get(f"/search?q={word}")

    assert kept() == ["q=c1", "q=b1"]


def test_to_keep_none_erases_what_was_kept(client: Client, alice: Reader) -> None:
    history.switch(alice, True)
    client.get("/search?q=fever")

    history.switch(alice, False)
    client.get("/search?q=falls")

    assert kept() == []
