"""unAPI, as its specification and Zotero ask."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue.unapi import OFFERED

pytestmark = pytest.mark.django_db

IDS = [
    "pmid:1001",
    "PMID:1001",
    "info:pmid/1001",
    "1001",
    "http://testserver.test/articles/1001",
]


@pytest.fixture(autouse=True)
def own_site(settings: object) -> None:
    settings.SITE_URL = "http://testserver.test"  # type: ignore[attr-defined]


def test_the_formats_are_listed(client: Client) -> None:
    response = client.get("/unapi")

    root = ElementTree.fromstring(response.content)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert (root.tag, root.attrib) == ("formats", {})
    assert [each.attrib for each in root] == [
        {"name": name, "type": format.media_type} for name, format in OFFERED.items()
    ]
    assert [each.get("name") for each in root][:2] == ["ris", "bibtex"]


@pytest.mark.parametrize("identifier", IDS)
def test_the_formats_of_an_article_are_a_choice(
    client: Client, identifier: str
) -> None:
    shelve(an_article(pmid=1001))

    response = client.get("/unapi", {"id": identifier})

    root = ElementTree.fromstring(response.content)
    assert response.status_code == 300
    assert root.attrib == {"id": identifier}
    assert len(root) == len(OFFERED)


@pytest.mark.parametrize("identifier", IDS)
@pytest.mark.parametrize("name", OFFERED)
def test_an_article_is_given_in_each_format(
    client: Client, identifier: str, name: str
) -> None:
    shelve(an_article(pmid=1001, title="Velotrine for fever."))

    response = client.get("/unapi", {"id": identifier, "format": name})

    media_type = OFFERED[name].media_type
    assert response.status_code == 200
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert "Velotrine for fever" in response.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=ris", 400),
        ("id=&format=ris", 400),
        ("id=pmid:1002", 404),
        ("id=pmid:1003&format=ris", 404),  # taken back
        ("id=pmid:0", 404),
        ("id=pmid:99999999999", 404),
        ("id=%22%3E%3Cscript%3E", 404),
        ("id=pmid:1001%0a", 404),
        ("id=" + "9" * 20_000, 404),
        ("id=http://elsewhere.test/articles/1001", 404),
        ("id=pmid:1001&format=mods", 406),
        ("id=pmid:1001&format=../ris", 406),
    ],
)
def test_what_cannot_be_given_is_told_by_its_status(
    client: Client, query: str, status: int
) -> None:
    shelve(an_article(pmid=1001), an_article(pmid=1003))
    shelve(taken_back=[1003])

    response = client.get(f"/unapi?{query}")

    assert response.status_code == status
    assert response["Content-Type"].startswith("text/plain")
    assert "<script" not in response.text


def test_a_program_that_asks_again_is_told_that_nothing_changed(
    client: Client,
) -> None:
    shelve(an_article(pmid=1001))
    address = "/unapi?id=pmid:1001&format=ris"
    etag = client.get(address)["ETag"]

    response = client.get(address, headers={"If-None-Match": etag})

    assert response.status_code == 304
