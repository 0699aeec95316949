"""Issues as they were made.

An issue is frozen: what it chose, in which order, and why, is stored with the
rules that chose it, and no later file changes it. PMIDs are plain numbers here,
not keys into the catalogue, so that an issue outlives an article that NLM takes
back. Everything of a reader goes with the reader.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from ownjournal.ranking.slot_names import SLOTS


class InterestSnapshot(models.Model):
    """What a reader followed when an issue was made, widened and resolved.

    Kept once for all the issues that were made from the same interests.
    """

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)  # SHA-256 of the body before packing
    body = models.BinaryField()  # see snapshots.py

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "digest"], name="snapshot_once")
        ]


class Issue(models.Model):
    """One reader's issue, numbered from 1."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="issues"
    )
    number = models.PositiveIntegerField()
    compiled_at = models.DateTimeField()
    period = models.CharField(max_length=24, null=True)  # None: made out of turn
    makes_up_since = models.DateTimeField(null=True)  # of a catch-up issue alone

    # the articles it chose from: first stored after the one, up to the other
    after_revision = models.BigIntegerField()
    up_to_revision = models.BigIntegerField()
    considered = models.PositiveIntegerField()
    pool_digest = models.CharField(max_length=64)  # of those articles; pools.py

    interests = models.ForeignKey(InterestSnapshot, on_delete=models.RESTRICT)
    length = models.PositiveSmallIntegerField()  # the most it was allowed
    rules_version = models.PositiveIntegerField()

    # how fresh it was
    newest_file = models.CharField(max_length=200, null=True)  # None: no NLM file yet
    newest_file_at = models.DateTimeField(null=True)  # when that file was applied
    missing_files = models.JSONField(default=list)  # names of files not yet there

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "number"], name="issue_number"),
            models.UniqueConstraint(fields=["reader", "period"], name="issue_period"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="issue_number_from_1"
            ),
        ]

    def __str__(self) -> str:
        return f"Issue {self.number} of reader {self.reader_id}"


class IssueArticle(models.Model):
    """An article in its place in an issue, with the reasons it was chosen for."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="articles")
    position = models.PositiveSmallIntegerField()  # from 1
    pmid = models.BigIntegerField(db_index=True)
    title = models.TextField()  # in plain text, should the article be taken back
    slot = models.CharField(max_length=16)
    interest_key = models.CharField(max_length=210, null=True)
    interest_name = models.CharField(max_length=500, null=True)
    relevance = models.FloatField()
    quality = models.PositiveSmallIntegerField()
    significance = models.PositiveSmallIntegerField()
    terms = models.JSONField(default=list)
    nearest_seed = models.BigIntegerField(null=True)  # a PMID
    why = models.TextField()
    integrity = models.CharField(max_length=32, null=True)  # as it was then
    propensity = models.FloatField(null=True)  # of what is to explore; see Chosen
    trace = models.BinaryField(null=True)  # traces.py; None: of before there were any
    note = models.BigIntegerField(null=True)  # the id of the note that led it
    note_version = models.PositiveIntegerField(null=True)  # how often it was edited

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issue", "position"], name="issue_position"
            ),
            models.UniqueConstraint(fields=["issue", "pmid"], name="issue_pmid"),
            models.CheckConstraint(
                condition=models.Q(slot__in=SLOTS), name="issue_slot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. PMID {self.pmid}"


class IssueNotice(models.Model):
    """News of an article that a reader was shown, saved or noted: retracted …"""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="notices")
    pmid = models.BigIntegerField(db_index=True)
    title = models.TextField()
    shown_in = models.PositiveIntegerField(null=True)  # an issue; None: saved or noted
    noted = models.BooleanField(default=False)  # the reader has written a note on it
    integrity = models.CharField(max_length=32)  # what it is now
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["pmid"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "pmid"], name="notice_once")
        ]
