"""Invitations by mail: to keep a collection together, or to be in a group.

A row names an address until it is used or a month is over. The link in the mail is
computed from the row, so that no code lies in the database; it serves whoever is
signed in and has it, once. A reader whose own address was invited sees it on the
page and needs no link.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.models import Letter

LASTS = timedelta(days=30)
TOKEN = 32  # hexadecimal digits, 128 bits
USED = "This invitation was used, or taken back."


class Invitation(models.Model):
    """What every kind of invitation has."""

    address = models.EmailField(max_length=254)  # canonical
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        abstract = True

    def token(self) -> str:
        """What the link has behind its number."""
        kind = f"invitation {self._meta.label_lower}"
        said = f"{self.pk} {self.made_at.timestamp()}"
        return salted_hmac(kind, said, algorithm="sha256").hexdigest()[:TOKEN]


Kind = TypeVar("Kind", bound=Invitation)


def open_one(
    rows: "models.QuerySet[Kind]", number: int, token: str, now: datetime
) -> Kind | None:
    """The invitation with this number, if the token is its own and it is not over."""
    found = rows.filter(pk=number, expires_at__gt=now).first()
    if found is None or not constant_time_compare(found.token(), token):
        return None
    return found


def send(
    rows: "models.Manager[Kind]", kind: str, by: Reader, address: str, at: datetime
) -> None:
    """Make an invitation among the rows of a collection or group, and mail it."""
    invitation = rows.create(address=address, by=by, made_at=at, expires_at=at + LASTS)
    letters.put(
        kind,
        f"{invitation.pk}",
        address=address,
        details={"invitation": invitation.pk},
    )


def of_letter(rows: "models.QuerySet[Kind]", letter: Letter) -> Kind | None:
    """The invitation that a letter is of; None where it was taken back or is over."""
    asked = rows.filter(
        pk=letter.details.get("invitation"), expires_at__gt=timezone.now()
    )
    return asked.first()


def use_up(invitation: Invitation) -> bool:
    """Whether it serves; of two readers who come by one link, it serves one."""
    rows = type(invitation)._default_manager.filter(pk=invitation.pk)
    return rows.delete()[0] == 1


def forget_old(rows: "models.QuerySet[Kind]", now: datetime) -> None:
    """Erase those that are over, and the addresses with them."""
    rows.filter(expires_at__lte=now).delete()
