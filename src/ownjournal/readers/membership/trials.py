"""Trials: one for each address, for so many of the reader's days.

An address that had its trial is known again by a keyed hash, also after its reader
was erased; the key is the site's secret, so the hash tells nothing elsewhere.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from ownjournal.readers.address import canonical
from ownjournal.readers.membership import reminders
from ownjournal.readers.membership.models import TakenTrial, Trial
from ownjournal.readers.models import Reader

A_DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def begin(reader: Reader, now: datetime) -> Trial:
    """The reader's trial, begun if there was none.

    Where the address had one before, it is over at once. Of many that begin at the
    same moment one does.
    """
    with transaction.atomic():
        is_first = _take(reader.email)
        ends_at = end(now, settings.TRIAL_DAYS, reader.time_zone) if is_first else now
        trial, is_new = Trial.objects.get_or_create(
            reader=reader,
            defaults={
                "began_at": now,
                "ends_at": ends_at,
                "ended_at": None if is_first else now,
            },
        )
        if is_new and is_first:
            reminders.plan(trial, now)
    return trial


def end(now: datetime, days: int, time_zone: str) -> datetime:
    """The midnight at the end of the last of so many days after today, in UTC."""
    today = now.astimezone(ZoneInfo(time_zone)).date()
    return end_of_day(today + days * A_DAY, time_zone)


def end_of_day(day: date, time_zone: str) -> datetime:
    """Its last midnight by that clock; one that is jumped over is where it lands."""
    midnight = datetime.combine(day + A_DAY, time(), tzinfo=ZoneInfo(time_zone))
    return midnight.astimezone(UTC)


def last_day(trial: Trial) -> date:
    """Of a trial, by the reader's clock."""
    local = ZoneInfo(trial.reader.time_zone)
    return (trial.ends_at - INSTANT).astimezone(local).date()


def move_end(trial: Trial, day: date, now: datetime) -> None:
    """Let a trial last to the end of another day, by the reader's clock."""
    ends_at = end_of_day(day, trial.reader.time_zone)
    trial.ends_at = max(ends_at, trial.began_at)
    trial.ended_at = None if ends_at > now else now
    trial.save()
    reminders.plan(trial, now)


def address_hash(email: str) -> str:
    """What is kept of an address that has had its trial."""
    signed = salted_hmac("trial of an address", canonical(email), algorithm="sha256")
    return signed.hexdigest()


def _take(email: str) -> bool:
    """Whether the address had its trial still to come, and has it now."""
    try:
        with transaction.atomic():
            TakenTrial(address_hash=address_hash(email)).save(force_insert=True)
    except IntegrityError:
        return False
    return True
