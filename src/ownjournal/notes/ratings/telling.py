"""What is told of ratings, so that nobody's answer can be worked out from it.

The rule, which docs/moderation.md tells to operators:

- Answers are counted by question and by the specialty that a reader had named when
  she answered. A specialty is told from three readers on; no sum over specialties
  is, as its difference to those told would be the answers of the few others.
- What is told is renewed only when the answers of at least three readers differ
  from it: new, changed or taken back. So the difference of two tellings is never
  that of one reader or two.
- Where fewer than three answers are left, nothing is told.
- Answers of banned readers are not counted.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from msgspec import Struct

from ownjournal.notes.moderation.standing import banned
from ownjournal.notes.ratings.models import Question, Rating, Told

FEWEST = 3  # readers
ANSWERS = {Question.RELEVANT: 7, Question.NEW: 7, Question.CHANGES: 3}
"""How many answers there are to choose from, numbered from 1."""


class Answers(Struct, frozen=True):
    """What readers of one specialty answered to one question."""

    specialty: str | None  # a code
    question: str
    counts: tuple[int, ...]  # of each answer, from 1

    @property
    def readers(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """Of the numbers of the answers."""
        weighed = (number * n for number, n in enumerate(self.counts, start=1))
        return sum(weighed) / self.readers


class Given(Struct, frozen=True):
    """One reader's answer, and as what it is told."""

    pk: int
    answer: int | None
    told: int | None


def told_of(pmid: int) -> tuple[Answers, ...]:
    """All that may be told of an article; one cheap query where nothing is."""
    rows = [row for row in Told.objects.filter(pmid=pmid) if row.counts]
    if not rows:
        return ()
    given = Rating.objects.filter(pmid=pmid, answer__isnull=False).order_by()
    counted = given.exclude(reader__in=banned()).values_list("question", "specialty")
    left = {tuple(part): n for *part, n in counted.annotate(readers=Count("pk"))}
    return tuple(
        Answers(row.specialty, row.question, tuple(row.counts))
        for row in rows
        if left.get((row.question, row.specialty), 0) >= FEWEST
    )


def renew(pmid: int, parts: Iterable[tuple[str, str | None]]) -> None:
    """Tell anew what may be told of these questions and specialties of an article."""
    for question, specialty in set(parts):
        with transaction.atomic():
            _renew(pmid, question, specialty)


def _renew(pmid: int, question: str, specialty: str | None) -> None:
    what: dict[str, Any] = {
        "pmid": pmid,
        "question": question,
        "specialty": specialty,
    }
    Told.objects.get_or_create(**what)
    told = Told.objects.select_for_update().get(**what)  # two at once wait here
    rows = Rating.objects.filter(**what)
    given = _given(rows)
    gone = sum(told.counts) - sum(each.told is not None for each in given)
    if gone + sum(each.answer != each.told for each in given) < FEWEST:
        return
    counted = {
        number: [each.pk for each in given if each.answer == number]
        for number in range(1, ANSWERS[Question(question)] + 1)
    }
    counts = [len(pks) for pks in counted.values()]
    told.counts = counts if sum(counts) >= FEWEST else []
    told.save(update_fields=["counts"])
    none = [each.pk for each in given if each.answer is None]
    rows.filter(pk__in=none, answer=None).delete()
    rows.update(told=None)
    if told.counts:
        # as it was counted: one given or changed meanwhile differs from what is told
        for number, pks in counted.items():
            rows.filter(pk__in=pks).update(told=number)


def _given(rows: QuerySet[Rating]) -> list[Given]:
    """Each as of now; without its answer where that counts for nothing."""
    silent = set(rows.filter(reader__in=banned()).values_list("pk", flat=True))
    return [
        Given(pk, None if pk in silent else answer, told)
        for pk, answer, told in rows.values_list("pk", "answer", "told")
    ]
