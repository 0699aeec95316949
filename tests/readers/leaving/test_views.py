"""Export and erasure as readers do them: proved, typed, and for themselves alone."""

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ownjournal.readers import registry, signin
from ownjournal.readers.leaving import exporting, farewell
from ownjournal.readers.leaving.models import Export, Farewell
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db
RECORDS = "account_authentication_methods"  # where allauth keeps them


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX_DIR = tmp_path / "outbox"


@pytest.fixture
def alice(client: Client) -> Reader:
    alice = registry.add("alice@merrow.test", words=["fever"])
    come_in(client, alice)
    return alice


def come_in(client: Client, reader: Reader) -> None:
    """By an operator's link, a moment ago."""
    client.post(signin.make_link(reader, timezone.now()))


def test_an_export_is_made_and_downloaded(client: Client, alice: Reader) -> None:
    answer = client.post("/account/export", follow=True)
    assert "Download the export" in answer.text

    file = client.get("/account/export.zip")
    assert file.headers["Content-Type"] == "application/zip"
    assert "no-store" in file.headers["Cache-Control"]
    names = zipfile.ZipFile(io.BytesIO(file.getvalue())).namelist()
    assert "data/readers.interest.json" in names


def test_others_have_no_export_by_that_address(client: Client, alice: Reader) -> None:
    client.post("/account/export")
    come_in(client, registry.add("bob@merrow.test"))

    assert client.get("/account/export.zip").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/account/export"),
        ("post", "/account/export"),
        ("get", "/account/export.zip"),
        ("get", "/account/leave"),
        ("post", "/account/leave"),
    ],
)
def test_whoever_signed_in_long_ago_must_prove_it(
    client: Client, alice: Reader, method: str, path: str
) -> None:
    session = client.session
    session[RECORDS] = [{"method": "code", "at": time.time() - 3_600}]
    session.save()

    answer = getattr(client, method)(path, {"email": alice.email})

    assert answer.headers["Location"] == "/account/prove"
    assert not Export.objects.exists()
    assert not Farewell.objects.exists()


def test_a_waiting_export_is_said(
    client: Client, alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)

    assert "is being made" in client.post("/account/export", follow=True).text


def test_the_address_must_be_typed(client: Client, alice: Reader) -> None:
    answer = client.post("/account/leave", {"email": "bob@merrow.test"})

    assert answer.status_code == 422
    assert "not the address of this account" in answer.text
    assert not Farewell.objects.exists()


def test_leaving_closes_the_account_and_ends_every_session(
    client: Client, alice: Reader
) -> None:
    elsewhere = Client()
    come_in(elsewhere, alice)

    answer = client.post("/account/leave", {"email": " Alice@Merrow.TEST "})

    assert answer.headers["Location"] == "/account/left"
    assert "Good-bye" in client.get("/account/left").text
    for each in (client, elsewhere):
        assert each.get("/interests").headers["Location"] == "/sign-in"
    farewell.see_off(Farewell.objects.get().asked_at + farewell.LONGEST)
    assert not Reader.objects.exists()


def test_the_account_leads_there(client: Client, alice: Reader) -> None:
    page = client.get("/account").text

    assert 'href="/account/export"' in page
    assert 'href="/account/leave"' in page
