"""Answer a question about an article, answer otherwise, take it back."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from ownjournal.catalogue import store
from ownjournal.notes.ratings import telling
from ownjournal.notes.ratings.models import Question, Rating
from ownjournal.notes.ratings.telling import ANSWERS
from ownjournal.readers.log.keeping import record
from ownjournal.readers.models import Reader

Part = tuple[str, str | None]  # a question, and the code of a specialty


class CannotRate(ValueError):
    """With this answer, or this article; the message is a sentence for the reader."""


def rate(reader: Reader, pmid: int, answers: Mapping[str, int], now: datetime) -> None:
    """Keep these answers, by question; the others stay as they are.

    Raises CannotRate, and keeps nothing then.
    """
    for question, answer in answers.items():
        if question not in Question or not 1 <= answer <= ANSWERS[Question(question)]:
            raise CannotRate("That is no answer to the question.")
    if store.get(pmid) is None:
        raise CannotRate(f"No article with PMID {pmid} is here.")
    changed = [
        part for each in answers.items() for part in _put(reader, pmid, each, now)
    ]
    if changed:
        telling.renew(pmid, changed)
        record(reader, pmid, "rated", now)


def _put(reader: Reader, pmid: int, said: tuple[str, int], now: datetime) -> list[Part]:
    """Which parts of what is told may change by it; none where it was said before."""
    question, answer = said
    rows = reader.ratings.filter(pmid=pmid, question=question)
    if rows.filter(answer=answer, specialty=reader.specialty).exists():
        return []
    before = _take_back(rows.exclude(specialty=reader.specialty))
    Rating.objects.update_or_create(
        reader=reader,
        pmid=pmid,
        question=question,
        specialty=reader.specialty,
        defaults={"answer": answer, "rated_at": now},
    )
    return [*before, (question, reader.specialty)]


def unrate(reader: Reader, pmid: int) -> None:
    """Take back all that was answered of an article."""
    telling.renew(pmid, _take_back(reader.ratings.filter(pmid=pmid)))


def _take_back(rows: QuerySet[Rating]) -> list[Part]:
    """Without their answers; gone where nothing that is told counts them."""
    given = rows.filter(answer__isnull=False)
    parts = list(given.values_list("question", "specialty"))
    rows.filter(told=None).delete()
    given.update(answer=None)
    return parts


def answers_of(reader: Reader, pmid: int) -> dict[str, int]:
    """What a reader answered of an article, by question."""
    rows = reader.ratings.filter(pmid=pmid, answer__isnull=False)
    return {
        question: answer
        for question, answer in rows.values_list("question", "answer")
        if answer is not None
    }
