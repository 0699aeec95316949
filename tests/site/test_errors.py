"""Bad requests get a page of this site and never an outage."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from lxml import html

from made.articles import an_article
from made.shelf import shelve
from ownjournal.notes.models import Note
from ownjournal.readers.models import Reader
from ownjournal.site import errors

pytestmark = pytest.mark.django_db

PAGES = ["/", "/appraisal", "/search", "/articles/1", "/health/live", "/robots.txt"]


def test_an_unknown_address_offers_the_search(client: Client) -> None:
    response = client.get("/nowhere")

    assert response.status_code == 404
    assert 'action="/search"' in response.text
    assert "Ownjournal" in response.text


@pytest.mark.parametrize("name", ["host", "x-forwarded-host"])
def test_a_strange_host_never_reaches_a_page(client: Client, name: str) -> None:
    response = client.get("/", headers={name: "evil.test"})

    assert "evil.test" not in response.text
    assert response.status_code == (400 if name == "host" else 200)


def test_a_request_from_elsewhere_keeps_the_configured_address(
    client: Client, settings: Any
) -> None:
    settings.SITE_URL = "https://journal.example.org"

    response = client.get("/appraisal")

    assert (
        '<link rel="canonical" href="https://journal.example.org/appraisal">'
        in response.text
    )


def test_a_form_from_elsewhere_changes_nothing(settings: Any) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post(
        "/trial", {"email": "a@example.org"}, headers={"origin": "https://evil.test"}
    )

    assert response.status_code == 403
    assert "Nothing was changed" in response.text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST", "TRACE"])
def test_a_page_is_only_read(client: Client, path: str, method: str) -> None:
    response = client.generic(method, path, headers={"x-http-method-override": "GET"})

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_where_forms_are_sent_to_there_is_a_page_that_says_so(client: Client) -> None:
    response = client.get("/sign-out")

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "There is no page at this address" in response.text
    assert "It is where a form is sent to" in response.text


@pytest.mark.parametrize("path", [*PAGES, "/sign-in", "/nowhere"])
@pytest.mark.parametrize("name", ["url", "next", "redirect", "return", "continue"])
def test_no_parameter_redirects_off_the_site(
    client: Client, path: str, name: str
) -> None:
    response = client.get(path, {name: "https://evil.test/"})

    assert "evil.test" not in response.headers.get("Location", "")
    assert response.status_code in {200, 404, 503}


def test_a_page_that_breaks_says_so_without_details(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> int:
        raise RuntimeError("a detail for the log")

    monkeypatch.setattr("ownjournal.catalogue.store.count", breaks)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "Something here is broken" in response.text
    assert "a detail" not in response.text
    assert "Content-Security-Policy" in response


FIRST = 99_400_001
A_NOTE = "What took an hour to write, <em>and more</em>. " * 100


@contextmanager
def no_room() -> Iterator[None]:
    """SQLite may take no page more, as on a disk that is full."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no page is left over from tests before
        cursor.execute("PRAGMA max_page_count = 1")  # as many as there are now
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 4294967294")


@pytest.mark.django_db(transaction=True)
def test_a_note_that_finds_no_room_is_shown_to_be_copied() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("no test may fill the disk of a server")
    shelve(an_article(pmid=FIRST))
    client = Client(raise_request_exception=False)
    client.force_login(Reader.objects.create_reader("alice@merrow.test"))
    address, fields = f"/articles/{FIRST}/notes", {"text": A_NOTE, "kind": "summary"}

    with no_room():
        response = client.post(address, fields)
        read = client.get(f"/articles/{FIRST}").status_code

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert response["Cache-Control"] == "no-store"
    [told] = html.fromstring(response.text).xpath("//textarea")
    assert told.text.strip() == A_NOTE.strip()
    assert "Content-Security-Policy" in response
    assert read == 200
    assert not Note.objects.exists()
    assert client.post(address, fields).status_code == 302
    assert Note.objects.get().text == A_NOTE


def test_a_form_of_another_site_is_not_shown_when_all_fails() -> None:
    fields = {"text": "Send money to me."}
    sent = {
        site: RequestFactory().post("/notes", fields, headers={"sec-fetch-site": site})
        for site in ("same-origin", "cross-site")
    }
    try:
        raise OperationalError("the connection is gone")
    except OperationalError:
        told = {site: errors.broken(each).text for site, each in sent.items()}

    assert "money" in told["same-origin"]
    assert "money" not in told["cross-site"]


def test_each_text_that_a_form_asks_for_is_shown_when_it_finds_no_room() -> None:
    pages = Path(errors.__file__).parents[1].rglob("templates/**/*.html")
    named = {
        name
        for page in pages
        for name in re.findall(r'<textarea[^>]*\bname="(\w+)"', page.read_text())
    }

    assert named == set(errors.TYPED)


def test_each_error_has_a_page(client: Client) -> None:
    request = client.get("/appraisal").wsgi_request

    assert errors.bad_request(request, Exception()).status_code == 400
    assert errors.forbidden(request, Exception()).status_code == 403
    assert errors.csrf_failure(request).status_code == 403
