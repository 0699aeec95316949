"""A site with a mail server of its own, and letters of an invented kind."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from made.smtp_server import Sink, smtp_server
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Greetings and codes; no other kind is known."""
    monkeypatch.setattr(letters, "MAKERS", letters.MAKERS)
    for name in tuple(letters.MAKERS):
        monkeypatch.delitem(letters.MAKERS, name)
    monkeypatch.setitem(letters.MAKERS, "greeting", greeting)
    monkeypatch.setitem(letters.MAKERS, "code", greeting)
    letters.URGENT.add("code")


def greeting(letter: Letter) -> Mail | None:
    """None where the letter's details say that it is not wanted."""
    if letter.details.get("unwanted"):
        return None
    word = letter.details.get("word", "Good morning.")
    return Mail(f"Greeting {letter.key}", f"{word}\n", f"<p>{word}</p>")


@pytest.fixture
def sink(db: None, settings: Any) -> Iterator[Sink]:
    """The mail server that the site sends by."""
    with smtp_server() as server:
        use(settings, server)
        yield server


def use(settings: Any, server: Sink) -> None:
    settings.EMAIL_BACKEND = "ownjournal.readers.post.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5


def readers(count: int) -> list[Reader]:
    """Readers with invented addresses."""
    return [
        Reader.objects.create_reader(f"reader{number}@merrow.test")
        for number in range(count)
    ]
