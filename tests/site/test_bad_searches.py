"""Whatever is typed is answered, by the page and by all that reads the same query."""

from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.readers import registry
from ownjournal.readers.searches import history

pytestmark = pytest.mark.django_db

SAID = {
    "fever " * 33_334: "only its first 20,000 characters",
    " OR ".join(f"word{number}" for number in range(10_000)): "too long",
    "(" * 500 + "fever" + ")" * 500: "",
    "".join(f"(a{n} AND (b{n} OR " for n in range(250)) + "c": "nested too deeply",
    "((fever": "never closed",
    "fever))": "never opened",
    '"fever': "",
    "AND OR NOT": "nothing to search for",
    "*": "",
    "*itis": "",
    "fe\x00ver": "",
    "\u202efever عربى": "",
    "fever[nofield]": "no field here",
    "2024/13/45[dp]": "no date",
    "2024/13/45:2025/99[dp]": "no date",
    "last 0 days[edat]": "",
    "()": "nothing between",
    "[ti]": "does not belong",
    "::::": "",
    '"' * 10_001: "",
    "NOT " * 3_000: "",
    "Smith J, " * 3_000 + "2019;3:4": "",
    "<script>alert(1)</script>": "",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"): "",
}
"""A text, and what the page has to say of it."""

READERS = ["/search.atom", "/search.csv", "/api/v1/search", "/api/v1/facets"]


@pytest.fixture(autouse=True)
def shelf() -> None:
    cache.clear()
    shelve(an_article(pmid=1001), an_article(pmid=1002))
    following.follow(following.index())


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=lambda each: each[:16])
def test_any_text_is_answered_and_what_is_wrong_is_said(
    client: Client, text: str, said: str
) -> None:
    response = client.get("/search", {"q": text, "jump": "off"})

    assert response.status_code == 200
    assert said in unescape(response.text)
    assert "<script>alert" not in response.text
    assert len(response.text) < 300_000
    for path in READERS:
        answer = client.get(path, {"q": text})
        assert answer.status_code in (200, 404, 422), path
    assert client.get("/search", {"q": text}).status_code in (200, 302)


@pytest.mark.parametrize("text", list(SAID), ids=lambda each: each[:16])
def test_any_text_can_be_kept_or_is_refused(client: Client, text: str) -> None:
    alice = registry.add("alice@merrow.test")
    history.switch(alice, True)
    client.force_login(alice)
    page = client.get("/search", {"q": text, "jump": "off"}).context["page"]

    response = client.post("/searches/save", {"parameters": page.parameters or ""})

    assert response.status_code == 302
    assert client.get("/searches").status_code == 200


@pytest.mark.parametrize("name", ["type", "journal", "language", "design", "year"])
def test_any_value_of_a_filter_is_answered(client: Client, name: str) -> None:
    for value in ("\x00", '"', "x" * 5_000, "' OR 1=1 --", "\u202e", "[mh]"):
        for path in ("/search", *READERS):
            response = client.get(path, {"q": "velotrine", name: value})
            assert response.status_code in (200, 404, 422), (path, value)


def test_thousands_of_parameters_are_refused(client: Client, settings: Any) -> None:
    many = "&".join(f"design={number}" for number in range(9_000))

    for path in ("/search", *READERS):
        assert client.get(f"{path}?q=fever&{many}").status_code == 422
