"""Security headers on pages, files and errors alike."""

from contextlib import closing
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from ownjournal.site.headers import HEADERS, security_headers

PATHS = [
    "/",
    "/appraisal",
    "/search?q=",
    "/search?page=-1",
    "/articles/1",
    "/nowhere",
    "/health/live",
    "/robots.txt",
    "/static/journal.css",
    "/sign-in",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_every_header(client: Client, path: str) -> None:
    with closing(client.get(path)) as response:
        pass

    for name, value in HEADERS.items():
        assert response[name] == value


def test_a_refused_host_carries_them_too(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.test"})

    assert response.status_code == 400
    assert response["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_nothing_inline_and_no_other_host_is_allowed() -> None:
    policy = HEADERS["Content-Security-Policy"]

    assert policy.startswith("default-src 'none';")
    for word in ("unsafe", "http", "*", "data:"):
        assert word not in policy


def test_https_is_kept_to_only_where_the_site_has_it(
    settings: Any,
) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = RequestFactory().get("/")
    settings.SECURE = True
    secure = security_headers(page)(request)
    settings.SECURE = False
    plain = security_headers(page)(request)

    assert "max-age=63072000" in secure["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in plain
