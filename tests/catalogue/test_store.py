from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from made.articles import an_article
from made.shelf import RECEIVED, shelve
from ownjournal.catalogue import store
from ownjournal.catalogue.models import AppliedFile

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


def files_that_changed(*counts: int) -> None:
    """A file for each count, at revisions 1, 2, 3 …"""
    for count in counts:
        file = shelve(at=RECEIVED)
        AppliedFile.objects.filter(pk=file.pk).update(changed=count)


def plan_of(sql: str) -> str:
    """How the database would go about it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return str(cursor.fetchall())


@pytest.mark.parametrize(
    ("up_to", "most", "first"),
    [
        (4, 1000, 0),  # all of them
        (4, 60, 3),  # 20 and 40 fit
        (4, 59, 4),
        (4, 1, 4),  # at least the last
        (3, 40, 3),
        (0, 40, 0),
    ],
)
def test_the_newest_files_are_those_that_fit(up_to: int, most: int, first: int) -> None:
    files_that_changed(100, 30, 20, 40)

    assert store.newest_from(up_to, most) == first


def test_the_best_of_a_week_are_the_best_received_in_it() -> None:
    shelve(an_article(pmid=1), at=RECEIVED - 30 * A_DAY)
    shelve(an_article(pmid=2), an_article(pmid=3), at=RECEIVED)

    best = store.best_since(RECEIVED - A_DAY, limit=10)

    assert sorted(kept.article.pmid for kept in best) == [2, 3]


def test_the_best_come_first_and_equals_by_pmid() -> None:
    shelve(*(an_article(pmid=pmid) for pmid in (1, 2, 3)))

    best = store.best_since(RECEIVED - A_DAY, limit=2)

    assert [kept.article.pmid for kept in best] == [3, 2]


def test_the_newest_are_those_that_changed_last() -> None:
    shelve(an_article(pmid=5))
    shelve(an_article(pmid=1), an_article(pmid=2))

    assert [kept.article.pmid for kept in store.newest(2)] == [2, 1]


def test_what_a_week_brought_is_ranked_without_reading_its_records() -> None:
    """At 1.6 million articles that made the front page ten times as slow."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by statistics that a test does not have")
    shelve(an_article(pmid=1), at=RECEIVED)

    with CaptureQueriesContext(connection) as asked:
        store.best_since(RECEIVED - A_DAY, limit=1)
        store.arrived_since(RECEIVED - A_DAY)

    plans = [
        plan_of(each["sql"]) for each in asked if "catalogue_article" in each["sql"]
    ]
    covered = ["COVERING INDEX catalogue_by_revision" in plan for plan in plans]
    assert covered == [True, False, True]  # between them the one record


def test_an_empty_catalogue_answers_too() -> None:
    assert store.revision() == store.count() == 0
    assert store.newest(5) == store.best_since(RECEIVED, 5) == []
    assert store.get(1) is None
    assert store.tombstone(1) is None
    assert store.freshness().newest_file is None
    assert store.window(30, now=RECEIVED) == (0, 0)
