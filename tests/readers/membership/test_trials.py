"""Trials: one for each address, over at the reader's midnight, and over for good."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from made.together import together
from ownjournal.readers.membership import trials
from ownjournal.readers.membership.joining import joined
from ownjournal.readers.membership.models import TakenTrial, Trial
from ownjournal.readers.membership.standing import Kind, may_receive, standing
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)
A_DAY = timedelta(days=1)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


@pytest.fixture(autouse=True)
def gives_trials(settings: Any) -> None:
    settings.MEMBERSHIP, settings.TRIAL_DAYS = "trial", 30


@pytest.fixture
def ada(db: None) -> Reader:
    return Reader.objects.create_reader("ada@merrow.test", time_zone="America/New_York")


def test_a_trial_ends_with_its_last_day_by_the_readers_clock(ada: Reader) -> None:
    joined(ada, NOW)

    midnight = datetime(2026, 12, 26, 5, tzinfo=UTC)  # in New York
    assert ada.trial.ends_at == midnight
    assert standing(ada, NOW).until_on == date(2026, 12, 25)
    assert may_receive(ada, midnight - timedelta(seconds=1))
    assert not may_receive(ada, midnight)
    assert standing(ada, midnight).kind == Kind.TRIAL
    assert standing(ada, midnight).is_over


def test_no_trial_where_none_is_needed(ada: Reader, settings: Any) -> None:
    settings.MEMBERSHIP = "open"

    joined(ada, NOW)

    assert not Trial.objects.exists()
    assert not TakenTrial.objects.exists()
    assert may_receive(ada, NOW + 1000 * A_DAY)


def test_whoever_was_here_before_there_were_trials_goes_on(ada: Reader) -> None:
    assert standing(ada, NOW).kind == Kind.OPEN
    assert may_receive(ada, NOW)


def test_an_operator_gets_issues_after_a_trial_too(ada: Reader) -> None:
    joined(ada, NOW)
    ada.is_operator = True

    assert may_receive(ada, NOW + 100 * A_DAY)


def test_a_clock_set_back_does_not_go_on_with_a_trial(ada: Reader) -> None:
    joined(ada, NOW)
    end = ada.trial.ends_at

    assert not may_receive(ada, end)
    assert not may_receive(ada, end - A_DAY)

    ada.trial.refresh_from_db()
    assert (ada.trial.ends_at, ada.trial.ended_at) == (end, end)


def test_another_time_zone_does_not_move_the_end(ada: Reader) -> None:
    joined(ada, NOW)
    end = ada.trial.ends_at
    ada.time_zone = "Pacific/Honolulu"
    ada.save()

    joined(ada, NOW + A_DAY)

    assert Trial.objects.get().ends_at == end
    assert not may_receive(ada, end)


def test_an_address_has_one_trial_also_when_it_was_erased(ada: Reader) -> None:
    joined(ada, NOW)
    ada.delete()
    assert not Trial.objects.exists()

    again = Reader.objects.create_reader(" ADA@Merrow.TEST")
    joined(again, NOW + A_DAY)

    assert not may_receive(again, NOW + A_DAY)
    assert standing(again, NOW + A_DAY).is_over
    assert TakenTrial.objects.count() == 1
    assert not Letter.objects.exists()


def test_the_database_refuses_a_second_trial_of_an_address(db: None) -> None:
    TakenTrial.objects.create(address_hash="a" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenTrial(address_hash="a" * 64).save(force_insert=True)


def test_what_is_kept_of_an_address_tells_it_to_nobody(settings: Any) -> None:
    kept = trials.address_hash("ada@merrow.test")
    settings.SECRET_KEY = "another secret of tests"

    assert "ada" not in kept
    assert len(kept) == 64
    assert trials.address_hash("ada@merrow.test") != kept


@pytest.mark.django_db(transaction=True)
def test_fifty_confirmations_at_once_begin_one_trial(ada: Reader) -> None:
    together(lambda: joined(Reader.objects.get(pk=ada.pk), NOW), workers=50)

    assert Trial.objects.count() == TakenTrial.objects.count() == 1
    assert Letter.objects.count() == 1
    trial = Trial.objects.get()
    assert trial.ended_at is None
    assert trial.ends_at > NOW + 30 * A_DAY


@given(
    st.sampled_from(ZONES),
    st.integers(0, 15 * 365 * 24 * 60),
    st.integers(1, 400),
)
def test_an_end_is_the_first_instant_of_a_day(
    zone: str, minutes: int, days: int
) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    end = trials.end(now, days, zone)

    clock = ZoneInfo(zone)
    last = now.astimezone(clock).date() + days * A_DAY
    assert end.astimezone(clock).date() > last
    assert (end - timedelta(microseconds=1)).astimezone(clock).date() <= last
    assert days * A_DAY - timedelta(hours=3) < end - now


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        (
            "America/Havana",
            date(2026, 3, 7),
            datetime(2026, 3, 8, 5, tzinfo=UTC),
        ),  # 0:00 is not
        (
            "America/Havana",
            date(2026, 10, 31),
            datetime(2026, 11, 1, 4, tzinfo=UTC),
        ),  # 0:00 twice
        ("Europe/Berlin", date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_nights_in_which_the_clocks_change(zone: str, day: date, end: datetime) -> None:
    assert trials.end_of_day(day, zone) == end
