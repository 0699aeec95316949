"""A site asks others no oftener than it may, however many of it there are."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from made.together import together
from ownjournal.catalogue import turns
from ownjournal.catalogue.models import Service
from ownjournal.catalogue.turns import Closed, Rules

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
RULES = Rules("merrow", apart=SECOND / 4, most=10, window=timedelta(hours=1))


def take(now: datetime = NOW, wait: timedelta = SECOND, rules: Rules = RULES) -> float:
    return turns.take(rules, now, longest_wait=wait)


def closed(now: datetime = NOW) -> Closed:
    """Why no turn can be had; a look must say the same as a try."""
    with pytest.raises(Closed) as tried:
        take(now)
    with pytest.raises(Closed) as looked:
        turns.look(RULES, now)
    assert (tried.value.until, tried.value.spent) == (
        looked.value.until,
        looked.value.spent,
    )
    return tried.value


@pytest.mark.django_db
def test_turns_come_one_after_another() -> None:
    assert [take() for _ in range(4)] == [0, 0.25, 0.5, 0.75]
    assert take(NOW + 10 * SECOND) == 0


@pytest.mark.django_db
def test_a_turn_that_is_too_far_off_is_not_taken() -> None:
    for _ in range(5):
        take()

    with pytest.raises(Closed) as raised:
        take()

    assert not raised.value.spent
    assert Service.objects.get().count == 5


@pytest.mark.django_db
def test_the_turns_of_a_window_are_used_up_and_come_again() -> None:
    turns.look(RULES, NOW)  # nothing is known yet, so nothing is in the way
    for second in range(10):
        take(NOW + second * SECOND)

    fault = closed(NOW + 10 * SECOND)

    assert fault.spent
    assert fault.until == NOW + RULES.window
    assert take(fault.until) == 0
    assert Service.objects.get().count == 1


@pytest.mark.django_db
def test_a_service_that_fails_is_left_alone_longer_and_longer() -> None:
    pauses = []
    for _ in range(10):
        turns.failed(RULES, NOW)
        pauses.append(closed().until - NOW)

    assert pauses[:3] == [30 * SECOND, 60 * SECOND, 120 * SECOND]
    assert pauses[-1] == timedelta(hours=1)
    assert take(NOW + pauses[-1]) == 0


@pytest.mark.django_db
def test_an_answer_makes_good_for_all_failures() -> None:
    turns.failed(RULES, NOW)
    turns.failed(RULES, NOW)

    turns.worked(RULES)

    assert take() == 0
    turns.failed(RULES, NOW)
    assert closed().until == NOW + 30 * SECOND


@pytest.mark.django_db
def test_a_service_may_ask_for_a_longer_time_up_to_a_day() -> None:
    turns.failed(RULES, NOW, asked=timedelta(minutes=20))
    assert closed().until == NOW + timedelta(minutes=20)

    turns.failed(RULES, NOW, asked=timedelta(days=400))
    assert closed().until == NOW + timedelta(days=1)

    turns.failed(RULES, NOW, asked=SECOND)
    assert closed().until == NOW + 120 * SECOND


@pytest.mark.django_db
def test_services_do_not_wait_for_each_other() -> None:
    turns.failed(RULES, NOW)

    assert take(rules=Rules("other", SECOND, 1, SECOND)) == 0


@pytest.mark.django_db(transaction=True)
def test_no_turn_is_given_twice() -> None:
    lock, given = threading.Lock(), list[float]()

    def work() -> None:
        for _ in range(2):
            begins = take(wait=timedelta(seconds=60))
            with lock:
                given.append(begins)

    together(work, workers=4)

    assert sorted(given) == [number / 4 for number in range(8)]
