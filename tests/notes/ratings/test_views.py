"""Rating an article: the form without a script, its answers, its bad input."""

import pytest
from django.test import Client

from ownjournal.notes.ratings.models import Rating
from ownjournal.notes.ratings.rating import rate
from ownjournal.notes.ratings.telling import told_of
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader

from .conftest import Readers
from .test_telling import NOW


@pytest.fixture
def page(client: Client, alice: Reader, article: Article) -> Client:
    alice.specialty = "cardiology"
    alice.save()
    client.force_login(alice)
    return client


def address(article: Article) -> str:
    return f"/articles/{article.pmid}"


def checked(page: str) -> list[str]:
    """The answers that are chosen on a page, as name=value."""
    found = []
    for part in page.split("<input")[1:]:
        tag = part.split(">")[0]
        if 'type="radio"' in tag and " checked" in tag and 'name="kind"' not in tag:
            name, value = tag.split('name="')[1], tag.split('value="')[1]
            found.append(f"{name.split(chr(34))[0]}={value.split(chr(34))[0]}")
    return [
        each for each in found if each.split("=")[0] in ("relevant", "new", "changes")
    ]


def test_a_rating_is_given_changed_and_removed(
    page: Client, alice: Reader, article: Article
) -> None:
    path = address(article)
    answer = page.post(f"{path}/rate", {"relevant": "6", "changes": "3"})
    assert (answer.status_code, answer["Location"]) == (302, f"{path}#rating")
    assert checked(page.get(path).text) == ["relevant=6", "changes=3"]
    assert [row.deed for row in alice.log.exclude(deed="opened")] == ["rated"]

    page.post(f"{path}/rate", {"relevant": "2", "new": "7"})
    assert checked(page.get(path).text) == ["relevant=2", "new=7", "changes=3"]

    page.post(f"{path}/rate", {"do": "remove"})
    assert checked(page.get(path).text) == []
    assert not alice.ratings.exists()


def test_what_is_told_stands_on_the_page_for_visitors_too(
    client: Client, article: Article, readers: Readers
) -> None:
    assert 'id="rating"' not in client.get(address(article)).text
    for reader in readers(3, "cardiology"):
        rate(reader, article.pmid, {"relevant": 5, "changes": 1}, NOW)

    shown = client.get(address(article)).text

    assert "<dt>Cardiology</dt>" in shown
    assert "Relevant to my practice: 5.0 of 7 (n = 3)" in shown
    assert "Would change what I do: 3 yes, 0 no, 0 not sure (n = 3)" in shown
    assert "/rate" not in shown


def test_the_script_is_given_the_part_alone(page: Client, article: Article) -> None:
    answer = page.post(
        f"{address(article)}/rate", {"new": "1"}, headers={"X-In-Place": "rating"}
    )

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert checked(answer.text) == ["new=1"]


@pytest.mark.parametrize(
    "sent",
    [
        {"relevant": "8"},
        {"relevant": "0"},
        {"new": "-1"},
        {"changes": "4"},
        {"relevant": "12"},
        {"relevant": "٣"},
        {"relevant": "3", "changes": "x"},
    ],
)
def test_what_is_no_answer_is_not_kept(
    page: Client, article: Article, sent: dict[str, str]
) -> None:
    assert page.post(f"{address(article)}/rate", sent).status_code == 404
    assert not Rating.objects.exists()


def test_nothing_chosen_says_so(page: Client, article: Article) -> None:
    answer = page.post(f"{address(article)}/rate", {}, follow=True)

    assert "Choose an answer first." in answer.text


def test_an_article_that_is_not_here_takes_no_rating(page: Client) -> None:
    assert page.post("/articles/99400999/rate", {"new": "1"}).status_code == 404


def test_a_visitor_is_led_to_the_door(client: Client, article: Article) -> None:
    answer = client.post(f"{address(article)}/rate", {"relevant": "1"})

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")
    assert told_of(article.pmid) == ()
