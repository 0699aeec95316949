"""The reading log: one row for each reader, article, deed and day.

The title is kept as it was, so that a row still says what was read when NLM has
taken the article back.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

MOST_MINUTES = 1_440  # a day
LONGEST = 2_000  # characters of a reflection


class LogRow(models.Model):
    """Something that a reader did with an article."""

    class Deed(models.TextChoices):
        OPENED = "opened", "Opened"
        READ = "read", "Read"
        SAVED = "saved", "Saved"
        RATED = "rated", "Rated"
        NOTED = "noted", "Noted"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log"
    )
    pmid = models.BigIntegerField()
    deed = models.CharField(max_length=6, choices=Deed.choices)
    done_on = models.DateField()  # by the reader's clock
    at = models.DateTimeField()
    title = models.TextField()  # plain, as it was
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # of reading
    reflection = models.TextField(null=True, blank=True)  # what it taught
    source = models.CharField(max_length=40, null=True, blank=True)  # "issue 12"

    class Meta:
        ordering: ClassVar = ["-done_on", "-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["reader", "-done_on"], name="log_newest")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reader", "pmid", "deed", "done_on"], name="log_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    deed__in=["opened", "read", "saved", "rated", "noted"]
                ),
                name="log_deed",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes=None)
                | models.Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
                name="log_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} PMID {self.pmid}, {self.done_on}"
