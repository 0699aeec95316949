"""Bad requests get a page of this site and never an outage."""

from typing import Any

import pytest
from django.test import Client

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


def test_each_error_has_a_page(client: Client) -> None:
    request = client.get("/appraisal").wsgi_request

    assert errors.bad_request(request, Exception()).status_code == 400
    assert errors.forbidden(request, Exception()).status_code == 403
    assert errors.csrf_failure(request).status_code == 403
