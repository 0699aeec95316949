"""Collections: kept lists of articles, who keeps them, and what was done to them.

Articles are named by PMID, so that nothing goes when NLM takes one back. A
collection belongs to its curators together: it stays while there is one.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from ownjournal.collections.groups.models import Group
from ownjournal.collections.invitations import Invitation


class Visibility(models.TextChoices):
    """Who may read a collection."""

    PRIVATE = "private", "Only its curators"
    GROUP = "group", "The members of a group"
    LINK = "link", "Whoever has the link"
    PUBLIC = "public", "Everybody"


class Collection(models.Model):
    """A kept list."""

    title = models.CharField(max_length=200)
    description = models.TextField(null=True, blank=True)  # as typed
    dialect = models.PositiveSmallIntegerField(default=1)
    visibility = models.CharField(
        max_length=7, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    group = models.ForeignKey(  # its members see it and add to it
        Group,
        on_delete=models.SET_NULL,
        related_name="collections",
        null=True,
        blank=True,
    )
    link_number = models.PositiveIntegerField(default=0)  # of the link in use
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-updated_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["visibility", "-updated_at"], name="collections_newest"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values),
                name="collection_visibility",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Curator(models.Model):
    """Who keeps a collection, and the name that stands on it."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="curators"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="curated"
    )
    name = models.CharField(max_length=100, null=True, blank=True)
    since_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["since_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "reader"], name="curator_once"
            )
        ]

    def __str__(self) -> str:
        return self.name or "A reader"


class CuratorInvitation(Invitation):
    """To keep a collection together."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="invitations"
    )


class Section(models.Model):
    """A heading within a collection."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="sections"
    )
    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField()  # from 1

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "name"], name="section_once")
        ]

    def __str__(self) -> str:
        return self.name


class Collected(models.Model):
    """An article in its place in a collection."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="articles"
    )
    pmid = models.BigIntegerField(db_index=True)
    section = models.ForeignKey(  # None: before the first heading
        Section,
        on_delete=models.SET_NULL,
        related_name="articles",
        null=True,
        blank=True,
    )
    position = models.PositiveIntegerField()  # from 1, within its section
    line = models.CharField(max_length=500, null=True, blank=True)  # a curator's
    added_at = models.DateTimeField()
    told = models.CharField(  # the integrity that curators know of; see watching.py
        max_length=24, null=True, blank=True
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "pmid"], name="collected_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["collection", "section", "position"], name="collected_place"
            )
        ]

    def __str__(self) -> str:
        return f"PMID {self.pmid}"


class Suggestion(models.Model):
    """An article that a reader would have in somebody's collection."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="suggestions"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suggestions"
    )
    pmid = models.BigIntegerField()
    reason = models.CharField(max_length=500, null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "pmid"], name="suggested_once"
            )
        ]

    def __str__(self) -> str:
        return f"PMID {self.pmid}"


class Follower(models.Model):
    """A reader who wants to know what is new in somebody's collection."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="followers"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed"
    )
    seen_at = models.DateTimeField()  # when she last opened it

    class Meta:
        ordering: ClassVar = ["-collection__updated_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "reader"], name="follows_collection_once"
            )
        ]

    def __str__(self) -> str:
        return f"reader {self.reader_id} of collection {self.collection_id}"


class Change(models.Model):
    """Something that was done to a collection, or became of an article in it."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="changes"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(  # None: nobody, or somebody who left
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    what = models.CharField(max_length=12)  # of history.WORDS
    pmid = models.BigIntegerField(null=True, blank=True)
    detail = models.CharField(max_length=200, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["collection", "-at"], name="changes_newest")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.pmid or ''}"


class Opened(models.Model):
    """How often a collection was opened on a day; by whom is not known."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="opened"
    )
    on = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "on"], name="opened_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.times} on {self.on}"


class Watched(models.Model):
    """One row: up to where the store was looked at for what became of articles."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=0)
