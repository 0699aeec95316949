"""Trials, members, and the ways to become one.

What a reader is at a moment is worked out from these rows: standing.py. All but
`TakenTrial` goes with the reader, and that holds no more than a keyed hash.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

READER = settings.AUTH_USER_MODEL


class TakenTrial(models.Model):
    """An address that has had its trial, also where its reader is gone by now."""

    address_hash = models.CharField(max_length=64, primary_key=True)  # trials.py

    def __str__(self) -> str:
        return self.address_hash[:8]


class Trial(models.Model):
    """A reader's trial. Its end is set once, and no change of a clock moves it."""

    reader = models.OneToOneField(
        READER, on_delete=models.CASCADE, primary_key=True, related_name="trial"
    )
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # when it was first seen to be over

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("began_at")), name="trial_ends_after"
            )
        ]

    def __str__(self) -> str:
        return f"Trial until {self.ends_at:%Y-%m-%d %H:%M} UTC"


class Invitation(models.Model):
    """A code that makes members; only its hash is kept."""

    code_hash = models.CharField(max_length=64, unique=True)  # SHA-256, hex
    note = models.CharField(max_length=200, null=True, blank=True)  # for operators
    uses = models.PositiveIntegerField(default=1)  # at most
    used = models.PositiveIntegerField(default=0)
    until_on = models.DateField(
        "last day of its use", null=True, blank=True, help_text="In UTC."
    )
    members_until_on = models.DateField(
        "last day of its members",
        null=True,
        blank=True,
        help_text="Empty: they are members for good.",
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(uses__gte=1, used__lte=F("uses")),
                name="invitation_uses",
            )
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}" + (f", {self.note}" if self.note else "")


class MemberDomain(models.Model):
    """Whoever reads with an address of this domain is a member."""

    domain = models.CharField(max_length=253, unique=True)  # lower case, in ASCII
    has_subdomains = models.BooleanField(
        "with subdomains", default=False, help_text="As in ward.hospital.org."
    )
    note = models.CharField(max_length=200, null=True, blank=True)
    until_on = models.DateField("last day", null=True, blank=True)

    def __str__(self) -> str:
        return f"*.{self.domain}" if self.has_subdomains else self.domain


class Member(models.Model):
    """A reader whom an operator or an invitation made a member."""

    reader = models.OneToOneField(
        READER, on_delete=models.CASCADE, primary_key=True, related_name="member"
    )
    since_at = models.DateTimeField(default=timezone.now)
    until_on = models.DateField(
        "last day",
        null=True,
        blank=True,
        help_text="By the reader's clock. Empty: for good.",
    )
    invitation = models.ForeignKey(
        Invitation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
    )  # None: by an operator

    def __str__(self) -> str:
        return f"Member until {self.until_on}" if self.until_on else "Member"


class Change(models.Model):
    """Who changed what in all this, and when. It never holds an address."""

    class Where(models.TextChoices):
        ADMIN = "admin", "On the operators' pages"
        COMMAND = "command", "By a command"
        READER = "reader", "By the reader"

    at = models.DateTimeField(default=timezone.now)
    where = models.CharField(max_length=7, choices=Where.choices)
    by = models.ForeignKey(
        READER, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # None: by a command, or by an operator who is gone
    reader = models.ForeignKey(
        READER, on_delete=models.CASCADE, null=True, related_name="changes"
    )  # None: of an invitation or a domain
    what = models.CharField(max_length=500)  # a sentence

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(where__in=["admin", "command", "reader"]),
                name="change_where",
            )
        ]

    def __str__(self) -> str:
        return self.what
