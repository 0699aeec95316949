"""Institutions with the link that their library gives, and readers' lists of them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from ownjournal.pubmed.libraries import KINDS, LONGEST
from ownjournal.readers.institutions.words import searchable

BY_HAND = "by hand"
BY_READER = "a reader"
PAGE_LENGTH = 500


class Institution(models.Model):
    """A library's link. Of one name, country and kind there is one that is in use."""

    class State(models.TextChoices):
        ACTIVE = "active", "In use"
        PROPOSED = "proposed", "Proposed"
        RETIRED = "retired", "No longer offered"

    name = models.CharField(max_length=200)
    other_names = models.TextField(null=True, blank=True, help_text="One a line.")
    country = models.CharField(max_length=80, null=True, blank=True)
    kind = models.CharField(max_length=8, choices=list(KINDS.items()))
    template = models.CharField(max_length=LONGEST)  # libraries.checked
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.ACTIVE, db_index=True
    )
    source = models.CharField(max_length=200, default=BY_HAND)  # whose list it is of
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    remark = models.CharField(max_length=500, null=True, blank=True)  # by who proposed
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    # what the last look at the link found; None: never looked, and no problem
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, null=True, blank=True)
    # what readers say; the operator sets it back
    reports = models.PositiveIntegerField(default=0)
    reported_at = models.DateTimeField(null=True, blank=True)

    words = models.TextField(editable=False)  # what a search looks in

    class Meta:
        ordering = ["name", "country", "kind", "id"]
        constraints = [
            models.UniqueConstraint(
                "name",
                Coalesce("country", models.Value("")),
                "kind",
                condition=~models.Q(state="proposed"),
                name="institution_once",
                violation_error_message=(
                    "An institution of this name, country and kind is there already."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=list(KINDS)), name="institution_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["active", "proposed", "retired"]),
                name="institution_state",
            ),
            models.CheckConstraint(
                condition=models.Q(template__startswith="https://"),
                name="institution_https",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})" if self.country else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.words = searchable(self.name, self.other_names, self.country)
        super().save(*args, **kwargs)


class ReaderInstitution(models.Model):
    """An institution on a reader's list."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="libraries"
    )
    # what a reader uses is retired, never deleted
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()  # from 0, without gaps

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "institution"], name="reader_institution_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.institution_id}"
