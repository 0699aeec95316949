"""Marks and reports of notes, moderators, bans, and the record of decisions.

A mark or a report goes with its note and with its reader. What was decided stays:
its lines name a note by its number, and are never changed or deleted.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

READER = settings.AUTH_USER_MODEL
LONGEST = 1_000  # characters of a report, or of the reason for a decision


class Helpful(models.Model):
    """A reader found a note helpful."""

    note = models.ForeignKey(
        "notes.Note", on_delete=models.CASCADE, related_name="helpful_marks"
    )
    reader = models.ForeignKey(
        READER, on_delete=models.CASCADE, related_name="helpful_marks"
    )
    marked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "reader"], name="helpful_once")
        ]

    def __str__(self) -> str:
        return f"note {self.note_id} is helpful"


class Reason(models.TextChoices):
    """Why a note is reported."""

    WRONG = "wrong", "It is wrong, or could harm a patient"
    PRIVATE = "private", "It tells of a patient or another person"
    RUDE = "rude", "It insults somebody or discriminates"
    ADVERT = "advert", "It advertises, or hides a conflict of interest"
    COPIED = "copied", "It copies what belongs to somebody else"
    OTHER = "other", "Something else"


class Report(models.Model):
    """Somebody asks moderators to look at a note."""

    note = models.ForeignKey(
        "notes.Note", on_delete=models.CASCADE, related_name="reports"
    )
    reader = models.ForeignKey(  # None: a visitor
        READER, on_delete=models.CASCADE, null=True, related_name="reports"
    )
    reason = models.CharField(max_length=7, choices=Reason.choices)
    text = models.CharField(max_length=LONGEST, null=True)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)  # None: nobody has looked at it yet

    class Meta:
        ordering: ClassVar = ["reported_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["note"], condition=Q(settled_at=None), name="reports_open"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["note", "reader"],
                condition=Q(settled_at=None),
                name="report_once",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values), name="report_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} of note {self.note_id}"


class Moderator(models.Model):
    """A reader whom an operator lets moderate; operators may anyway."""

    reader = models.OneToOneField(
        READER, on_delete=models.CASCADE, related_name="moderator"
    )
    since_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Moderator, reader {self.reader_id}"


class Ban(models.Model):
    """A reader who may not publish; what is private stays hers to write and export."""

    reader = models.OneToOneField(READER, on_delete=models.CASCADE, related_name="ban")
    since_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"reader {self.reader_id} may not publish"


class Written(models.QuerySet["Decision"]):
    """Lines that are read and never changed."""

    def update(self, **fields: Any) -> int:
        raise TypeError("what was decided is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("what was decided is never deleted")


class Decision(models.Model):
    """A line of the record: who decided what about which note or reader, and why.

    It holds no text of a note and no address. It goes with the author it is about, when
    she is erased, and by nothing else; a moderator who is gone is no longer named.
    """

    class Deed(models.TextChoices):
        HIDE = "hide", "hid the note"
        RESTORE = "restore", "showed the note again"
        KEEP = "keep", "let the note stand"
        PIN = "pin", "pinned the note"
        UNPIN = "unpin", "took the pin off the note"
        BAN = "ban", "banned the author from publishing"
        UNBAN = "unban", "let the author publish again"

    at = models.DateTimeField()
    by = models.ForeignKey(
        READER, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    deed = models.CharField(max_length=7, choices=Deed.choices)
    note = models.BigIntegerField(null=True)  # its id
    about = models.ForeignKey(  # the author
        READER, on_delete=models.CASCADE, null=True, related_name="decisions"
    )
    why = models.CharField(max_length=LONGEST)

    objects = Written.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["note"], name="decisions_of_note")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    deed__in=["hide", "restore", "keep", "pin", "unpin", "ban", "unban"]
                ),
                name="decision_deed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} {self.note or ''}".rstrip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once."""
        if not self._state.adding:
            raise TypeError("what was decided is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("what was decided is never deleted")


class Watched(models.Model):
    """What was known of an article when its notes were last looked at."""

    pmid = models.BigIntegerField(primary_key=True)
    integrity = models.CharField(max_length=32, null=True)


class LookedAt(models.Model):
    """One row: up to which revision of the catalogue notes were looked at."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=0)
