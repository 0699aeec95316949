"""Searching in what a reader's issues have brought."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import following, received
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import IssueArticle
from ownjournal.issues.sent import sent_to
from ownjournal.readers import registry
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> Iterator[Reader]:
    """With one issue, of some of the articles."""
    following.index.cache_clear()
    received.received.cache_clear()
    now = datetime.now(UTC)
    shelve(*trials(99_200_000, 30), at=now)
    following.follow(following.index())
    alice = registry.add("alice@merrow.test", words=["fever"])
    assert compile_issue(alice, now=now + timedelta(days=1)) is not None
    yield alice
    following.index.cache_clear()


def found(client: Client, query: str) -> set[int]:
    page = client.get("/search", {"q": query}).context["page"]
    return {card.pmid for card in page.cards}


def test_a_reader_finds_what_she_was_sent(client: Client, alice: Reader) -> None:
    sent = {row.pmid for row in IssueArticle.objects.all()}
    client.force_login(alice)

    assert found(client, "sent:me") == sent
    assert set(sent_to(alice)) == sent
    assert 0 < len(sent) < 30


def test_it_combines_with_all_else(client: Client, alice: Reader) -> None:
    one = IssueArticle.objects.all()[0].pmid
    client.force_login(alice)

    assert found(client, f"sent:me AND {one}[pmid]") == {one}
    assert one not in found(client, f"sent:me NOT {one}[pmid]")
    page = client.get("/search.csv", {"q": "sent:me"})
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_another_reader_was_sent_nothing_of_it(client: Client, alice: Reader) -> None:
    client.force_login(registry.add("bob@merrow.test"))

    response = client.get("/search", {"q": "sent:me"})

    assert response.context["page"].total == "0"
    assert response.context["page"].advice == ()


def test_the_api_answers_its_reader_too(client: Client, alice: Reader) -> None:
    client.force_login(alice)

    response = client.get("/api/v1/search", {"q": "sent:me"})

    assert response.json()["total"] == IssueArticle.objects.count()
    assert "no-store" in response["Cache-Control"]
