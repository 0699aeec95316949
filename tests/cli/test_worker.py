import threading
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from made.files import pubmed_file, record
from made.nlm_server import NlmServer
from ownjournal.catalogue import following, store
from ownjournal.cli.worker import sync_is_due, work
from ownjournal.issues.models import Issue
from ownjournal.readers import registry
from ownjournal.readers.models import Reader

DAILY = time(4, 30)


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        (at(4, 29), None, False),
        (at(4, 30), None, True),
        (at(23, 59), at(4, 31), False),
        (at(4, 30), at(4, 31, day=9), True),
        (at(12), at(3), True),  # today, but before the hour
        (at(12), at(9, day=5), True),  # days were missed: once is enough
    ],
)
def test_nlm_is_asked_once_a_day(
    now: datetime, last: datetime | None, due: bool
) -> None:
    assert sync_is_due(now, last, DAILY) is due


@pytest.mark.django_db(transaction=True)
def test_the_worker_fetches_indexes_and_compiles(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    settings.OUTBOX_DIR = tmp_path / "outbox"
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
    assert list((tmp_path / "outbox").glob("*.eml"))
    following.index.cache_clear()
