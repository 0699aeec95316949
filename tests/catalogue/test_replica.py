"""Reads by a replica: a real one, whose replay is paused to make it stale."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from made.files import pubmed_file, record
from made.postgres import programs
from made.replicas import Pair, replicas
from ownjournal.catalogue import replica
from ownjournal.catalogue.models import Article, AskedNumber
from ownjournal.catalogue.replica import MAY_BE_STALE, Router
from ownjournal.notes.models import Note

NO_SETTINGS = {name: each for name, each in os.environ.items() if "DJANGO" not in name}
PROGRAM = (sys.executable, "-m", "ownjournal.cli.main")
BEGINNING = """
import json, sys
import django; django.setup()
from datetime import UTC, datetime
from django.core.signals import request_started
from django.db import transaction
from ownjournal.catalogue import replica, store
from ownjournal.catalogue.models import Article
from ownjournal.notes.models import Note
from ownjournal.notes.posting import post
from ownjournal.notes.subjects import Subject
from ownjournal.notes.typed import Typed
from ownjournal.readers.models import Reader
def is_here(): return store.get(2) is not None
def request(): request_started.send(None)
"""
STALE = """
found = {"worker": is_here()}
replica.serve()
request()
found["page"] = is_here()
with transaction.atomic():
    found["transaction"] = is_here()
ada = Reader.objects.get_or_create(email="ada@example.org")[0]
subject = Subject(1, None, "/articles/1", "Bog")
post(ada, subject, Typed("A pearl."), datetime(2026, 11, 2, tzinfo=UTC))
request()
found["note"] = Note.objects.filter(text="A pearl.").exists()
replica.read_fresh()
found["fetched"] = is_here()
request()
Article.objects.filter(pk=1).update(quality=3)
found["changed"] = is_here()
request()
found["next page"] = is_here()
print(json.dumps(found))
"""
LOST = """
replica.serve()
request()
found = {"before": is_here()}
print(json.dumps(found), flush=True)
sys.stdin.readline()
request()
print(json.dumps({"after": is_here()}))
"""


def test_only_a_process_that_serves_pages_asks_the_replica(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Other tests serve pages in this process."""
    monkeypatch.setattr(replica, "_serves", threading.Event())
    router = Router()

    assert router.db_for_read(Article) == "default"
    assert router.db_for_write(Article) == "default"
    assert router.db_for_read(Note) == router.db_for_read(AskedNumber) == "default"


def test_nothing_that_leads_to_a_reader_may_be_stale() -> None:
    models = apps.get_app_config("catalogue").get_models()

    assert {each._meta.label for each in models} > MAY_BE_STALE
    assert AskedNumber._meta.label not in MAY_BE_STALE  # pages write it


def test_a_server_of_any_kind_can_import_the_application() -> None:
    run(sys.executable, "-c", "import ownjournal.site.wsgi", environment=NO_SETTINGS)


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with replicas() as pair:
        yield pair


@pytest.fixture
def environment(pair: Pair, tmp_path: Path) -> dict[str, str]:
    """What names both servers; the replica, or where it is lost the primary, is read.

    Articles 1 and 2 are in the primary, and 2 is not yet seen in the replica.
    """
    read = pair.url.replace("read-write", "prefer-standby")
    named = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": pair.url,
        "DATABASE_READ_URL": read,
        "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
    }
    run(*PROGRAM, "migrate", environment=named)
    for number in (1, 2):
        name = f"pubmed26n000{number}.xml.gz"
        path = pubmed_file(tmp_path / "files", name, record(number))
        run(*PROGRAM, "ingest", str(path), environment=named)
        if number == 1:
            pair.replica.run("SELECT pg_wal_replay_pause()")
    return named


def run(*command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_pages_may_be_stale_and_nothing_else_is(
    pair: Pair, environment: dict[str, str]
) -> None:
    said = run(sys.executable, "-c", BEGINNING + STALE, environment=environment)

    assert json.loads(said) == {
        "worker": True,
        "page": False,
        "transaction": True,
        "note": True,
        "fetched": True,
        "changed": True,
        "next page": False,
    }
    pair.replica.run("SELECT pg_wal_replay_resume()")

    with subprocess.Popen(
        [sys.executable, "-c", BEGINNING + LOST],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as page:
        assert page.stdout is not None
        assert page.stdin is not None
        assert json.loads(page.stdout.readline()) == {"before": True}
        pair.replica.kill()
        page.stdin.write("go on\n")
        page.stdin.flush()
        assert json.loads(page.stdout.readline()) == {"after": True}
