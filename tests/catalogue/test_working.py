from datetime import UTC, datetime, timedelta

import pytest

from ownjournal.catalogue.models import WorkerSeen
from ownjournal.catalogue.working import FORGOTTEN, SILENT, Beat, at_work

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def test_a_worker_counts_until_it_ends_or_is_silent_too_long() -> None:
    one, other = Beat(), Beat()
    one.say(NOW)
    other.say(NOW)

    assert at_work(NOW) == 2
    assert at_work(NOW + SILENT) == 0
    other.end()
    assert at_work(NOW) == 1


def test_it_is_said_no_more_often_than_needed() -> None:
    beat = Beat()
    for seconds in range(20):
        beat.say(NOW + seconds * SECOND)

    assert WorkerSeen.objects.get().seen_at == NOW + 15 * SECOND


def test_workers_that_died_are_forgotten() -> None:
    Beat().say(NOW)
    Beat().say(NOW + FORGOTTEN + SECOND)

    assert WorkerSeen.objects.count() == 1
