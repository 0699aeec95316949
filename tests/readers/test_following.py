import pytest
from django.test import Client

from ownjournal.readers.interests import follow
from ownjournal.readers.models import Reader


@pytest.fixture
def page(client: Client, alice: Reader) -> Client:
    client.force_login(alice)
    return client


def test_a_visitor_is_shown_how_to_sign_in(db: None, client: Client) -> None:
    answer = client.get("/interests")

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")
    assert client.get("/sign-in").status_code == 200


def test_an_interest_is_added_seen_and_removed(page: Client, alice: Reader) -> None:
    added = page.post("/interests", {"kind": "words", "text": "velotrine"}, follow=True)
    assert b"You now follow velotrine." in added.content
    interest = alice.interests.get()

    removed = page.post(f"/interests/{interest.id}/remove", follow=True)

    assert b"You no longer follow velotrine." in removed.content
    assert not alice.interests.exists()


def test_a_mistake_is_told_and_the_text_is_kept(page: Client) -> None:
    answer = page.post("/interests", {"kind": "seed", "text": '"><i>12'})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "is no PMID" in html
    assert 'value="&quot;&gt;&lt;i&gt;12"' in html
    assert 'value="seed" checked' in html


def test_another_reader_s_interest_is_not_there(page: Client) -> None:
    bob = Reader.objects.create_reader("bob@merrow.test")
    his = follow(bob, "words", "fever").interest

    assert page.post(f"/interests/{his.id}/remove").status_code == 404
    assert bob.interests.count() == 1
    assert b"fever" not in page.get("/interests").content


def test_looking_removes_nothing(page: Client, alice: Reader) -> None:
    mine = follow(alice, "words", "fever").interest

    assert page.get(f"/interests/{mine.id}/remove").status_code == 405
    assert alice.interests.count() == 1
