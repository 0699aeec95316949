"""How long a mailed code lasts, whatever the clock did."""

from datetime import UTC, datetime, timedelta

import pytest

from ownjournal.readers.accounts import codes
from ownjournal.readers.accounts.codes import Answer

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def test_a_code_lasts_ten_minutes() -> None:
    row = codes.ask("sign-in", "alice@merrow.test", NOW)
    late = NOW + codes.LIFE

    assert codes.check(row.number, codes.digits(row), late) is Answer.GONE
    assert not codes.is_open(row, late)
    assert codes.check(row.number, codes.digits(row), late - SECOND) is Answer.RIGHT


def test_a_code_asked_for_by_a_clock_that_was_ahead_does_not_last() -> None:
    row = codes.ask("sign-in", "alice@merrow.test", NOW + timedelta(days=365))

    assert not codes.is_open(row, NOW)
    assert codes.check(row.number, codes.digits(row), NOW) is Answer.GONE
    assert not codes.use(row, NOW)


def test_the_clocks_of_two_machines_may_be_a_little_apart() -> None:
    row = codes.ask("sign-in", "alice@merrow.test", NOW + codes.APART)

    assert codes.is_open(row, NOW)
    assert codes.check(row.number, codes.digits(row), NOW) is Answer.RIGHT
