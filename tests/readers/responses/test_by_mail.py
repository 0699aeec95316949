"""Links of mail: they ask, a POST does it, and it can be taken back."""

import pytest
from django.core.signing import Signer
from django.test import Client

from made.shelf import shelve
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.links import SALT, path_of
from ownjournal.readers.responses.saying import saved_by

from .conftest import FIRST

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.mark.parametrize("deed", ["more", "less", "knew"])
def test_a_link_asks_then_does_it_without_anybody_signed_in(
    alice: Reader, deed: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    path = path_of(alice.pk, FIRST, deed)

    for look in (client.get, client.head):
        assert look(path).status_code == 200
    assert not alice.responses.exists()

    done = client.post(path)
    client.post(path)  # a second time changes nothing
    assert [(each.pmid, each.kind) for each in alice.responses.all()] == [(FIRST, deed)]
    assert "Undo" in done.text
    assert "sessionid" not in done.cookies
    assert "session" not in client.cookies

    client.post(path, {"undo": deed})
    assert not alice.responses.exists()


def test_a_link_saves(client: Client, alice: Reader) -> None:
    path = path_of(alice.pk, FIRST, "save")

    client.post(path)
    assert saved_by(alice) == [FIRST]
    client.post(path, {"undo": "save"})
    assert saved_by(alice) == []


def test_what_is_signed_in_does_not_matter(
    client: Client, alice: Reader, bob: Reader
) -> None:
    client.force_login(bob)

    client.post(path_of(alice.pk, FIRST, "more"))

    assert alice.responses.count() == 1
    assert not bob.responses.exists()


def test_a_link_that_was_changed_leads_nowhere(client: Client, alice: Reader) -> None:
    path = path_of(alice.pk, FIRST, "more")
    changed = [
        path.replace("more", "less"),
        path.replace(str(FIRST), str(FIRST + 1)),
        path[:-1],
        path.replace(f"{alice.pk}-", f"{alice.pk + 1}-", 1),
        "/say/x",
        "/say/" + Signer(sep=".", salt="another").sign(f"{alice.pk}-{FIRST}-more"),
        "/say/" + Signer(sep=".", salt=SALT).sign(f"{alice.pk}-{FIRST}-erase"),
    ]
    for each in changed:
        assert client.post(each).status_code == 410, each
        assert client.get(each).status_code == 410, each
    assert not alice.responses.exists()


def test_a_link_of_a_reader_gone_leads_nowhere(client: Client, alice: Reader) -> None:
    path = path_of(alice.pk, FIRST, "more")
    alice.is_active = False
    alice.save()
    assert client.post(path).status_code == 410

    alice.delete()
    assert client.post(path).status_code == 410


def test_of_an_article_that_is_no_longer_here_nothing_is_said(
    client: Client, alice: Reader
) -> None:
    path = path_of(alice.pk, FIRST, "more")
    shelve(taken_back=[FIRST])

    assert client.get(path).status_code == 200
    answer = client.post(path)

    assert "No article with PMID" in answer.text
    assert not alice.responses.exists()


def test_the_answer_is_kept_by_nobody_between(client: Client, alice: Reader) -> None:
    answer = client.get(path_of(alice.pk, FIRST, "more"))

    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.text


def test_a_link_that_leaves_it_open_offers_all(client: Client, alice: Reader) -> None:
    path = path_of(alice.pk, FIRST)

    asked = client.get(path).text
    names = ("Save", "More like this", "Less like this", "Already knew")
    assert all(f">{name}</button>" in asked for name in names)
    done = client.post(path, {"do": "less"})
    assert [each.kind for each in alice.responses.all()] == ["less"]
    assert 'name="undo" value="less"' in done.text

    for odd in ("erase", "any", "less\x00"):
        assert client.post(path, {"do": odd}).status_code == 404
    client.post(path, {"undo": "less"})
    assert not alice.responses.exists()


def test_a_link_that_says_one_thing_does_no_other(
    client: Client, alice: Reader
) -> None:
    path = path_of(alice.pk, FIRST, "more")

    assert client.post(path, {"do": "less"}).status_code == 404
    assert not alice.responses.exists()
