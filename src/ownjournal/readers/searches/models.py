"""Searches of readers: saved ones, and, where a reader wants it, past ones.

A search is the part of its address behind the "?", in the one form that
`Asked.parameters` gives it.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone


class SavedSearch(models.Model):
    """A search that a reader follows."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches"
    )
    name = models.CharField(max_length=200)
    parameters = models.TextField()
    place = models.PositiveIntegerField()  # in the reader's list
    created_at = models.DateTimeField(default=timezone.now)

    # What is new: received after the one, counted up to the other revision.
    seen_revision = models.BigIntegerField()
    counted_revision = models.BigIntegerField()
    new = models.PositiveIntegerField(default=0)

    feed_number = models.PositiveIntegerField(default=0)  # of the address in use
    has_feed = models.BooleanField(default=False)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "parameters"], name="saved_search_once"
            ),
            models.CheckConstraint(
                condition=models.Q(counted_revision__gte=models.F("seen_revision")),
                name="saved_search_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PastSearch(models.Model):
    """A search that a reader has made, of the last ones."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="past_searches"
    )
    parameters = models.TextField()
    searched_at = models.DateTimeField()

    class Meta:
        ordering = ["-searched_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "parameters"], name="past_search_once"
            )
        ]
