import threading
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from made.articles import an_article
from made.files import pubmed_file, record
from made.nlm_server import NlmServer
from made.notes import a_note
from made.shelf import shelve
from made.unpaywall_server import UnpaywallServer, answer, location
from ownjournal.catalogue import following, open_copies, store, vectors
from ownjournal.catalogue.models import Sync
from ownjournal.cli.worker import sync_is_due, work
from ownjournal.issues.models import Issue
from ownjournal.notes.models import Note
from ownjournal.pubmed.article import Identifiers
from ownjournal.readers import registry
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter

DAILY = time(4, 30)


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def visited(hour: int, minute: int = 0, day: int = 10, problem: str = "") -> Sync:
    began = at(hour, minute, day)
    return Sync(started_at=began, ended_at=began, problem=problem or None)


def going(minutes: int) -> Sync:
    """A visit since 4:31 that was last heard of so many minutes after that."""
    began = at(4, 31)
    return Sync(started_at=began, seen_at=began + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        (at(4, 29), None, False),
        (at(4, 30), None, True),
        (at(23, 59), visited(4, 31), False),
        (at(4, 30), visited(4, 31, day=9), True),
        (at(12), visited(3), True),  # today, but before the hour
        (at(12), visited(9, day=5), True),  # days were missed: once is enough
        (at(12), visited(4, 31, day=20), True),  # by a clock that was ahead
        (at(4, 29), visited(4, 31, day=20), False),
        (at(5, 29), visited(4, 30, problem="NLM was away."), False),
        (at(5, 30), visited(4, 30, problem="NLM was away."), True),
        (at(4, 29), visited(1, problem="NLM was away."), False),
        (at(9), going(260), False),  # heard of nine minutes ago
        (at(9), going(250), True),  # killed, as it was not for 19
        (at(4, 32), going(0), False),
    ],
)
def test_nlm_is_asked_once_a_day_and_again_after_a_failure(
    now: datetime, last: Sync | None, due: bool
) -> None:
    assert sync_is_due(now, last, DAILY) is due


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_to_end_does_not_wait_for_nlm(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    settings.SYNC_DAILY_AT = time(0, 0)
    settings.NLM_URL = "http://127.0.0.1:9"  # nobody is there: tried again and again
    following.index.cache_clear()
    stopping = threading.Event()
    threading.Timer(0.3, stopping.set).start()

    work(stopping)  # five tries with their pauses would take half a minute

    assert stopping.is_set()
    assert not Sync.objects.exists()  # as if there had been none
    following.index.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_the_worker_fetches_indexes_and_compiles(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    settings.SYNC_DAILY_AT = time(0, 0)
    following.index.cache_clear()
    path = pubmed_file(tmp_path / "nlm-has", "pubmed26n0001.xml.gz", record(1))
    reader = registry.add("ada@example.org", words=["findings"])
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    Reader.objects.update(next_issue_at=an_hour_ago)

    with NlmServer() as server:
        server.put("update", path.name, path.read_bytes())
        settings.NLM_URL = server.address.removesuffix("/pubmed/")
        work(threading.Event())

    assert store.count() == 1
    assert following.index().revision == store.revision()
    assert Issue.objects.get(reader=reader).articles.get().pmid == 1
    assert Letter.objects.get(kind="issue").reader == reader
    following.index.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_the_worker_looks_up_copies_of_what_was_opened(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.DATA_DIR = tmp_path
    Sync.objects.create(started_at=datetime.now(UTC))  # NLM was asked today
    following.index.cache_clear()
    settings.UNPAYWALL, settings.CONTACT_EMAIL = True, "desk@merrow.org"
    doi = "10.5555/bog.1"
    article = an_article(pmid=17, identifiers=Identifiers(doi))

    with UnpaywallServer(answer(doi, location())) as server:
        settings.UNPAYWALL_URL = server.address
        open_copies.copy_of(article)
        work(threading.Event())

    assert open_copies.copy_of(article) is not None
    following.index.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_what_is_new_for_the_order_by_meaning(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    settings.SEMANTIC = True
    Sync.objects.create(started_at=datetime.now(UTC))  # NLM was asked today
    following.index.cache_clear()
    shelve(an_article(pmid=17))

    work(threading.Event())

    assert vectors.kept([17])[17] is not None
    following.index.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_the_worker_erases_notes_that_were_deleted(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    now = datetime.now(UTC)
    Sync.objects.create(started_at=now)  # NLM was asked today
    following.index.cache_clear()
    a_note(author=None, deleted_at=now - timedelta(minutes=2))
    kept = a_note(author=None, deleted_at=now)

    work(threading.Event())

    assert list(Note.objects.all()) == [kept]
    following.index.cache_clear()
