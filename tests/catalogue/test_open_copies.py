"""Free copies are looked up by the worker for what readers open, and only then."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from msgspec.structs import replace

from made.articles import an_article
from made.together import together
from made.unpaywall_server import UnpaywallServer, answer, location
from ownjournal.catalogue import open_copies
from ownjournal.catalogue.models import OpenCopy as Row
from ownjournal.catalogue.models import Service
from ownjournal.catalogue.open_copies import copy_of, look_up
from ownjournal.pubmed.article import Abstract, Article, Identifiers
from ownjournal.pubmed.open_copy import OpenCopy

DOI = "10.5555/Bog.1"
ARTICLE = an_article(pmid=17, identifiers=Identifiers(DOI))
COPY = "https://press.example.org/bog"


@pytest.fixture
def unpaywall(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[UnpaywallServer]:
    """Unpaywall with one copy, and a site that may ask for it."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with UnpaywallServer(answer(DOI.lower(), location())) as server:
        settings.UNPAYWALL = True
        settings.CONTACT_EMAIL = "desk@merrow.org"
        settings.UNPAYWALL_URL = server.address
        yield server


def step(**more: Any) -> int:
    """One step of the worker, with no waiting."""
    return look_up(wait=lambda seconds: None, **more)


def url_of(article: Article = ARTICLE) -> str | None:
    copy = copy_of(article)
    return copy.url if copy else None


def later(**time: float) -> None:
    """As if so much time had gone by."""
    gone = timedelta(**time)
    for row in Row.objects.all():
        row.checked_at = row.checked_at and row.checked_at - gone
        row.due_at = row.due_at and row.due_at - gone
        row.save()
    Service.objects.all().delete()


@pytest.mark.django_db
def test_a_copy_is_known_after_the_workers_next_step(
    unpaywall: UnpaywallServer,
) -> None:
    assert copy_of(ARTICLE) is None
    assert unpaywall.asked == []  # not while a page is made

    assert step() == 1

    assert copy_of(ARTICLE) == OpenCopy(
        COPY, "publisher", "published", "CC BY", "Unpaywall", timezone.now().date()
    )
    assert step() == 0
    assert len(unpaywall.asked) == 1


@pytest.mark.django_db
def test_a_note_is_left_once(unpaywall: UnpaywallServer) -> None:
    copy_of(ARTICLE)

    with CaptureQueriesContext(connection) as queries:
        copy_of(ARTICLE)

    assert len(queries) == 1


@pytest.mark.django_db
def test_nothing_but_the_doi_and_the_operators_address_is_told(
    unpaywall: UnpaywallServer,
) -> None:
    copy_of(ARTICLE)
    step()

    [asked] = unpaywall.asked
    assert asked.path == f"/v2/{DOI.lower()}"
    assert asked.parameters == {"email": "desk@merrow.org"}


@pytest.mark.django_db
def test_without_leave_nothing_is_asked_noted_or_shown(
    unpaywall: UnpaywallServer, settings: Any
) -> None:
    copy_of(ARTICLE)
    step()
    settings.UNPAYWALL = False

    assert copy_of(ARTICLE) is None
    assert copy_of(replace(ARTICLE, identifiers=Identifiers("10.5555/two"))) is None
    assert step() == 0
    assert Row.objects.count() == len(unpaywall.asked) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "article",
    [
        an_article(pmid=17, identifiers=Identifiers(DOI, "PMC29")),
        an_article(
            pmid=17,
            identifiers=Identifiers(DOI),
            abstract=Abstract(copyright="Under CC BY 4.0."),
        ),
        an_article(pmid=17, identifiers=Identifiers()),
        an_article(pmid=17, identifiers=Identifiers("no doi")),
        an_article(pmid=17, identifiers=Identifiers("10.5555/" + "x" * 250)),
        an_article(pmid=99_000_001, identifiers=Identifiers(DOI)),
    ],
    ids=["in PMC", "licensed", "no DOI", "no real one", "too long", "invented"],
)
def test_where_a_copy_would_not_help_none_is_looked_for(
    unpaywall: UnpaywallServer, article: Article
) -> None:
    assert copy_of(article) is None
    assert not Row.objects.exists()


@pytest.mark.django_db
def test_the_same_doi_in_other_letters_is_the_same(unpaywall: UnpaywallServer) -> None:
    copy_of(ARTICLE)
    step()

    assert url_of(replace(ARTICLE, identifiers=Identifiers(DOI.upper()))) == COPY


@pytest.mark.django_db
@pytest.mark.parametrize(("found", "days"), [(True, 60), (False, 30)])
def test_it_is_looked_up_again_when_it_is_opened_after_weeks(
    unpaywall: UnpaywallServer, found: bool, days: int
) -> None:
    if not found:
        unpaywall.answers.clear()
    copy_of(ARTICLE)
    step()

    later(days=days - 1)
    copy_of(ARTICLE)
    assert step() == 0
    later(days=2)
    assert step() == 0  # nobody has opened it
    assert url_of() == (COPY if found else None)  # the old answer, meanwhile
    assert step() == 1


@pytest.mark.django_db
def test_a_copy_that_is_gone_is_shown_no_longer(unpaywall: UnpaywallServer) -> None:
    copy_of(ARTICLE)
    step()
    unpaywall.answers[DOI.lower()] = answer(DOI.lower())
    later(days=61)
    copy_of(ARTICLE)

    step()

    assert copy_of(ARTICLE) is None
    assert Row.objects.get().licence is None


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["500", "page", "truncate", "403"])
def test_a_failure_changes_nothing_and_is_put_off(
    unpaywall: UnpaywallServer, fault: str
) -> None:
    copy_of(ARTICLE)
    step()
    later(days=61)
    copy_of(ARTICLE)
    unpaywall.misbehave(fault, fault)

    assert step() == 1

    assert url_of() == COPY
    assert step() == 0
    unpaywall.faults.clear()
    later(hours=2)
    assert step() == 1
    assert Row.objects.get().failures == 0


@pytest.mark.django_db
def test_a_doi_that_fails_again_and_again_is_put_off_longer(
    unpaywall: UnpaywallServer,
) -> None:
    unpaywall.answers[DOI.lower()] = answer("10.5555/another")
    copy_of(ARTICLE)
    pauses = []
    for _ in range(3):
        step()
        due_at = Row.objects.get().due_at
        assert due_at is not None
        pauses.append(round((due_at - timezone.now()) / timedelta(hours=1)))
        later(hours=5)

    assert pauses == [1, 2, 4]


@pytest.mark.django_db
def test_a_service_that_fails_is_asked_nothing_else(unpaywall: UnpaywallServer) -> None:
    for number in range(5):
        copy_of(replace(ARTICLE, identifiers=Identifiers(f"10.5555/{number}")))
    unpaywall.misbehave(*["500"] * 10)

    assert step() == 1
    assert step() == 0
    assert len(unpaywall.asked) == 2  # one, tried again once


@pytest.mark.django_db
def test_a_worker_that_is_to_end_asks_no_more(unpaywall: UnpaywallServer) -> None:
    for number in range(5):
        copy_of(replace(ARTICLE, identifiers=Identifiers(f"10.5555/{number}")))

    assert step(stopped=lambda: len(unpaywall.asked) == 2) == 2
    assert step() == 3


@pytest.mark.django_db
def test_an_address_in_the_table_is_looked_at_before_it_is_a_link(
    unpaywall: UnpaywallServer,
) -> None:
    copy_of(ARTICLE)
    step()
    Row.objects.update(url="javascript:alert(1)")

    assert copy_of(ARTICLE) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_asks(unpaywall: UnpaywallServer) -> None:
    for number in range(6):
        copy_of(replace(ARTICLE, identifiers=Identifiers(f"10.5555/{number}")))

    asked = together(step)

    assert sum(asked) == len(unpaywall.asked) == 6


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_while_a_file_is_written(
    unpaywall: UnpaywallServer,
) -> None:
    """On SQLite a writer keeps the others out; the next page leaves the note."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such lock")
    path = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with CaptureQueriesContext(connection) as queries:
            assert copy_of(ARTICLE) is None
        assert "busy_timeout = 0" in queries[1]["sql"]  # before anything is written
        writer.execute("ROLLBACK")
    assert not Row.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] == 30_000
    copy_of(ARTICLE)
    assert Row.objects.exists()


def test_limits_are_below_what_unpaywall_allows() -> None:
    assert open_copies.RULES.most < 100_000
    assert open_copies.RULES.window == timedelta(days=1)
