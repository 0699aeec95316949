"""ORCID, as its side answers; the last leg goes to a server in this process."""

import importlib
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.test import Client
from django.urls import clear_url_caches

from made.door import come_in, is_in
from ownjournal.readers.accounts import orcid, urls
from ownjournal.readers.accounts.models import OrcidAccount
from ownjournal.readers.models import Reader
from ownjournal.site import urls as site_urls

pytestmark = pytest.mark.django_db

ADA = "0000-0002-1825-0097"


@pytest.fixture(autouse=True)
def offered(settings: Any) -> Iterator[None]:
    """The operator has named a client; the pages are there."""
    settings.ORCID_CLIENT_ID, settings.ORCID_SECRET = "APP-X", "quill"
    for module in (urls, site_urls):
        importlib.reload(module)
    clear_url_caches()
    yield
    settings.ORCID_CLIENT_ID = None
    for module in (urls, site_urls):
        importlib.reload(module)
    clear_url_caches()


class Orcid(httpx.BaseTransport):
    """What ORCID's server answers to the code "right"."""

    def __init__(self, **changes: Any) -> None:
        self.told = {"orcid": ADA, "name": "Ada  Quillfeather", **changes}
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.read().decode())
        if "code=right" not in self.asked[-1]:
            return httpx.Response(401, json={"error": "invalid_grant"})
        return httpx.Response(200, json=self.told)


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Orcid:
    answering = Orcid()
    ask = orcid.ask
    monkeypatch.setattr(orcid, "ask", lambda code: ask(code, answering))
    return answering


def go_there(client: Client, path: str) -> str:
    """The state that ORCID is to give back."""
    page = client.post(path).text
    assert "https://orcid.org/oauth/authorize?client_id=APP-X" in page
    return str(client.session["orcid state"])


def come_back(client: Client, state: str, code: str = "right"):
    return client.get("/sign-in/orcid/back", {"state": state, "code": code})


def test_a_reader_connects_it_and_signs_in_by_it(
    inside: Client, alice: Reader, there: Orcid
) -> None:
    come_back(inside, go_there(inside, "/account/orcid/connect"))
    account = OrcidAccount.objects.get()
    assert (account.reader, account.orcid, account.name) == (
        alice,
        ADA,
        "Ada Quillfeather",
    )
    assert ADA in inside.get("/account").text

    visitor = Client()
    come_back(visitor, go_there(visitor, "/sign-in/orcid"))

    assert visitor.session["_auth_user_id"] == str(alice.pk)


def test_setting_out_to_sign_in_connects_nothing(
    inside: Client, alice: Reader, there: Orcid
) -> None:
    """Else an old session would be enough for a way in that stays."""
    assert inside.post("/sign-in/orcid")["Location"] == "/account"
    visitor = Client()
    state = go_there(visitor, "/sign-in/orcid")
    come_in(visitor, alice.email, "/sign-in")

    assert come_back(visitor, state).status_code == 403
    assert not OrcidAccount.objects.exists()


def test_setting_out_to_connect_signs_nobody_in(
    inside: Client, alice: Reader, there: Orcid
) -> None:
    come_back(inside, go_there(inside, "/account/orcid/connect"))
    state = go_there(inside, "/account/orcid/connect")
    session = inside.session
    del session["_auth_user_id"]
    session.save()

    assert come_back(inside, state).status_code == 403
    assert not is_in(inside)


def test_it_makes_no_reader(client: Client, there: Orcid) -> None:
    answer = come_back(client, go_there(client, "/sign-in/orcid"))

    assert answer.status_code == 403
    assert not Reader.objects.exists()
    assert not is_in(client)


@pytest.mark.parametrize("state", ["", "another"])
def test_a_way_back_that_nobody_set_out_on_leads_nowhere(
    inside: Client, there: Orcid, state: str
) -> None:
    go_there(inside, "/account/orcid/connect")

    assert come_back(inside, state).status_code == 403
    assert not OrcidAccount.objects.exists()
    assert there.asked == []


def test_a_way_back_leads_once(inside: Client, there: Orcid) -> None:
    state = go_there(inside, "/account/orcid/connect")
    come_back(inside, state)

    assert come_back(inside, state).status_code == 403


def test_what_orcid_refuses_is_told(client: Client, there: Orcid) -> None:
    state = go_there(client, "/sign-in/orcid")

    assert come_back(client, state, code="wrong").status_code == 403


@pytest.mark.parametrize("orcid_id", ["1", "0000-0002-1825-009Y", None, ["x"]])
def test_what_is_no_orcid_id_is_none(orcid_id: Any) -> None:
    with pytest.raises(orcid.NoAnswer):
        orcid.ask("right", Orcid(orcid=orcid_id))


def test_one_orcid_id_is_one_readers(inside: Client, there: Orcid) -> None:
    bob = Reader.objects.create_reader("bob@merrow.test")
    OrcidAccount.objects.create(
        reader=bob, orcid=ADA, name="", at="2026-11-30T00:00:00Z"
    )

    come_back(inside, go_there(inside, "/account/orcid/connect"))

    assert OrcidAccount.objects.get().reader == bob
    assert "connected to another account" in inside.get("/account").text


def test_it_can_be_taken_away(inside: Client, there: Orcid) -> None:
    come_back(inside, go_there(inside, "/account/orcid/connect"))

    inside.post("/account/orcid/remove")

    assert not OrcidAccount.objects.exists()
    assert inside.post("/account/orcid/remove").status_code == 404
