"""While the site is read-only: pages go on, and what writes is told in words."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT, SIGTERM
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following, store
from ownjournal.cli.main import cli
from ownjournal.readers.log.models import LogRow
from ownjournal.readers.models import Interest, Reader
from ownjournal.site.moving.halting import (
    FILE,
    MOVED,
    MOVING,
    SEALED,
    ReadOnly,
    read_only,
    why_read_only,
)

PMID = 99_100_001
HOLD = """
import sys
from pathlib import Path
import django; django.setup()
from ownjournal.site.moving.halting import read_only
with read_only():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite is what is left")
    settings.DATA_DIR = tmp_path


@pytest.fixture
def reader(client: Client) -> Reader:
    made = Reader.objects.create_reader("ada@merrow.test")
    Reader.objects.filter(pk=made.pk).update(keeps_log=True, keeps_searches=True)
    shelve(an_article(pmid=PMID))
    following.follow(following.index())
    client.force_login(made, "ownjournal.readers.accounts.passwords.ReaderBackend")
    return made


@pytest.fixture
def halted(reader: Reader) -> Iterator[None]:
    with pytest.raises(KeyboardInterrupt), read_only():
        yield
        raise KeyboardInterrupt


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "path", ["/", f"/articles/{PMID}", "/search?q=velotrine", "/account", "/notes"]
)
def test_pages_go_on_and_leave_no_trace(
    client: Client, halted: None, path: str
) -> None:
    assert client.get(path).status_code == 200
    assert not LogRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_opened_article_is_noted_again_afterwards(
    client: Client, reader: Reader
) -> None:
    client.get(f"/articles/{PMID}")

    assert LogRow.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_writes_is_told_when_to_send_it_again(client: Client, halted: None) -> None:
    answer = client.post(f"/articles/{PMID}/notes", {"text": "Of use."})

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert answer["Cache-Control"] == "no-store"
    assert "was not kept" in answer.text
    assert "send it again in a minute" in answer.text


@pytest.mark.django_db(transaction=True)
def test_nothing_writes_and_everything_reads(halted: None) -> None:
    with pytest.raises(ReadOnly, match="read-only for a moment"):
        Interest.objects.update(value="x")
    with transaction.atomic():
        assert store.get(PMID) is not None


@pytest.mark.django_db(transaction=True)
def test_who_writes_on_the_way_is_told_too(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site became read-only after the request had been let in."""
    said = iter([None, MOVING])
    monkeypatch.setattr(
        "ownjournal.site.moving.pausing.why_read_only", lambda: next(said)
    )
    monkeypatch.setattr("ownjournal.site.moving.halting.why_read_only", lambda: MOVING)

    answer = Client().post("/sign-up", {"email": "bob@merrow.test"})

    assert answer.status_code == 503
    assert "was not kept" in answer.text


@pytest.mark.django_db(transaction=True)
def test_a_mover_that_is_killed_stops_nobody(settings: Any, tmp_path: Path) -> None:
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env={**_environment(), "DATA_DIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert held.stdout is not None
    assert held.stdout.readline() == b"held\n"
    assert why_read_only() == MOVING

    held.kill()
    held.communicate()

    assert (tmp_path / FILE).exists()
    assert why_read_only() is None
    Reader.objects.create_reader("bea@merrow.test")


@pytest.mark.django_db(transaction=True)
def test_a_sealed_database_is_told_whatever_ends_the_mover() -> None:
    with pytest.raises(KeyboardInterrupt), read_only():
        _set_mark(SEALED)
        raise KeyboardInterrupt

    said = why_read_only()
    _set_mark(0)

    assert said == MOVED
    assert why_read_only() is None


def _set_mark(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA user_version={number}")


@pytest.mark.django_db(transaction=True)
def test_a_worker_waits(
    halted: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ownjournal.cli.worker.PAUSE_SECONDS", 0.01)
    monkeypatch.setattr("ownjournal.cli.worker.work", _never)
    monkeypatch.setattr("ownjournal.readers.post.loop.send_all", _never)
    before = {each: signal.getsignal(each) for each in (SIGTERM, SIGINT)}
    ends = threading.Timer(0.3, os.kill, [os.getpid(), SIGTERM])
    ends.start()
    try:
        cli.main(["worker"], standalone_mode=False)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    said = capfd.readouterr().err
    assert "Nothing is done. The site is being moved" in said
    assert "Mail could not be sent" not in said


def _never(*_: object) -> None:
    raise AssertionError("the worker works")


def _environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings"}
