from datetime import UTC, datetime, timedelta

from made.together import together
from ownjournal.issues.due import CLAIM, claim, due, finish
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
