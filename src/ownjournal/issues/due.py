"""Whose issue is due, and who makes it: work is rows, claimed by comparing.

A claim moves the row's time a little ahead, so that no second worker takes it;
done, the row gets its next real time. A worker that dies in between leaves a
row that is due again when the claim runs out, and as an issue holds only what
is new, making it again repeats nothing.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from ownjournal.readers.models import Reader
from ownjournal.readers.schedule import next_issue

CLAIM = timedelta(minutes=15)


class Claim(Struct, frozen=True):
    """One reader's issue, ours to make until then."""

    reader: Reader
    until: datetime


def due(now: datetime) -> list[tuple[int, datetime]]:
    """Reader ids and the times that have come, the longest waiting first."""
    waiting = Reader.objects.filter(is_active=True, next_issue_at__lte=now)
    rows = waiting.order_by("next_issue_at", "id").values_list("id", "next_issue_at")
    return [(reader_id, at) for reader_id, at in rows if at is not None]


def claim(reader_id: int, due_at: datetime, now: datetime) -> Claim | None:
    """Take this reader's issue; None where another worker, or the reader, was first."""
    until = now + CLAIM
    taken = Reader.objects.filter(pk=reader_id, next_issue_at=due_at).update(
        next_issue_at=until
    )
    return Claim(Reader.objects.get(pk=reader_id), until) if taken else None


def finish(claimed: Claim, now: datetime) -> bool:
    """Plan the reader's next issue; False where the claim was lost meanwhile.

    Runs that were missed are not made up for: the next time is later than `now`.
    """
    later = next_issue(claimed.reader, now)
    rows = Reader.objects.filter(pk=claimed.reader.pk, next_issue_at=claimed.until)
    return bool(rows.update(next_issue_at=later))
