"""Codes by mail: asked for without a look at who reads here, and used once.

Asking writes the same rows for every address. Whether somebody reads here with it
is found out when the mail is made, in the worker, so no answer, and not the time
that it takes, can tell it. A code is worked out from the row's random number and
the site's secret: the database holds none, nor does the outbox. It lives for ten
minutes and five tries.
"""

import re
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare, salted_hmac

from ownjournal.readers.accounts.models import MailedCode
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.signin import APART

LIFE = timedelta(minutes=10)
KEPT = timedelta(days=1)  # so that an old one can still be told from a wrong one
TRIES = 5
DIGITS = 6
KIND = "code"  # of the letter
TOKEN = re.compile(r"([0-9a-f]{32})([0-9a-f]{32})")

Purpose = MailedCode.Purpose


class Answer(Enum):
    """What a typed code turned out to be."""

    RIGHT = "right"
    WRONG = "wrong"
    GONE = "gone"  # used, too old, or tried too often: right or not, it is over


def ask(
    purpose: str,
    address: str,
    now: datetime,
    *,
    reader: Reader | None = None,
    invitation: str | None = None,
) -> MailedCode:
    """A new code, and the letter that brings it; nothing is sent here."""
    with transaction.atomic():
        MailedCode.objects.filter(expires_at__lt=now - KEPT).delete()
        row = MailedCode.objects.create(
            purpose=purpose,
            address=address,
            reader=reader,
            invitation=invitation,
            asked_at=now,
            expires_at=now + LIFE,
        )
        letters.put(KIND, row.number, address=address)
    return row


def digits(row: MailedCode) -> str:
    """The code itself, six digits."""
    signed = salted_hmac("mailed code", row.number, algorithm="sha256").digest()
    return str(int.from_bytes(signed) % 10**DIGITS).zfill(DIGITS)


def token(row: MailedCode) -> str:
    """What the link in the mail ends with; it tells the row and cannot be guessed."""
    return row.number + _signature(row.number)


def named(text: str) -> MailedCode | None:
    """The row that a link names, open or not."""
    match = TOKEN.fullmatch(text)
    if match is None or not constant_time_compare(_signature(match[1]), match[2]):
        return None
    return MailedCode.objects.filter(number=match[1]).first()


def is_open(row: MailedCode, now: datetime) -> bool:
    """Whether the right code would still be taken. Changes nothing."""
    in_time = now < row.expires_at and row.asked_at <= now + APART
    return row.used_at is None and in_time and row.tries < TRIES


def check(number: str, typed: str, now: datetime) -> Answer:
    """Count a try, and use the code up where it is right; of two at once, one is."""
    rows = MailedCode.objects.filter(number=number)
    open_rows = rows.filter(_in_time(now), used_at=None, tries__lt=TRIES)
    if not open_rows.update(tries=F("tries") + 1):
        return Answer.GONE
    row = rows.get()
    if not constant_time_compare(digits(row), re.sub(r"\s", "", typed)[:20]):
        return Answer.GONE if row.tries >= TRIES else Answer.WRONG
    return Answer.RIGHT if use(row, now) else Answer.GONE


def use(row: MailedCode, now: datetime) -> bool:
    """Use a code up without its digits; whether it was open until now."""
    rows = MailedCode.objects.filter(number=row.number, used_at=None)
    return bool(rows.filter(_in_time(now)).update(used_at=now))


def _in_time(now: datetime) -> Q:
    """Asked for by a clock that was right: one ahead would make codes that last."""
    return Q(expires_at__gt=now, asked_at__lte=now + APART)


def end_all(reader: Reader, *addresses: str) -> None:
    """Take back what is still open for a reader: codes, and links with them."""
    asked = Q(reader=reader) | Q(address__in=[reader.email, *addresses])
    MailedCode.objects.filter(asked).delete()


def _signature(number: str) -> str:
    signed = salted_hmac("link in a mail with a code", number, algorithm="sha256")
    return signed.hexdigest()[:32]
