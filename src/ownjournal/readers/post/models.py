"""Letters: what is to be mailed, stored before it is sent.

A row says to whom, of which kind, and from what the mail is made; the mail
itself is made when it leaves. What it was made from and a bare address are emptied
as soon as the letter is settled, so that no code or address outlives its use. What
is kept of those who cannot be reached names the reader only, never an address.
"""

from typing import Any, ClassVar

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
    claimed_by = models.CharField(max_length=32, null=True)  # one turn of one worker
    claimed_until = models.DateTimeField(null=True)  # as the worker may have died
    tries = models.PositiveSmallIntegerField(default=0)
    doubtful = models.BooleanField(default=False)  # a try may have arrived
    settled_at = models.DateTimeField(null=True)
    problem = models.TextField(null=True)  # what the last try met

    prepared: Any = None  # of letters.prepare, for the maker; not kept

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="letter_due",
            ),
            models.Index(
                fields=["kind", "due_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="letter_kind_due",
            ),
            models.Index(fields=["settled_at"], name="letter_settled"),
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


class Bounce(models.Model):
    """One proof that a mail did not reach its reader, or was called unwanted."""

    class Kind(models.TextChoices):
        HARD = "hard", "No such mailbox"
        SOFT = "soft", "Not taken now"
        COMPLAINT = "complaint", "Called spam"

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    said = models.CharField(max_length=500)  # by the server that would not have it
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="bounce_at")]


class Suppression(models.Model):
    """A reader whom issues no longer reach by mail; on the site all stays as it was."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    reason = models.CharField(max_length=9, choices=Bounce.Kind.choices)
    said = models.CharField(max_length=500)
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reader {self.reader_id}, {self.get_reason_display().lower()}"


class Trouble(models.Model):
    """Why mail waits at present: at most one row of each kind."""

    class Kind(models.TextChoices):
        SERVER = "server", "The mail server cannot be used"
        REFUSED = "refused", "Nearly all mail comes back"

    kind = models.CharField(max_length=7, choices=Kind.choices, primary_key=True)
    said = models.TextField()
    since_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    again_at = models.DateTimeField(null=True)  # None: when the operator says so

    def __str__(self) -> str:
        return self.get_kind_display()
