from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from made.issues import an_issue
from made.together import together
from made.years import simulate
from ownjournal.issues.due import CLAIM, Claim, claim_next, finish, plan_anew
from ownjournal.readers.models import Reader

MONDAY_SIX = datetime(2026, 11, 30, 6, tzinfo=UTC)
NOW = MONDAY_SIX + timedelta(minutes=3)


def a_reader(name: str, at: datetime | None = MONDAY_SIX, **fields: object) -> Reader:
    return Reader.objects.create_reader(
        f"{name}@merrow.test", next_issue_at=at, **fields
    )


def claim(now: datetime) -> Claim | None:
    """Of the one who waits longest."""
    claims = claim_next(1, now, now)
    return claims[0] if claims else None


def waiting(now: datetime) -> list[int]:
    rows = Reader.objects.filter(next_issue_at__lte=now, is_active=True)
    return list(rows.values_list("pk", flat=True))


def test_who_waits_longest_comes_first(db: None) -> None:
    later = a_reader("later")
    longest = a_reader("longest", MONDAY_SIX - timedelta(hours=2))
    a_reader("tomorrow", MONDAY_SIX + timedelta(days=1))
    a_reader("never", None)
    a_reader("closed", is_active=False)

    first = claim(NOW)
    claims = claim_next(5, NOW, NOW)

    assert first is not None
    assert claims is not None
    assert [each.reader for each in (first, *claims)] == [longest, later]
    assert claim_next(5, NOW, NOW) is None


def test_what_a_worker_takes_is_not_what_is_due_by_its_clock_alone(db: None) -> None:
    a_reader("alice", NOW)

    assert claim_next(5, NOW - timedelta(seconds=1), NOW) is None


def test_who_lives_by_an_unknown_clock_keeps_nobody_waiting(db: None) -> None:
    lost = a_reader("lost", MONDAY_SIX - timedelta(hours=1))
    Reader.objects.filter(pk=lost.pk).update(time_zone="Mars/Olympus")
    alice = a_reader("alice")

    assert claim_next(1, NOW, NOW) == []
    claimed = claim(NOW)

    assert claimed is not None
    assert claimed.reader == alice


def test_an_issue_is_claimed_once_and_then_due_next_week(db: None) -> None:
    reader = a_reader("alice")

    claimed = claim(NOW)

    assert claimed is not None
    assert claim(NOW) is None
    assert waiting(NOW) == []
    assert finish([claimed], NOW) == 1
    reader.refresh_from_db()
    assert reader.next_issue_at == MONDAY_SIX + timedelta(days=7)


def test_the_issue_of_a_worker_that_died_is_due_again(db: None) -> None:
    a_reader("alice")
    dead = claim(NOW)
    assert dead is not None

    second = claim(NOW + CLAIM)

    assert second is not None
    assert finish([dead], NOW + CLAIM) == 0
    assert finish([second], NOW + CLAIM) == 1


def test_missed_weeks_bring_one_issue(db: None) -> None:
    reader = a_reader("alice")
    back = MONDAY_SIX + timedelta(days=17)
    claimed = claim(back)
    assert claimed is not None

    finish([claimed], back)

    reader.refresh_from_db()
    assert reader.next_issue_at == MONDAY_SIX + timedelta(days=21)


def test_of_two_workers_one_gets_the_issue(transactional_db: None) -> None:
    a_reader("alice")
    got = together(lambda: claim(NOW))

    assert sum(each is not None for each in got) == 1


def test_a_period_that_has_its_issue_gets_no_other(db: None) -> None:
    """As after a clock that was set back, or a move to the west."""
    reader = a_reader("alice")
    an_issue(reader, MONDAY_SIX, period="weekly 2026-11-30")

    claimed = claim(NOW)

    assert claimed is not None
    assert claimed.period == "weekly 2026-11-30"
    assert not claimed.wanted


def test_what_a_clock_that_was_ahead_has_planned_is_planned_anew(db: None) -> None:
    far = MONDAY_SIX + timedelta(days=7 * 50)
    ahead, right = a_reader("ahead", far), a_reader("right", MONDAY_SIX)
    an_issue(ahead, MONDAY_SIX - timedelta(days=7), period="weekly 2026-11-23")
    an_issue(ahead, MONDAY_SIX, period="weekly 2026-11-30")

    assert plan_anew(MONDAY_SIX - timedelta(hours=1)) == 1

    ahead.refresh_from_db()
    right.refresh_from_db()
    assert ahead.next_issue_at == MONDAY_SIX + timedelta(days=7)
    assert right.next_issue_at == MONDAY_SIX


def test_a_period_that_a_clock_that_was_ahead_left_out_is_due_at_once(
    db: None,
) -> None:
    reader = a_reader("alice", MONDAY_SIX + timedelta(days=40))

    assert plan_anew(NOW) == 1

    assert waiting(NOW) == [reader.id]


def test_a_pause_lasts_to_its_day_and_then_one_issue_makes_up_for_it(
    db: None,
) -> None:
    reader = a_reader("alice", paused_until=date(2026, 12, 16))
    last = an_issue(reader, MONDAY_SIX - timedelta(days=7), period="weekly 2026-11-23")
    claimed = claim(NOW)
    assert claimed is not None
    assert not claimed.wanted

    assert finish([claimed], NOW) == 1

    reader.refresh_from_db()
    back = datetime(2026, 12, 21, 6, tzinfo=UTC)
    assert reader.next_issue_at == back
    claimed = claim(back)
    assert claimed is not None
    assert claimed.wanted
    assert claimed.makes_up_since == last.compiled_at
    finish([claimed], back)
    reader.refresh_from_db()
    assert reader.paused_until is None


def test_after_an_outage_one_issue_makes_up_for_what_was_missed(db: None) -> None:
    reader = a_reader("alice")
    last = an_issue(reader, MONDAY_SIX - timedelta(days=7), period="weekly 2026-11-23")

    late = claim(MONDAY_SIX + timedelta(days=17))

    assert late is not None
    assert late.period == "weekly 2026-12-14"
    assert late.makes_up_since == last.compiled_at


def test_a_pause_that_cost_no_issue_leaves_nothing_to_make_up(db: None) -> None:
    reader = a_reader("alice", paused_until=date(2026, 11, 28))
    an_issue(reader, MONDAY_SIX - timedelta(days=7), period="weekly 2026-11-23")

    claimed = claim(NOW)

    assert claimed is not None
    assert claimed.wanted
    assert claimed.makes_up_since is None


@pytest.mark.slow
def test_a_year_of_halts_and_wrong_clocks_neither_repeats_nor_misses(
    db: None,
) -> None:
    """With Apia, which had no 30 December 2011, and Cairo, which changed four times."""
    zones = ("Pacific/Apia", "Africa/Cairo", "America/New_York")

    tally = simulate(zones, date(2011, 6, 1), 220, timedelta(hours=6), Random(7))

    assert (tally.duplicates, tally.misses) == (0, 0)
    assert tally.periods > 600
