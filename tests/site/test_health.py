from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following, store
from ownjournal.search.index import IndexUnusable


def test_a_live_process_needs_no_database(client: Client) -> None:
    response = client.get("/health/live")

    assert response.json() == {"alive": True}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_tells_how_current_the_site_is(client: Client) -> None:
    shelve(an_article(pmid=1))

    before = client.get("/health/ready").json()
    following.follow(following.index())
    after = client.get("/health/ready").json()

    assert before["ready"] is True
    assert before["database"]["articles"] == 1
    assert before["database"]["newest_file"] == "pubmed26n1300.xml.gz"
    assert before["index"]["revision"] < before["database"]["revision"]
    assert after["index"]["revision"] == after["database"]["revision"]


@pytest.mark.django_db
def test_without_its_database_the_site_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> int:
        raise DatabaseError("password of the database")

    monkeypatch.setattr(store, "revision", gone)

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["database"]["ok"] is False
    assert "password" not in response.text


@pytest.mark.django_db
def test_without_a_usable_index_the_site_is_not_ready(
    client: Client, own_data: Path
) -> None:
    shelve(an_article(pmid=1))
    following.follow(following.index())
    damage(own_data / "index")
    following.index.cache_clear()

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["index"] == {"ok": False, "problem": IndexUnusable.__name__}


def damage(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
