"""What a reader said of articles, what she keeps, and what she never wants.

Articles are named by PMID, so that nothing goes when NLM takes one back.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Response(models.Model):
    """The last that a reader said of an article."""

    class Kind(models.TextChoices):
        MORE = "more", "More like this"
        LESS = "less", "Less like this"
        KNEW = "knew", "Already knew"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="responses"
    )
    pmid = models.BigIntegerField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["reader", "-at"], name="response_newest")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "pmid"], name="response_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["more", "less", "knew"]),
                name="response_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of PMID {self.pmid}"


class Saved(models.Model):
    """An article that a reader keeps, to read it or to have it."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved"
    )
    pmid = models.BigIntegerField()
    saved_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)  # None: still to be read

    class Meta:
        ordering: ClassVar = ["-saved_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["reader", "-saved_at"], name="saved_newest")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "pmid"], name="saved_once")
        ]

    def __str__(self) -> str:
        return f"PMID {self.pmid}"


class SavedTag(models.Model):
    """A word that a reader has put on a saved article, to find it by."""

    saved = models.ForeignKey(Saved, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)  # in small letters

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["saved", "name"], name="tagged_once")
        ]
        indexes: ClassVar = [models.Index(fields=["name"], name="saved_by_tag")]

    def __str__(self) -> str:
        return self.name


class Mute(models.Model):
    """Something that no issue of a reader may be about.

    `value` is what `Interest.value` is for the same kind of thing.
    """

    class Kind(models.TextChoices):
        TOPIC = "topic", "Topic"
        WORDS = "words", "Words"
        JOURNAL = "journal", "Journal"
        AUTHOR = "author", "Author"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes"
    )
    kind = models.CharField(max_length=7, choices=Kind.choices)
    value = models.CharField(max_length=200)
    label = models.CharField(max_length=500)
    muted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kind", "muted_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reader", "kind", "value"], name="mute_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["topic", "words", "journal", "author"]),
                name="mute_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
