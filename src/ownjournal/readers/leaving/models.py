"""Exports that are made or wait, and readers who are about to leave."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Export(models.Model):
    """The one export of a reader: asked for, made, and after a day gone."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="export"
    )
    asked_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)  # as a worker may have died
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)
    file = models.CharField(max_length=40, null=True)  # its name in DATA_DIR/exports
    size = models.BigIntegerField(null=True)  # bytes
    problem = models.TextField(null=True)  # what the last try met

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(made_at=None, expires_at=None, file=None, size=None)
                | models.Q(
                    made_at__isnull=False,
                    expires_at__isnull=False,
                    file__isnull=False,
                    size__isnull=False,
                ),
                name="export_made",
            )
        ]

    def __str__(self) -> str:
        return f"Export asked for {self.asked_at:%Y-%m-%d %H:%M}"


class Farewell(models.Model):
    """A reader who asked to be erased; it is done when the last mail has left."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="farewell"
    )
    asked_at = models.DateTimeField()
    keeps_notes = models.BooleanField(default=False)  # public ones, without a name
    letter_key = models.CharField(max_length=32)  # of the last mail

    def __str__(self) -> str:
        return f"Leaving since {self.asked_at:%Y-%m-%d %H:%M}"
