"""Who may join, and the moment at which somebody does.

A reader comes to be when the code is typed, never before; of an address that was
only typed in nothing is left after a day. Other parts join in by arrivals.py.
"""

from django.conf import settings
from django.db import IntegrityError, transaction

from ownjournal.readers import registry
from ownjournal.readers.accounts.arrivals import ADMITS, joined
from ownjournal.readers.accounts.models import MailedCode
from ownjournal.readers.models import Reader

CLOSED, INVITATION, TRIAL, OPEN = "closed", "invitation", "trial", "open"


def mode() -> str:
    """What pages say of joining: one of the words above."""
    if settings.SIGN_UP == OPEN and settings.MEMBERSHIP == TRIAL:
        return TRIAL
    return str(settings.SIGN_UP)


def may_join(row: MailedCode) -> bool:
    """Whether whoever asked for this code may become a reader now."""
    if row.purpose != MailedCode.Purpose.SIGN_UP or settings.SIGN_UP == CLOSED:
        return False
    if settings.SIGN_UP != INVITATION:
        return True
    return any(admits(row.address, row.invitation) for admits in ADMITS)


def reader_with(address: str) -> Reader | None:
    """Who reads with this address and may sign in."""
    return Reader.objects.filter(email=address, is_active=True).first()


def join(row: MailedCode) -> Reader | None:
    """The reader of a code that was typed rightly, made where there is none.

    None where nobody may come in by it: sign-up is closed, say, or the account is.
    """
    known = Reader.objects.filter(email=row.address).first()
    if known is not None:
        return known if known.is_active else None
    if not may_join(row):
        return None
    try:
        with transaction.atomic():
            reader = registry.add(row.address)
            joined.send(Reader, reader=reader, invitation=row.invitation)
    except IntegrityError:  # by two codes in one moment; the other was first
        return reader_with(row.address)
    return reader
