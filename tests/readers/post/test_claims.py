"""Claims of letters, whatever the clock did."""

from datetime import UTC, datetime, timedelta

import pytest

from ownjournal.readers.post import claims
from ownjournal.readers.post.models import Letter

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def a_letter(claimed_until: datetime) -> Letter:
    return Letter.objects.create(
        kind="code",
        key="1",
        address="alice@merrow.test",
        due_at=NOW,
        claimed_by="another",
        claimed_until=claimed_until,
    )


def test_a_claim_is_anothers_until_it_runs_out() -> None:
    a_letter(NOW + claims.CLAIM)

    assert claims.claim(NOW) == []
    assert len(claims.claim(NOW + claims.CLAIM)) == 1


def test_a_claim_by_a_clock_that_was_ahead_holds_nothing_up() -> None:
    letter = a_letter(NOW + timedelta(days=365))

    assert claims.claim(NOW) == [letter]
