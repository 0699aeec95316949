"""Posts, who wrote them, their tags, and articles that editors have picked."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Editor(models.Model):
    """A reader who may write posts; operators may as well."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="editor"
    )
    since_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"editor {self.reader_id}"


class Post(models.Model):
    """What stands on the editors' page."""

    class Kind(models.TextChoices):
        POST = "post", "Post"
        PICKS = "picks", "Articles of the week"

    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.POST)
    title = models.CharField(max_length=200)
    text = models.TextField(null=True, blank=True)  # as typed
    dialect = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)  # None: a draft
    edits = models.PositiveIntegerField(default=0)  # two who save are seen by it

    class Meta:
        ordering: ClassVar = ["-published_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-published_at", "-id"], name="posts_newest")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["post", "picks"]), name="post_kind"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Author(models.Model):
    """Who wrote a post, and the name that stands on it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="authors")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posts"
    )
    name = models.CharField(max_length=100, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "reader"], name="author_once")
        ]

    def __str__(self) -> str:
        return self.name or "An editor"


class Tag(models.Model):
    """A word to find posts by."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)  # in small letters

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "name"], name="post_tagged_once")
        ]

    def __str__(self) -> str:
        return self.name


class Pick(models.Model):
    """An article that an editor would tell of, with a line; later part of a post."""

    pmid = models.BigIntegerField()
    line = models.CharField(max_length=500, null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    picked_at = models.DateTimeField()
    post = models.ForeignKey(  # None: not told of yet
        Post, on_delete=models.SET_NULL, related_name="picks", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(default=0)  # in its post, from 1

    class Meta:
        ordering: ClassVar = ["position", "-picked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pmid"],
                condition=models.Q(post__isnull=True),
                name="picked_once",
            )
        ]

    def __str__(self) -> str:
        return f"PMID {self.pmid}"
