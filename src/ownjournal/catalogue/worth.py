"""The values of an article as a page shows them: word, number, and what made it.

Quality and significance come from the appraisal. Relevance belongs to a reader
and is made where readers are known (`issues.worth`), in the same form. There is
no value for all of them together.
"""

from dataclasses import dataclass

from ownjournal.appraisal import signs
from ownjournal.appraisal.designs import design_named
from ownjournal.appraisal.verdict import LIKELY, Appraisal, ScorePart
from ownjournal.catalogue.notices import SHORT

UNCLEAR = "unclear"

RULES = "/appraisal"
"""Address of the page that tells the rules; its parts have names."""

NOTHING_KNOWN = (
    "No retraction, concern or correction is known here. One may be on its way: "
    "they often come years after an article."
)

SOME = 0.5
"""The share of the points of "high" from which a value is told as "some"."""


@dataclass(frozen=True, slots=True)
class PartView:
    """One line of what made a value."""

    points: str | None  # "+40", "-12"; None where the line is no summand
    text: str  # plain; one or more sentences


@dataclass(frozen=True, slots=True)
class ValueView:
    """One of the three values: everything catalogue/value.html may use."""

    name: str  # "Quality"
    word: str  # "high", "some" or "little"
    high: bool
    number: str  # "58"
    scale: str  # what the number counts: "of 100"
    bar: int | None  # 0 to 100; None where the number has no end
    begins: int | None  # on the bar: where high begins
    parts: tuple[PartView, ...]
    sum: str  # one sentence that leads from the parts to number and word
    about: str  # address of what the value means


@dataclass(frozen=True, slots=True)
class DesignView:
    """Our reading of the study design and its level of evidence."""

    name: str
    clear: bool  # False: a list does not name it
    doubtful: bool  # shown with the word "perhaps"
    level: int | None
    reasons: tuple[str, ...]  # sentences: how sure and why, what it is, the level
    about: str  # address of the table of designs
    all: str  # address of everything with this design


def design_view(appraisal: Appraisal) -> DesignView:
    """The design with its reasons."""
    design, probability = design_named(appraisal.design), appraisal.design_probability
    reasons = (appraisal.design_reason, design.explanation, appraisal.level_reason)
    return DesignView(
        name=appraisal.design_name,
        clear=appraisal.design != UNCLEAR,
        doubtful=probability is not None and probability < LIKELY,
        level=appraisal.level,
        reasons=tuple(dict.fromkeys(reasons)),
        about=f"{RULES}#design",
        all=f"/designs/{appraisal.design}",
    )


@dataclass(frozen=True, slots=True)
class IntegrityView:
    """What is known against the article, beside its values."""

    word: str  # "Retracted"; "nothing known"
    grave: bool  # something a reader must know
    reason: str  # one sentence
    about: str


def integrity_view(appraisal: Appraisal) -> IntegrityView:
    """That nothing is known is said too, and who would know."""
    state = appraisal.integrity
    return IntegrityView(
        word=SHORT.get(state, "notice") if state else "nothing known",
        grave=state is not None and not state.startswith("notice"),
        reason=appraisal.integrity_reason or NOTHING_KNOWN,
        about=f"{RULES}#integrity",
    )


def worth(appraisal: Appraisal) -> tuple[ValueView, ...]:
    """Quality and significance, in this order."""
    design = appraisal.design_name
    return (
        _score(
            "Quality",
            appraisal.quality,
            signs.HIGH_QUALITY,
            [_part(each, design) for each in appraisal.quality_parts],
        ),
        _score(
            "Significance",
            appraisal.significance,
            signs.HIGH_SIGNIFICANCE,
            [_part(each, design) for each in appraisal.significance_parts],
        ),
    )


def word_of(number: float, high: float) -> str:
    """How a number is told, where "high" begins at `high`.

    GRADE's words (moderate, low) are left to GRADE: it rates a body of evidence,
    and these are of one article.
    """
    if number >= high:
        return "high"
    return "some" if number >= high * SOME else "little"


def _part(part: ScorePart, design: str) -> PartView:
    """The sign with its sentence; of the design, which it is."""
    told = design if part.name == signs.KINDS["design"].name else part.reason
    return PartView(f"{part.points:+d}", f"{part.name}: {told}")


def _score(name: str, points: int, high: int, parts: list[PartView]) -> ValueView:
    word = word_of(points, high)
    return ValueView(
        name=name,
        word=word,
        high=points >= high,
        number=str(points),
        scale="of 100",
        bar=points,
        begins=high,
        parts=tuple(parts),
        sum=f"Together {points} of 100: {word}. High begins at {high}.",
        about=f"{RULES}#{name.lower()}",
    )
