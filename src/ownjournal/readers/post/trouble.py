"""Why mail waits, and for how long: told to the operator, kept in the database.

A mail server that cannot be used is tried again by itself, less and less often. When
nearly all mail of a day comes back, sending stops until the operator has looked:
then something is wrong with us and not with our readers.
"""

import logging
from datetime import datetime, timedelta

from django.db.models import F

from ownjournal.readers.post.letters import URGENT
from ownjournal.readers.post.models import Bounce, Letter, Suppression, Trouble

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
A_DAY = timedelta(days=1)
FEWEST = 5  # letters; of fewer nothing can be told
SHARE = 0.9  # of a day's letters that came back

RESUME = "ownjournal send --resume"
log = logging.getLogger(__name__)


def server(now: datetime) -> Trouble | None:
    """The trouble with the server that is to be waited for still."""
    return Trouble.objects.filter(kind=Trouble.Kind.SERVER, again_at__gt=now).first()


def halted() -> bool:
    """Whether the operator has to look first."""
    return Trouble.objects.filter(kind=Trouble.Kind.REFUSED).exists()


def server_fails(said: str, now: datetime) -> None:
    """Note that the server could not be used; the next try is later each time."""
    row, new = Trouble.objects.get_or_create(
        kind=Trouble.Kind.SERVER, defaults={"said": said, "since_at": now}
    )
    if new:
        log.error("Mail waits, as the mail server cannot be used: %s", said)
    wait = min(FIRST_WAIT * 2 ** min(row.tries - 1, 10), LONGEST_WAIT)
    Trouble.objects.filter(pk=row.pk).update(
        said=said, tries=F("tries") + 1, again_at=now + wait
    )


def server_works() -> None:
    """Forget the trouble there was with it."""
    if Trouble.objects.filter(kind=Trouble.Kind.SERVER).delete()[0]:
        log.info("The mail server can be used again.")


def look_at_the_day(now: datetime) -> None:
    """Stop all but urgent mail where nearly all of the last day's came back.

    Who was found unreachable in that day is taken to be reachable again.
    """
    settled = Letter.objects.filter(
        settled_at__gt=now - A_DAY, state__in=("sent", "refused")
    ).exclude(kind__in=URGENT)
    all_of_it, back = settled.count(), settled.filter(bounce__isnull=False).count()
    if all_of_it < FEWEST or back < SHARE * all_of_it or halted():
        return
    said = f"{back} of the {all_of_it} mails of one day came back"
    Trouble.objects.create(kind=Trouble.Kind.REFUSED, said=said, since_at=now)
    Suppression.objects.filter(since_at__gt=now - A_DAY).exclude(
        reason=Bounce.Kind.COMPLAINT
    ).delete()
    log.error("Sending has stopped: %s. When all is right again: %s", said, RESUME)


def resume(now: datetime) -> int:
    """Go on sending; what was refused in that day goes out again. How many."""
    row = Trouble.objects.filter(kind=Trouble.Kind.REFUSED).first()
    if row is None:
        return 0
    since = row.since_at - A_DAY
    Bounce.objects.filter(at__gt=since).exclude(kind=Bounce.Kind.COMPLAINT).delete()
    refused = Letter.objects.filter(
        state=Letter.State.REFUSED, settled_at__gt=since, reader__isnull=False
    ).exclude(kind__in=URGENT)
    again = refused.update(
        state=Letter.State.WAITING, settled_at=None, due_at=now, tries=0
    )
    row.delete()
    return again


def problems() -> tuple[str, ...]:
    """What an operator should know of the mail; () where all is well."""
    found = []
    for row in Trouble.objects.order_by("kind"):
        remedy = f" When all is right again: {RESUME}" if row.again_at is None else ""
        found.append(f"{row}: {row.said}.{remedy}")
    return tuple(found)
