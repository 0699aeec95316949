"""Short addresses of topics: they lead where the operator says, behind all pages."""

from typing import Any

import pytest
from django.test import Client

from ownjournal.site.options import OptionError
from ownjournal.site.short_addresses import short_addresses, taken


def test_words_lead_to_a_topic_or_to_two() -> None:
    assert short_addresses(["pain=D010146", "both=D010146+D003866"]) == {
        "pain": "/topics/D010146",
        "both": "/topics/D010146+D003866",
    }
    assert short_addresses([]) == {}


@pytest.mark.parametrize(
    "item", ["pain", "Pain=D010146", "pain=fever", "a/b=D010146", "=D010146", "x=D1 "]
)
def test_what_is_no_short_address_stops_the_start(item: str) -> None:
    with pytest.raises(OptionError, match="as pain=D010146"):
        short_addresses([item])


def test_a_word_given_twice_stops_the_start() -> None:
    with pytest.raises(OptionError, match="'pain' twice"):
        short_addresses(["pain=D010146", "pain=D003866"])


@pytest.mark.django_db
def test_a_short_address_leads_to_its_topic(client: Client, settings: Any) -> None:
    settings.SHORT_ADDRESSES = short_addresses(["hot=D005334", "b=D005334+D000058"])

    for word, found in (
        ("hot", "D005334"),
        ("hot/", "D005334"),
        ("b", "D005334+D000058"),
    ):
        response = client.get(f"/{word}")
        assert response.status_code == 302
        assert response.headers["Location"] == f"/topics/{found}"


@pytest.mark.django_db
def test_no_word_takes_the_place_of_a_page(client: Client, settings: Any) -> None:
    settings.SHORT_ADDRESSES = short_addresses(
        ["search=D005334", "topics=D005334", "hot=D005334"]
    )

    assert client.get("/search").status_code == 200
    assert list(taken()) == ["search", "topics"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nothing", "/hot/more", "/x.y"])
def test_other_words_are_no_pages(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
