"""Going: asked for, told by a last mail, done.

From the asking on nobody comes in as that reader and no issue is made. The erasure
follows as soon as the last mail has left, within the hour at most; so no address is
kept for a mail that is still to go.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from ownjournal.readers.accounts.models import Session
from ownjournal.readers.leaving import erased_list
from ownjournal.readers.leaving.erasing import erase
from ownjournal.readers.leaving.models import Farewell
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

KIND = "leaving"
LONGEST = timedelta(hours=1)  # that a mail is waited for


def ask(reader: Reader, now: datetime, *, keeps_notes: bool = False) -> None:
    """Close the account and have it erased; again it changes nothing."""
    key = uuid4().hex
    with transaction.atomic():
        _, is_new = Farewell.objects.get_or_create(
            reader=reader,
            defaults={"asked_at": now, "keeps_notes": keeps_notes, "letter_key": key},
        )
        if is_new:
            letters.put(KIND, key, reader=reader)
        Reader.objects.filter(pk=reader.pk).update(is_active=False, next_issue_at=None)
        Session.objects.filter(reader=reader).delete()


def last_mail(letter: Letter) -> Mail:
    """That everything is being erased, and that this is the end of it."""
    site = settings.SITE_NAME
    text = render_to_string(
        "leaving/mail/last.txt",
        {"site_name": site, "contact": settings.CONTACT_EMAIL, "at": letter.put_at},
    )
    return Mail(subject=f"Your account at {site} is erased", text=text)


def see_off(now: datetime) -> int:
    """Erase who is due; how many were."""
    count = 0
    for row in Farewell.objects.select_related("reader").order_by("asked_at"):
        waits = Letter.objects.filter(
            kind=KIND, key=row.letter_key, settled_at=None
        ).exists()
        if not waits or row.asked_at <= now - LONGEST:
            erase(row.reader, keeps_notes=row.keeps_notes)
            count += 1
    return count


def replay() -> int:
    """Erase again whom a restored backup brought back; how many that were."""
    back = erased_list.come_back()
    for reader, keeps_notes in back:
        erase(reader, keeps_notes=keeps_notes)
    return len(back)
