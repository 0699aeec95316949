"""Over TLS only to the server that was meant; the mail's bytes arrive as they are."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from made.smtp_server import Sink, smtp_server
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters, trouble
from ownjournal.readers.post.letters import Mail, put
from ownjournal.readers.post.models import Letter
from ownjournal.readers.post.sending import send_due
from readers.post.conftest import NOW, use

PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this machine trusts while the test lasts."""
    made = trustme.CA()
    path = tmp_path / "authority.pem"
    made.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return made


@contextmanager
def tls_server(
    settings: Any, certificate: trustme.LeafCert, *, at_once: bool
) -> Iterator[Sink]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with smtp_server(tls=context, at_once=at_once) as server:
        use(settings, server)
        settings.EMAIL_HOST = "localhost"
        settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = at_once, not at_once
        yield server


@pytest.fixture
def letter(alice: Reader) -> Letter:
    put("greeting", "1", reader=alice, due_at=NOW)
    return Letter.objects.get()


@pytest.mark.parametrize("at_once", [True, False])
def test_a_server_that_proves_its_name_gets_the_mail(
    settings: Any, authority: trustme.CA, letter: Letter, at_once: bool
) -> None:
    right = authority.issue_cert("localhost")
    with tls_server(settings, right, at_once=at_once) as server:
        assert send_due(NOW, lambda: False) == {"sent": 1}
    assert server.to() == [letter.to()]


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("fault", ["expired", "wrong name", "stranger"])
def test_any_other_server_gets_nothing_and_the_operator_is_told(
    settings: Any, authority: trustme.CA, letter: Letter, fault: str, at_once: bool
) -> None:
    certificate = {
        "expired": lambda: authority.issue_cert("localhost", not_after=PAST),
        "wrong name": lambda: authority.issue_cert("elsewhere.test"),
        "stranger": lambda: trustme.CA().issue_cert("localhost"),
    }[fault]()
    with tls_server(settings, certificate, at_once=at_once) as server:
        assert send_due(NOW, lambda: False) == {"trouble": 1}

    assert server.taken == []
    [problem] = trouble.problems()
    assert "CERTIFICATE_VERIFY_FAILED" in problem
    letter.refresh_from_db()
    assert (letter.state, letter.doubtful) == ("waiting", False)


def test_no_password_goes_to_a_server_without_tls(
    settings: Any, sink: Sink, letter: Letter
) -> None:
    settings.EMAIL_USE_TLS = True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "journal", "secret"

    assert send_due(NOW, lambda: False) == {"trouble": 1}
    [problem] = trouble.problems()
    assert "STARTTLS" in problem


LINES = ".\n..\n.dot at the start\nFrom here\n" + "ü" * 500 + "\n \ttrailing \n=3D\n"


def test_every_byte_of_the_text_arrives(
    sink: Sink, alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = f"<pre>{LINES}</pre>"

    def odd(letter: Letter) -> Mail:
        return Mail("Odd", LINES, html, (("X-Own", "Ünd\r\nBcc: x@evil.test"),))

    monkeypatch.setitem(letters.MAKERS, "odd", odd)
    put("odd", "1", reader=alice, due_at=NOW)
    send_due(NOW, lambda: False)

    [taken] = sink.taken
    message = taken.message()
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert plain.get_content().splitlines() == LINES.splitlines()
    assert rich.get_content().splitlines() == html.splitlines()
    assert message["X-Own"] == "Ünd Bcc: x@evil.test"
    assert "Bcc" not in message
    assert max(map(len, taken.data.split(b"\r\n"))) <= 78
    assert taken.data.isascii()
    assert b"\n" not in taken.data.replace(b"\r\n", b"")


def test_a_mail_without_html_is_one_part(
    sink: Sink, alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(letters.MAKERS, "plain", lambda letter: Mail("A", "Grüße\n"))
    put("plain", "1", reader=alice, due_at=NOW)
    send_due(NOW, lambda: False)

    message = sink.taken[0].message()
    assert message.get_content_type() == "text/plain"
    assert message.get_content() == "Grüße\r\n"


def test_a_bounce_finds_its_way_back_by_the_address(
    sink: Sink, letter: Letter, settings: Any
) -> None:
    settings.MAIL_BOUNCES = "back@merrow.test"
    send_due(NOW, lambda: False)

    [taken] = sink.taken
    assert taken.sender.startswith(f"back+{letter.pk}.")
    assert "ownjournal@localhost" in str(taken.message()["From"])


def test_after_a_while_the_server_is_tried_again(
    settings: Any, authority: trustme.CA, letter: Letter
) -> None:
    wrong = authority.issue_cert("elsewhere.test")
    with tls_server(settings, wrong, at_once=False):
        send_due(NOW, lambda: False)
    with tls_server(settings, authority.issue_cert("localhost"), at_once=False):
        assert send_due(NOW + timedelta(seconds=29), lambda: False) == {}
        assert send_due(NOW + timedelta(seconds=31), lambda: False) == {"sent": 1}
