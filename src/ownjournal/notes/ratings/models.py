"""What readers answered of an article, and what is told of it to everybody.

Articles are named by PMID, so that nothing goes when NLM takes one back. An answer
goes with its reader. What is told names nobody: it counts at least three readers.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Question(models.TextChoices):
    """What is asked; how each is answered: `questions`."""

    RELEVANT = "relevant", "Relevant to my practice"
    NEW = "new", "New to me"
    CHANGES = "changes", "Would change what I do"


class Rating(models.Model):
    """One reader's answer to one question about an article.

    There is a row for each specialty that she answered in. One whose answer was taken
    back stays, without it, until what is told no longer counts it: see `telling`.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ratings"
    )
    pmid = models.BigIntegerField()
    question = models.CharField(max_length=8, choices=Question.choices)
    answer = models.PositiveSmallIntegerField(  # 1 to 7; or 1 yes, 2 no, 3 not sure
        null=True
    )  # None: taken back
    told = models.PositiveSmallIntegerField(null=True)  # as what is told counts it
    specialty = models.CharField(max_length=40, null=True)  # the reader's at that time
    rated_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-rated_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["pmid", "question", "specialty"], name="ratings_of_article"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reader", "pmid", "question", "specialty"], name="rating_once"
            ),
            models.UniqueConstraint(
                fields=["reader", "pmid", "question"],
                condition=Q(specialty=None),
                name="rating_once_of_no_specialty",
            ),
            models.CheckConstraint(
                condition=Q(
                    question__in=["relevant", "new"], answer__gte=1, answer__lte=7
                )
                | Q(question="changes", answer__gte=1, answer__lte=3)
                | Q(answer=None),
                name="rating_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} of PMID {self.pmid}: {self.answer}"


class Told(models.Model):
    """How readers of one specialty answered a question, as it is told to everybody.

    It stays as it is until the answers of three readers differ: see `telling`.
    """

    pmid = models.BigIntegerField()
    question = models.CharField(max_length=8, choices=Question.choices)
    specialty = models.CharField(max_length=40, null=True)  # None: they named none
    counts = models.JSONField(default=list)  # of each answer, from 1; [] for none told

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pmid", "question", "specialty"], name="told_once"
            ),
            models.UniqueConstraint(
                fields=["pmid", "question"],
                condition=Q(specialty=None),
                name="told_once_of_no_specialty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} of PMID {self.pmid}, {self.specialty}"
