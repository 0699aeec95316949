"""Letters: what is to be mailed, stored before it is sent.

A row says to whom, of which kind, and from what the mail is made; the mail
itself is made when it leaves. What it was made from and a bare address are emptied
as soon as the letter is settled, so that no code or address outlives its use.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Letter(models.Model):
    """One mail to one reader, or to an address that is no reader's yet."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"  # the mail server has taken it
        REFUSED = "refused", "Refused"  # by the mail server, for good
        DROPPED = "dropped", "Dropped"  # not wanted any more when its time came

    kind = models.CharField(max_length=40)  # a key of letters.MAKERS
    key = models.CharField(max_length=120)  # one letter for each kind and key
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="letters",
    )
    address = models.EmailField(
        max_length=254, null=True
    )  # of no reader; None once settled
    details = models.JSONField(default=dict)  # for its maker; {} once settled

    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    put_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)  # by a worker that may have died
    tries = models.PositiveSmallIntegerField(default=0)
    doubtful = models.BooleanField(default=False)  # a try may have arrived
    settled_at = models.DateTimeField(null=True)
    problem = models.TextField(null=True)  # what the last try met

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="letter_due",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="letter_once"),
            models.CheckConstraint(
                condition=Q(reader=None, address__isnull=False)
                | Q(reader__isnull=False, address=None)
                | Q(settled_at__isnull=False, address=None),
                name="letter_to_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending"], settled_at__isnull=True)
                | Q(state__in=["sent", "refused", "dropped"], settled_at__isnull=False),
                name="letter_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def to(self) -> str:
        """The address it goes to."""
        return self.reader.email if self.reader else self.address or ""
