import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following, store
from ownjournal.catalogue.models import AppliedFile, RefusedFile
from ownjournal.catalogue.working import Beat
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter, Trouble
from ownjournal.site.condition import note_backup

ALERTS = Path(__file__).parents[2] / "deploy" / "prometheus" / "alerts.yaml"
TOKEN = "a-long-random-word"
BEARER = {"authorization": f"Bearer {TOKEN}"}
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def token(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def told(client: Client) -> dict[tuple[str, ...], float]:
    """Value by name of the metric and its labels."""
    response = client.get("/metrics", headers=BEARER)
    assert response.status_code == 200
    return {
        (sample.name.removeprefix("ownjournal_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_without_a_token_there_is_no_such_page(
    client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = None
    assert client.get("/metrics", headers=BEARER).status_code == 404


@pytest.mark.parametrize(
    "given", ["", TOKEN, "Bearer ", f"Bearer {TOKEN}x", "Bearer é"]
)
def test_only_who_has_the_token_is_told(client: Client, given: str) -> None:
    response = client.get("/metrics", headers={"authorization": given})

    assert response.status_code == 401
    assert response.content == b""


def test_an_empty_site_tells_what_it_is(client: Client) -> None:
    found = told(client)

    assert found["database_up",] == 1
    assert found["articles",] == found["nlm_files_behind",] == found["workers",] == 0
    assert found["mail_trouble", "server"] == found["mail_trouble", "refused"] == 0
    assert found["disk_size_bytes",] > found["disk_free_bytes",] > 0
    for unknown in (
        "backup_age_seconds",
        "nlm_asked_age_seconds",
        "replica_lag_seconds",
    ):
        assert (unknown,) not in found


def test_what_is_late_or_behind_is_told(client: Client) -> None:
    now = datetime.now(UTC)
    shelve(an_article(pmid=1))
    following.follow(following.index())
    shelve(an_article(pmid=2))
    AppliedFile.objects.filter(name="pubmed26n1301.xml.gz").update(
        name="pubmed26n1302.xml.gz", file_key=26_001_302
    )
    RefusedFile.objects.create(
        name="pubmed26n1303.xml.gz", code="md5", reason="…", refused_at=now
    )
    reader = Reader.objects.create(email="ada@merrow.test", next_issue_at=now - HOUR)
    Letter.objects.create(kind="code", key="1", reader=reader, due_at=now - 2 * HOUR)
    Letter.objects.create(kind="code", key="2", reader=reader, due_at=now + HOUR)
    Letter.objects.create(
        kind="code", key="3", reader=reader, state="refused", settled_at=now - HOUR
    )
    Trouble.objects.create(kind="server", said="…", since_at=now)
    Beat().say(now)
    note_backup(now - 3 * HOUR)

    found = told(client)

    assert found["articles",] == 2
    assert found["store_revision",] == found["index_revision",] + 1 == store.revision()
    assert (found["nlm_files_behind",], found["nlm_files_refused",]) == (2, 1)
    assert found["issues_due",] == found["letters_due",] == 1
    assert found["issues_due_age_seconds",] == pytest.approx(3600, abs=60)
    assert found["letters_due_age_seconds",] == pytest.approx(7200, abs=60)
    assert found["letters_refused_day",] == found["workers",] == 1
    assert found["mail_trouble", "server"] == 1
    assert found["backup_age_seconds",] == pytest.approx(3 * 3600, abs=60)


def test_requests_are_counted_by_pattern_and_no_reader_is_named(
    client: Client,
) -> None:
    reader = Reader.objects.create(email="ada@merrow.test")
    client.force_login(reader)
    client.get("/articles/77123?secret=1")
    labels = ("GET", "/articles/<pmid>", "4xx")
    before = told(client)["request_seconds_count", *labels]

    client.get("/articles/77124")
    text = client.get("/metrics", headers=BEARER).text

    assert told(client)["request_seconds_count", *labels] == before + 1
    named = "\n".join(re.findall("{.*}", text))  # values may hold any digits
    for secret in ("77123", "secret", "ada@", "merrow"):
        assert secret not in named


def test_a_database_that_is_away_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> int:
        raise DatabaseError("password of the database")

    monkeypatch.setattr(store, "count", gone)

    found = told(client)

    assert found["database_up",] == 0
    assert ("articles",) not in found


def test_alerts_name_metrics_that_there_are(client: Client) -> None:
    [group] = yaml.safe_load(ALERTS.read_text())["groups"]
    client.get("/health/live")
    note_backup(datetime.now(UTC))
    source = Path(__file__).parents[2] / "docs" / "monitoring.md"
    known = {each[0] for each in told(client)}
    known |= {"replica_lag_seconds", "nlm_asked_age_seconds", "index_revision"}

    for rule in group["rules"]:
        names = re.findall(r"ownjournal_(\w+)", rule["expr"])
        assert set(names) <= known, rule["alert"]
        assert rule["alert"] in source.read_text()
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"].endswith(".")
        assert re.fullmatch(r"[0-9]+[mh]", rule["for"])
