"""What becomes of a reader at the moment of joining: an invitation used, a trial."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from ownjournal.readers.accounts.arrivals import ADMITS
from ownjournal.readers.accounts.arrivals import joined as arrived
from ownjournal.readers.membership import members, reminders, trials
from ownjournal.readers.membership.standing import may_get_mail
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters


def joined(reader: Reader, now: datetime, invitation: str | None = None) -> None:
    """What is done once, in the transaction that makes the reader.

    A code that does not work is passed over: whether one was needed to come in was
    asked before. The trial begins for members too, so that one is left of what they
    had should the membership end.
    """
    if invitation:
        with suppress(members.NoInvitation):
            members.use(reader, invitation, now)
    if settings.MEMBERSHIP == "trial":
        trials.begin(reader, now)


def take_part() -> None:
    """Tell other parts what there is to ask here; called when the site starts."""
    letters.register(reminders.KIND, reminders.reminder)
    if may_get_mail not in letters.MAY_MAIL:
        letters.MAY_MAIL.append(may_get_mail)
    if members.admits not in ADMITS:
        ADMITS.append(members.admits)
    arrived.connect(_on_joined, dispatch_uid="membership of a new reader")


def _on_joined(
    sender: type[Reader], reader: Reader, invitation: str | None, **_: Any
) -> None:
    joined(reader, timezone.now(), invitation)
