"""The JSON API: what it answers, and how it refuses."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following, store
from ownjournal.catalogue.search_request import NO_INDEX
from ownjournal.notes.models import Note
from ownjournal.pubmed.article import Correction, JournalIssue, PubDate
from ownjournal.readers.models import Reader
from ownjournal.site.api.rates import A_MINUTE
from ownjournal.site.api.views import NO_DATA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unlimited() -> None:
    cache.clear()


@pytest.fixture
def shelf() -> None:
    shelve(
        an_article(pmid=1001, title="Velotrine for fever: a randomised trial."),
        an_article(
            pmid=1002,
            title="Velotrine and sleep: a cohort study.",
            journal_issue=JournalIssue(PubDate(2019, 5)),
            corrections=(Correction("RetractionIn", pmid=7),),
        ),
    )
    following.follow(following.index())


def answer(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def test_it_finds_what_the_page_finds(client: Client, shelf: None) -> None:
    for asked in ("q=velotrine", "q=velotrine&design=cohort&year=2019", "level=2"):
        page = client.get(f"/search?{asked}").context["page"]
        told = answer(client, f"/api/v1/search?{asked}")

        assert f"{told['total']:,}" == page.total
        assert [each["pmid"] for each in told["articles"]] == [
            card.pmid for card in page.cards
        ]


def test_an_article_in_a_list_says_what_a_card_says(
    client: Client, shelf: None
) -> None:
    told = answer(client, "/api/v1/search?q=velotrine+sleep")

    [found] = told["articles"]
    assert found["title"] == "Velotrine and sleep: a cohort study"
    assert found["authors"] == ["Quillfeather AB", "Okonfold T"]
    assert found["journal"] == "J Invent Med"
    assert found["date"] == "2019-05"
    assert found["design"] == "cohort"
    assert found["integrity"] == "retracted"
    assert found["example"] is False
    assert found["address"].endswith("/articles/1002")


def test_it_says_how_a_query_was_read(client: Client, shelf: None) -> None:
    told = answer(client, "/api/v1/search?q=velotrine+)+AND+fever[ti]")

    [problem] = told["problems"]
    assert (problem["start"], problem["end"]) == (10, 11)
    assert told["query"] == "velotrine AND fever[ti]"
    assert told["address"].endswith("/search?q=velotrine+%29+AND+fever%5Bti%5D")


def test_pages_follow_each_other(client: Client, shelf: None) -> None:
    first = answer(client, "/api/v1/search?q=velotrine&size=1&order=newest")
    second = answer(client, "/api/v1/search?q=velotrine&size=1&order=newest&page=2")

    assert [each["pmid"] for each in first["articles"]] == [1001]
    assert [each["pmid"] for each in second["articles"]] == [1002]
    assert first["total"] == second["total"] == 2


def test_what_came_in_since_is_asked_by_revision(client: Client, shelf: None) -> None:
    before = answer(client, "/api/v1/search?q=velotrine")["revision"]
    shelve(an_article(pmid=1003))
    following.follow(following.index())

    told = answer(client, f"/api/v1/search?q=velotrine&since={before}")

    assert [each["pmid"] for each in told["articles"]] == [1003]


def test_counts_are_those_of_the_page(client: Client, shelf: None) -> None:
    told = answer(client, "/api/v1/facets?q=velotrine&design=rct")

    assert told["total"] == 1
    assert told["facets"]["design"] == [
        {"value": "cohort", "label": "Cohort study", "count": 1},
        {"value": "rct", "label": "Randomised controlled trial", "count": 1},
    ]
    assert answer(client, "/api/v1/facets") == {"total": 0, "facets": {}}


def test_an_article_is_told_whole(client: Client, shelf: None) -> None:
    told = answer(client, "/api/v1/articles/1002")

    assert told["abstract"][0]["text"].startswith("Fever after a fall")
    assert "retract" in told["reasons"]["integrity"].lower()
    assert told["publication_types"] == ["Journal Article"]
    assert told["exports"]["ris"].endswith("/articles/1002.ris")


def test_an_article_tells_its_public_notes_and_no_others(
    client: Client, shelf: None
) -> None:
    assert answer(client, "/api/v1/articles/1002")["notes"] == []
    writer = Reader.objects.create_reader("alice@merrow.test")
    facts = {
        "author": writer,
        "pmid": 1002,
        "kind": "pearl",
        "review_on": date(2028, 1, 1),
    }
    at = datetime(2026, 11, 30, 5, tzinfo=UTC)
    note = Note.objects.create(
        text="*Fever.*", visibility="public", created_at=at, **facts
    )
    Note.objects.create(text="Mine.", created_at=at, **facts)
    client.force_login(writer)

    [told] = answer(client, "/api/v1/articles/1002")["notes"]
    assert told["address"].endswith(f"/notes/{note.pk}")
    assert told | {"address": ""} == {
        "address": "",
        "kind": "pearl",
        "text": "*Fever.*",
        "author": "A reader",
        "role": None,
        "conflict_of_interest": None,
        "licence": "CC BY 4.0",
        "written": "2026-11-30T05:00:00+00:00",
        "edited": None,
    }


def test_similar_articles_say_what_they_share(client: Client) -> None:
    shelve(*(an_article(pmid=pmid) for pmid in range(1001, 1006)))
    following.follow(following.index())

    told = answer(client, "/api/v1/similar/1001")

    assert told["pmid"] == 1001
    assert all(each["pmid"] != 1001 for each in told["articles"])


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("search?q=a&order=oldest", 422, "Articles are ordered by"),
        ("search?q=a&page=0", 422, "page: "),
        ("search?q=a&page=x", 422, "page: "),
        ("search?q=a&size=1000", 422, "size: "),
        ("search?q=a&page=101&size=100", 422, "first 10,000"),
        ("search?q=a&design=none", 422, "is no value"),
        ("search?q=a&since=-1", 422, "since: "),
        ("facets?q=a&year=1", 422, "is no value"),
        ("articles/1", 404, "No article"),
        ("articles/0", 422, "pmid: "),
        (f"articles/{10**12}", 422, "pmid: "),
        ("similar/1", 404, "No article"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(
    client: Client, path: str, status: int, sentence: str
) -> None:
    response = client.get(f"/api/v1/{path}")

    assert response.status_code == status
    assert sentence in response.json()["error"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_changed(client: Client, method: str) -> None:
    assert getattr(client, method)("/api/v1/search?q=a").status_code == 405


def test_a_client_that_asks_too_often_is_told_when_to_go_on(client: Client) -> None:
    for _ in range(A_MINUTE):
        assert client.get("/api/v1/articles/1").status_code == 404

    response = client.get(
        "/api/v1/articles/1", headers={"X-Forwarded-For": "198.51.100.7"}
    )

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert "a minute" in response.json()["error"]
    other = client.get("/api/v1/articles/1", REMOTE_ADDR="198.51.100.8")
    assert other.status_code == 404


def test_an_index_that_cannot_be_used_is_said(
    client: Client, shelf: None, own_data: Any
) -> None:
    for path in (own_data / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    following.index.cache_clear()

    response = client.get("/api/v1/search?q=velotrine")

    assert response.status_code == 503
    assert response.json()["error"] == NO_INDEX


def test_a_database_that_is_away_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_away(pmids: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(store, "get_many", is_away)

    response = client.get("/api/v1/articles/1001")

    assert response.status_code == 503
    assert response.json() == {"error": NO_DATA}
