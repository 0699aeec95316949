"""Notes, their history, and how an author signs them.

A note is kept as typed, with the number of the dialect that it was typed in, and is
rendered when it is shown. Articles and collections are plain numbers, so that no
note goes with what it is about. A note goes with its author, unless she leaves it:
then it has none and is a former reader's.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Kind(models.TextChoices):
    """What a note is for; how long each may be: `notes.kinds`."""

    PEARL = "pearl", "Pearl"
    COMMENT = "comment", "Comment"
    SUMMARY = "summary", "Summary"


class Visibility(models.TextChoices):
    """Who may read a note."""

    PRIVATE = "private", "Only me"
    GROUP = "group", "My group"
    PUBLIC = "public", "Everybody"


class Licence(models.TextChoices):
    """What others may do with a public note."""

    CC_BY = "CC BY 4.0", "CC BY 4.0: share and adapt, naming me"
    CC_BY_SA = "CC BY-SA 4.0", "CC BY-SA 4.0: the same, under the same licence"
    CC_BY_NC = "CC BY-NC 4.0", "CC BY-NC 4.0: not for money"
    CC0 = "CC0 1.0", "CC0 1.0: anything, without naming me"
    ALL_RIGHTS = "all rights", "All rights reserved"


class Signature(models.Model):
    """How an author signs, and what she chose once for the notes to come."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signature"
    )
    name = models.CharField(max_length=100, null=True, blank=True)
    role = models.CharField(max_length=100, null=True, blank=True)
    role_verified_at = models.DateTimeField(null=True, blank=True)  # by an operator
    conflict_of_interest = models.CharField(max_length=500, null=True, blank=True)
    licence = models.CharField(
        max_length=12, choices=Licence.choices, default=Licence.CC_BY
    )
    visibility = models.CharField(  # None: not chosen yet, so private
        max_length=7, choices=Visibility.choices, null=True, blank=True
    )

    def __str__(self) -> str:
        return self.name or "A reader"


class Note(models.Model):
    """What a reader wrote of an article, or of a collection."""

    author = models.ForeignKey(  # None: a former reader's
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notes",
        null=True,
        blank=True,
    )
    pmid = models.BigIntegerField(null=True, blank=True)
    collection = models.BigIntegerField(null=True, blank=True)  # its id
    kind = models.CharField(max_length=7, choices=Kind.choices)
    text = models.TextField()  # as typed
    dialect = models.PositiveSmallIntegerField(default=1)
    visibility = models.CharField(
        max_length=7, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    group = models.BigIntegerField(null=True, blank=True)  # its id
    conflict_of_interest = models.CharField(max_length=500, null=True, blank=True)
    licence = models.CharField(
        max_length=12, choices=Licence.choices, default=Licence.CC_BY
    )
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    edits = models.PositiveIntegerField(default=0)  # two tabs that save are seen by it
    deleted_at = models.DateTimeField(null=True, blank=True)  # erased a minute later
    review_on = models.DateField()  # to be looked at again
    outdated_at = models.DateTimeField(null=True, blank=True)
    outdated_because = models.CharField(max_length=500, null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)  # by a moderator
    pinned_at = models.DateTimeField(null=True, blank=True)  # by a moderator

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["pmid", "created_at"], name="notes_of_article"),
            models.Index(
                fields=["collection", "created_at"], name="notes_of_collection"
            ),
            models.Index(fields=["author", "-created_at"], name="notes_of_author"),
            models.Index(fields=["visibility", "-created_at"], name="notes_newest"),
            models.Index(fields=["review_on"], name="notes_to_review"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pmid__isnull=False, collection__isnull=True)
                | models.Q(pmid__isnull=True, collection__isnull=False),
                name="note_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="note_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values),
                name="note_visibility",
            ),
            models.CheckConstraint(
                condition=~models.Q(visibility="group") | models.Q(group__isnull=False),
                name="note_has_its_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Version(models.Model):
    """What a note said before an edit."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()  # 0 is the first text
    kind = models.CharField(max_length=7, choices=Kind.choices)
    text = models.TextField()
    dialect = models.PositiveSmallIntegerField()
    visibility = models.CharField(  # while it said so; others see no more of it
        max_length=7, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    group = models.BigIntegerField(null=True, blank=True)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["note", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "number"], name="version_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of note {self.note_id}"


class Draft(models.Model):
    """What a reader typed and has not posted: of a new note, or of an edit."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="note_drafts"
    )
    pmid = models.BigIntegerField(null=True, blank=True)
    collection = models.BigIntegerField(null=True, blank=True)  # its id
    note = models.ForeignKey(  # None: of a new one
        Note, on_delete=models.CASCADE, related_name="drafts", null=True, blank=True
    )
    base = models.PositiveIntegerField(null=True, blank=True)  # Note.edits, of an edit
    kind = models.CharField(max_length=7, choices=Kind.choices)
    text = models.TextField()
    audience = models.CharField(  # as the box has it: "group:7"
        max_length=30, null=True, blank=True
    )
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-saved_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["reader", "-saved_at"], name="drafts_of_reader")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pmid__isnull=False, collection__isnull=True)
                | models.Q(pmid__isnull=True, collection__isnull=False),
                name="draft_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class GoneNote(models.Model):
    """The number of a note that was erased, so that its address can say so."""

    number = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.number)
