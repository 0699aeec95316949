import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import ResolverMatch, resolve
from pytest_django import Settings

from made.articles import an_article
from made.logged import Logged, logged
from made.shelf import shelve
from ownjournal.site import logs_lines
from ownjournal.site.logs import logging_settings, server_logging

SECRET = "pneumonia-in-my-family"


@pytest.fixture
def lines(settings: Settings) -> Iterator[Logged]:
    settings.LOG_FORMAT = "json"
    with logged() as made:
        yield made


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_name_pattern_and_time(
    client: Client, lines: Logged
) -> None:
    shelve(an_article(pmid=31))

    response = client.get("/articles/31")

    [event] = lines.events()
    assert event["request"] == response["X-Request-ID"]
    assert event["path"] == "/articles/<pmid>"
    assert (event["method"], event["status"], event["level"]) == ("GET", 200, "info")
    assert isinstance(event["milliseconds"], float)
    assert "\n" not in lines.written[0]


@pytest.mark.django_db
def test_a_path_of_nothing_is_looked_up_once_for_all_that_is_told_of_it(
    client: Client, lines: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    def counted(path: str) -> ResolverMatch:
        looked_up.append(path)
        return resolve(path)

    monkeypatch.setattr(logs_lines, "resolve", counted)

    assert client.get("/nothing/here").status_code == 404

    assert [event["logger"] for event in lines.events()] == [
        "ownjournal.requests",
        "django.request",
    ]
    assert all("(nowhere)" in line for line in lines.written)
    assert looked_up == ["/nothing/here"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        (f"/search?q={SECRET}", "/search"),
        (f"/sign-in/mail/{SECRET}", "/sign-in/mail/<slug:token>"),
        (f"/{SECRET}/unknown?{SECRET}", "(nowhere)"),
        (f"/articles/12?{SECRET}", "/articles/<pmid>"),
        (f"/static/{SECRET}.css", "/static/<path>"),
    ],
)
def test_neither_query_nor_secret_nor_address_is_written(
    client: Client, lines: Logged, path: str, pattern: str
) -> None:
    client.get(path, headers={"user-agent": SECRET}, REMOTE_ADDR="192.0.2.77")

    assert pattern in [event.get("path") for event in lines.events()]
    for line in lines.written:
        assert SECRET not in line
        assert "192.0.2.77" not in line


@pytest.mark.django_db
def test_what_is_written_in_a_request_bears_its_name(
    client: Client, lines: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False

    def broken() -> int:
        raise ValueError("a fault\nof two lines")

    monkeypatch.setattr("ownjournal.catalogue.store.count", broken)

    response = client.get("/health/ready")

    fault, request = lines.events()
    assert fault["level"] == "error"
    assert fault["event"] == "Internal Server Error: /health/ready"
    assert "ValueError: a fault\nof two lines" in str(fault["fault"])
    assert fault["request"] == request["request"] == response["X-Request-ID"]
    assert request["status"] == 500


def test_only_our_own_proxy_names_requests(client: Client, settings: Settings) -> None:
    named = {"X-Request-ID": "from-a-proxy-7"}

    settings.TRUSTED_PROXIES = 0
    assert client.get("/health/live", headers=named)["X-Request-ID"] != "from-a-proxy-7"
    settings.TRUSTED_PROXIES = 1
    assert client.get("/health/live", headers=named)["X-Request-ID"] == "from-a-proxy-7"
    odd = {"X-Request-ID": 'x"\r\n, "level": "none'}
    assert client.get("/health/live", headers=odd)["X-Request-ID"].isalnum()


def test_as_text_requests_are_not_written(
    client: Client, lines: Logged, settings: Settings
) -> None:
    settings.LOG_FORMAT = "text"

    client.get("/health/live")

    assert not lines.written


def test_a_wrong_host_leaves_no_trace(
    client: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("django.security.DisallowedHost")
    own = [
        each for each in logger.handlers if not type(each).__module__.startswith("_")
    ]
    monkeypatch.setattr(logger, "handlers", own)  # without those of pytest

    response = client.get("/health/live", headers={"host": "192.0.2.7"})

    assert response.status_code == 400
    assert not capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json"])
def test_both_forms_can_be_set_up(form: str) -> None:
    for made in (logging_settings(form), server_logging(form)):
        logging.config.DictConfigurator(made)  # type: ignore[attr-defined]
        names = {each["()"] for each in made["filters"].values()}
        assert "ownjournal.site.logs_lines.WithoutPaths" in names
    assert "advice" in server_logging(form)["handlers"]["stderr"]["filters"]
