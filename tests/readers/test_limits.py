from datetime import UTC, datetime, timedelta

from django.db import connection

from made.together import together
from ownjournal.readers.limits import Limit, give_back, take
from ownjournal.readers.models import Attempts

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TWICE = Limit("a test", times=2, seconds=60)


def test_one_too_many_is_told_how_long_to_wait(db: None) -> None:
    assert take(TWICE, "198.51.100.1", NOW) is None
    assert take(TWICE, "198.51.100.1", NOW + timedelta(seconds=10)) is None
    assert take(TWICE, "198.51.100.1", NOW + timedelta(seconds=20)) == 40


def test_after_the_window_counting_begins_anew(db: None) -> None:
    for _ in range(3):
        take(TWICE, "198.51.100.1", NOW)

    assert take(TWICE, "198.51.100.1", NOW + timedelta(seconds=59)) == 1
    assert take(TWICE, "198.51.100.1", NOW + timedelta(seconds=60)) is None


def test_nobody_is_counted_for_another(db: None) -> None:
    for _ in range(3):
        take(TWICE, "198.51.100.1", NOW)

    assert take(TWICE, "198.51.100.2", NOW) is None
    assert take(Limit("another", times=2, seconds=60), "198.51.100.1", NOW) is None


def test_what_is_counted_is_not_kept_in_clear_and_forgotten_after_a_day(
    db: None,
) -> None:
    take(TWICE, "198.51.100.1", NOW)
    assert "198.51" not in Attempts.objects.get().key

    take(TWICE, "198.51.100.2", NOW + timedelta(days=1, seconds=1))

    assert Attempts.objects.count() == 1


def test_two_workers_at_once_let_by_just_as_many(transactional_db: None) -> None:
    """Of eight tries in one moment two pass, whichever process asks."""
    waits = together(lambda: take(TWICE, "198.51.100.1", NOW), workers=8)

    assert sorted(wait is None for wait in waits) == [False] * 6 + [True] * 2


def test_a_count_outlives_the_process_that_made_it(transactional_db: None) -> None:
    take(TWICE, "198.51.100.1", NOW)
    take(TWICE, "198.51.100.1", NOW)
    connection.close()  # all that a process knew of it

    assert take(TWICE, "198.51.100.1", NOW) == 60


def test_a_try_that_was_rightful_can_be_given_back(db: None) -> None:
    take(TWICE, "198.51.100.1", NOW)
    take(TWICE, "198.51.100.1", NOW)
    give_back(TWICE, "198.51.100.1")

    assert take(TWICE, "198.51.100.1", NOW) is None
    assert take(TWICE, "198.51.100.1", NOW) == 60
