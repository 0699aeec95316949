"""Mail that came back, and the readers whom mail does not reach.

One proof that there is no such mailbox, or one complaint, is enough; of what
was not taken for the time being it takes five in two weeks with no mail in between
that arrived. A reader so marked
gets issues on the site alone, is told there, and can lift it.
"""

from datetime import datetime, timedelta

from django.db.models import Max

from ownjournal.readers.models import Reader
from ownjournal.readers.post import trouble
from ownjournal.readers.post.models import Bounce, Letter, Suppression
from ownjournal.readers.post.outcomes import SAID

SOFT = 5
SOFT_WITHIN = timedelta(days=14)
ARRIVED_AFTER = timedelta(days=5)
"""Servers give up within 4 to 5 days (RFC 5321, 4.5.4.1): what was sent and has not
come back by then has arrived."""


def record(letter: Letter, kind: Bounce.Kind, said: str, now: datetime) -> bool:
    """Keep what came back for a letter; False where that was known already."""
    kept, new = Bounce.objects.get_or_create(
        letter=letter, defaults={"kind": kind, "said": said[:SAID], "at": now}
    )
    worse = kind == Bounce.Kind.COMPLAINT and kept.kind != kind
    if worse:
        Bounce.objects.filter(pk=kept.pk).update(kind=kind, said=said[:SAID], at=now)
    if not (new or worse):
        return False
    if letter.reader is not None and _is_enough(letter.reader, kind, now):
        Suppression.objects.get_or_create(
            reader=letter.reader,
            defaults={"reason": kind, "said": said[:SAID], "since_at": now},
        )
    if kind != Bounce.Kind.COMPLAINT:
        trouble.look_at_the_day(now)
    return True


def lift(reader: Reader) -> None:
    """Mail the reader again, and forget what came back."""
    Bounce.objects.filter(letter__reader=reader).delete()
    Suppression.objects.filter(reader=reader).delete()


def _is_enough(reader: Reader, kind: Bounce.Kind, now: datetime) -> bool:
    if kind == Bounce.Kind.COMPLAINT:
        return True
    if trouble.halted():  # it is us, then, and not the reader
        return False
    if kind == Bounce.Kind.HARD:
        return True
    since = max(now - SOFT_WITHIN, _last_arrived(reader, now) or now - SOFT_WITHIN)
    return Bounce.objects.filter(letter__reader=reader, at__gt=since).count() >= SOFT


def _last_arrived(reader: Reader, now: datetime) -> datetime | None:
    """When the last mail was sent of which it is known that it arrived."""
    sent = Letter.objects.filter(
        reader=reader,
        state=Letter.State.SENT,
        bounce=None,
        settled_at__lte=now - ARRIVED_AFTER,
    )
    last: datetime | None = sent.aggregate(last=Max("settled_at"))["last"]
    return last
