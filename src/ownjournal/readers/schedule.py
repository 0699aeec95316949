"""When a reader's next issue is due, by the reader's own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ownjournal.readers.models import Reader

A_DAY = timedelta(days=1)


def next_issue(reader: Reader, after: datetime) -> datetime:
    """The first time after `after` that is the reader's weekday and hour, in UTC.

    An hour that the clocks jump over is taken where they land; of an hour that
    comes twice the first counts. A clock set back never brings the same hour
    again, as the answer is always later than `after`.

    Raises zoneinfo.ZoneInfoNotFoundError for a zone that this machine lacks.
    """
    zone = ZoneInfo(reader.time_zone)
    day = after.astimezone(zone).date()
    while True:
        if day.weekday() == reader.issue_weekday:
            wall = datetime.combine(day, time(reader.issue_hour), tzinfo=zone)
            moment = wall.astimezone(UTC)
            if moment > after:
                return moment
        day += A_DAY
