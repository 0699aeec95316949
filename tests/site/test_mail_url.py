"""MAIL_URL in all its forms."""

import pytest

from ownjournal.site.mail_url import FOLDER, SMTP, mail_settings
from ownjournal.site.options import OptionError


def test_files_are_the_default() -> None:
    assert mail_settings("outbox:").backend == FOLDER


@pytest.mark.parametrize(
    ("url", "host", "port", "starttls", "tls"),
    [
        ("smtp://mx.merrow.test", "mx.merrow.test", 587, True, False),
        ("smtp://mx.merrow.test:2525", "mx.merrow.test", 2525, True, False),
        ("smtps://mx.merrow.test", "mx.merrow.test", 465, False, True),
        ("smtp://127.0.0.1", "127.0.0.1", 25, False, False),
        ("smtp://[::1]:2525", "::1", 2525, False, False),
        ("smtp+plain://relay", "relay", 25, False, False),
        ("SMTP://localhost/", "localhost", 25, False, False),
    ],
)
def test_a_server_is_used_with_tls_unless_it_is_at_home(
    url: str, host: str, port: int, starttls: bool, tls: bool
) -> None:
    found = mail_settings(url)

    assert found.backend == SMTP
    assert (found.host, found.port) == (host, port)
    assert (found.starttls, found.tls) == (starttls, tls)


def test_user_and_password_may_hold_any_character() -> None:
    found = mail_settings("smtp://a%40b:p%3A%2F%40@mx.merrow.test")

    assert (found.user, found.password) == ("a@b", "p:/@")


def test_a_provider_is_known_by_its_name_and_keys() -> None:
    found = mail_settings("mailgun:api_key=k%26&sender_domain=merrow.test")

    assert found.backend == "anymail.backends.mailgun.EmailBackend"
    assert found.provider == {
        "MAILGUN_API_KEY": "k&",
        "MAILGUN_SENDER_DOMAIN": "merrow.test",
    }


@pytest.mark.parametrize(
    "url",
    [
        "smtp:",
        "smtp://",
        "smtp://host:port",
        "smtp://user:secret@host:99999",
        "smtp://user:secret@host/path",
        "smtp://host?tls=no",
        "outbox:folder",
        "pigeon:key=secret",
        "postmark:",
        "base_requests.x:secret=y",
        "",
    ],
)
def test_what_cannot_be_used_stops_the_start_and_tells_no_password(url: str) -> None:
    with pytest.raises(OptionError, match="MAIL_URL") as problem:
        mail_settings(url)
    assert "secret" not in str(problem.value)
