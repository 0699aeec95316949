"""Groups, who is in them, and what they read together.

A meeting's article is a plain number, so that nothing goes when NLM takes it back.
What a group wrote stays with the group when a member leaves.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from ownjournal.collections.invitations import Invitation


class Group(models.Model):
    """A department or a journal club."""

    name = models.CharField(max_length=120)
    about = models.CharField(max_length=500, null=True, blank=True)  # for members
    domain = models.CharField(  # whose confirmed address may join; None: by invitation
        max_length=253, null=True, blank=True, db_index=True
    )
    time_zone = models.CharField(max_length=64, default="UTC")  # IANA name
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a reader is in a group."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        MEMBER = "member", "Member"

    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="memberships"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="group_memberships",
    )
    role = models.CharField(max_length=6, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["joined_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "reader"], name="in_group_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "member"]), name="group_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of group {self.group_id}"


class GroupInvitation(Invitation):
    """To be a member."""

    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="invitations"
    )


class Meeting(models.Model):
    """What a group reads on a day, and what it found."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes_long = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=200, null=True, blank=True)
    pmid = models.BigIntegerField(null=True, blank=True)
    design = models.CharField(  # whose checklist; None: that of our reading
        max_length=30, null=True, blank=True
    )
    questions = models.TextField(null=True, blank=True)  # as typed
    minutes = models.TextField(null=True, blank=True)  # as typed
    dialect = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0)  # calendars want to know

    class Meta:
        ordering: ClassVar = ["-starts_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["group", "-starts_at"], name="meetings_newest")
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk} of group {self.group_id}"


class Answer(models.Model):
    """What a group found on one question of a checklist."""

    class Verdict(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"
        UNCLEAR = "unclear", "Cannot tell"

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="answers"
    )
    item = models.CharField(max_length=40)  # its code in the file of checklists
    verdict = models.CharField(
        max_length=7, choices=Verdict.choices, null=True, blank=True
    )
    remark = models.CharField(max_length=500, null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "item"], name="answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.verdict}"
