from datetime import UTC, date, datetime, timedelta
from random import Random

from made.issues import an_issue
from made.together import together
from made.years import simulate
from ownjournal.issues.due import CLAIM, claim, due, finish, plan_anew
from ownjournal.readers.models import Reader

MONDAY_SIX = datetime(2026, 11, 30, 6, tzinfo=UTC)
NOW = MONDAY_SIX + timedelta(minutes=3)


def a_reader(name: str, at: datetime | None = MONDAY_SIX, **fields: object) -> Reader:
    return Reader.objects.create_reader(
        f"{name}@merrow.test", next_issue_at=at, **fields
    )


def test_who_waits_longest_comes_first(db: None) -> None:
    later = a_reader("later")
    longest = a_reader("longest", MONDAY_SIX - timedelta(hours=2))
    a_reader("tomorrow", MONDAY_SIX + timedelta(days=1))
    a_reader("never", None)
    a_reader("closed", is_active=False)

    assert [reader_id for reader_id, _ in due(NOW)] == [longest.id, later.id]


def test_an_issue_is_claimed_once_and_then_due_next_week(db: None) -> None:
    reader = a_reader("alice")

    claimed = claim(reader.id, MONDAY_SIX, NOW)

    assert claimed is not None
    assert claim(reader.id, MONDAY_SIX, NOW) is None
    assert due(NOW) == []
    assert finish(claimed, NOW)
    reader.refresh_from_db()
    assert reader.next_issue_at == MONDAY_SIX + timedelta(days=7)


def test_the_issue_of_a_worker_that_died_is_due_again(db: None) -> None:
    reader = a_reader("alice")
    dead = claim(reader.id, MONDAY_SIX, NOW)
    assert dead is not None

    [(reader_id, at)] = due(NOW + CLAIM)
    second = claim(reader_id, at, NOW + CLAIM)

    assert second is not None
    assert not finish(dead, NOW + CLAIM)
    assert finish(second, NOW + CLAIM)


def test_missed_weeks_bring_one_issue(db: None) -> None:
    reader = a_reader("alice")
    back = MONDAY_SIX + timedelta(days=17)
    claimed = claim(reader.id, MONDAY_SIX, back)
    assert claimed is not None

    finish(claimed, back)

    reader.refresh_from_db()
    assert reader.next_issue_at == MONDAY_SIX + timedelta(days=21)


def test_of_two_workers_one_gets_the_issue(transactional_db: None) -> None:
    reader = a_reader("alice")
    got = together(lambda: claim(reader.id, MONDAY_SIX, NOW))

    assert sum(each is not None for each in got) == 1


def test_a_period_that_has_its_issue_gets_no_other(db: None) -> None:
    """As after a clock that was set back, or a move to the west."""
    reader = a_reader("alice")
    an_issue(reader, MONDAY_SIX, period="weekly 2026-11-30")

    claimed = claim(reader.id, MONDAY_SIX, NOW)

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

    assert due(NOW) == [(reader.id, MONDAY_SIX)]


def test_a_pause_lasts_to_its_day_and_then_one_issue_makes_up_for_it(
    db: None,
) -> None:
    reader = a_reader("alice", paused_until=date(2026, 12, 16))
    last = an_issue(reader, MONDAY_SIX - timedelta(days=7), period="weekly 2026-11-23")
    claimed = claim(reader.id, MONDAY_SIX, NOW)
    assert claimed is not None
    assert not claimed.wanted

    assert finish(claimed, NOW)

    reader.refresh_from_db()
    back = datetime(2026, 12, 21, 6, tzinfo=UTC)
    assert reader.next_issue_at == back
    claimed = claim(reader.id, back, back)
    assert claimed is not None
    assert claimed.wanted
    assert claimed.makes_up_since == last.compiled_at
    finish(claimed, back)
    reader.refresh_from_db()
    assert reader.paused_until is None


def test_after_an_outage_one_issue_makes_up_for_what_was_missed(db: None) -> None:
    reader = a_reader("alice")
    last = an_issue(reader, MONDAY_SIX - timedelta(days=7), period="weekly 2026-11-23")

    late = claim(reader.id, MONDAY_SIX, MONDAY_SIX + timedelta(days=17))

    assert late is not None
    assert late.period == "weekly 2026-12-14"
    assert late.makes_up_since == last.compiled_at


def test_a_pause_that_cost_no_issue_leaves_nothing_to_make_up(db: None) -> None:
    reader = a_reader("alice", paused_until=date(2026, 11, 28))
    an_issue(reader, MONDAY_SIX - timedelta(days=7), period="weekly 2026-11-23")

    claimed = claim(reader.id, MONDAY_SIX, NOW)

    assert claimed is not None
    assert claimed.wanted
    assert claimed.makes_up_since is None


def test_a_year_of_halts_and_wrong_clocks_neither_repeats_nor_misses(
    db: None,
) -> None:
    """With Apia, which had no 30 December 2011, and Cairo, which changed four times."""
    zones = ("Pacific/Apia", "Africa/Cairo", "America/New_York")

    tally = simulate(zones, date(2011, 6, 1), 220, timedelta(hours=6), Random(7))

    assert (tally.duplicates, tally.misses) == (0, 0)
    assert tally.periods > 600
