"""The ratings below an article: the contract of ratings/rating.html."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ownjournal.notes.ratings.models import Question
from ownjournal.notes.ratings.rating import answers_of
from ownjournal.notes.ratings.telling import ANSWERS, Answers, told_of
from ownjournal.readers.models import Reader
from ownjournal.readers.profile.specialties import specialties

ENDS = {Question.RELEVANT: ("not at all", "very"), Question.NEW: ("known", "all new")}
WORDS = ("Yes", "No", "Not sure")  # of Question.CHANGES
NO_SPECIALTY = "Readers who named no specialty"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to tap."""

    value: int
    name: str  # "1" to "7", or a word
    says: str | None  # what stands beside the first and the last number
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with its answers."""

    code: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ToldView:
    """How readers of one specialty answered."""

    specialty: str
    lines: tuple[str, ...]  # "Relevant to my practice: 5.3 of 7 (n = 4)"


@dataclass(frozen=True, slots=True)
class RatingPage:
    """Everything ratings/rating.html may use."""

    pmid: int
    questions: tuple[QuestionView, ...]  # () for a visitor
    rated: bool  # any question is answered
    told: tuple[ToldView, ...]


def rating_page(pmid: int, reader: Reader | None) -> RatingPage:
    """What is shown of an article to this reader, or to a visitor."""
    given = answers_of(reader, pmid) if reader is not None else {}
    asked = Question if reader is not None else ()
    return RatingPage(
        pmid=pmid,
        questions=tuple(_question(each, given.get(each)) for each in asked),
        rated=bool(given),
        told=tuple(_told(told_of(pmid))),
    )


def _question(question: Question, given: int | None) -> QuestionView:
    return QuestionView(
        code=question.value,
        name=question.label,
        choices=tuple(
            Choice(
                value=number,
                name=_name(question, number),
                says=_says(question, number),
                chosen=number == given,
            )
            for number in range(1, ANSWERS[question] + 1)
        ),
    )


def _name(question: Question, number: int) -> str:
    return WORDS[number - 1] if question is Question.CHANGES else str(number)


def _says(question: Question, number: int) -> str | None:
    first, last = ENDS.get(question, (None, None))
    return {1: first, ANSWERS[question]: last}.get(number)


def _told(several: Iterable[Answers]) -> Iterator[ToldView]:
    """By the name of the specialty; who named none comes last."""
    names = {each.code: each.name for each in specialties().values()}
    order = list(Question)

    def place(each: Answers) -> tuple[bool, str, int]:
        name = names.get(each.specialty or "", NO_SPECIALTY)
        return each.specialty is None, name, order.index(Question(each.question))

    ordered = sorted(several, key=place)
    for (_, name), group in groupby(ordered, key=lambda each: place(each)[:2]):
        yield ToldView(name, tuple(map(_line, group)))


def _line(answers: Answers) -> str:
    question = Question(answers.question)
    if question is Question.CHANGES:
        words = zip(WORDS, answers.counts, strict=True)
        said = ", ".join(f"{count} {word.lower()}" for word, count in words)
    else:
        said = f"{answers.mean:.1f} of {ANSWERS[question]}"
    return f"{question.label}: {said} (n = {answers.readers})"
