"""Which reader brought which picture; the files lie in the data folder."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Picture(models.Model):
    """A picture for notes, as one reader brought it.

    Two readers who bring the same one have a row each, and the file is there once.
    """

    reader = models.ForeignKey(  # None: of a former reader, whose note shows it
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="pictures",
        null=True,
        blank=True,
    )
    name = models.CharField(max_length=45)  # of the file: a hash, and its kind
    size = models.PositiveIntegerField()  # bytes, as kept
    width = models.PositiveIntegerField()  # pixels
    height = models.PositiveIntegerField()
    brought_at = models.DateTimeField()  # the last time
    checked_at = models.DateTimeField()  # whether a note shows it
    copied_from = models.TextField(null=True, blank=True)  # an address elsewhere

    class Meta:
        ordering: ClassVar = ["-brought_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["name"], name="picture_by_name"),
            models.Index(fields=["checked_at"], name="pictures_to_check"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "name"], name="picture_once"),
        ]

    def __str__(self) -> str:
        return self.name
