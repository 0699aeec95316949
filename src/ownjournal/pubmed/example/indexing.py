"""NLM's part of an invented record: publication types, headings, status."""

from typing import NamedTuple

from ownjournal.pubmed.example.draft import Draft
from ownjournal.pubmed.example.draw import Draw
from ownjournal.pubmed.example.tables import HEADINGS, Condition, Heading

PUBLICATION_TYPES = {
    "Journal Article": "D016428",
    "Randomized Controlled Trial": "D016449",
    "Pragmatic Clinical Trial": "D065007",
    "Controlled Clinical Trial": "D018848",
    "Clinical Trial": "D016430",
    "Clinical Trial Protocol": "D000078325",
    "Multicenter Study": "D016448",
    "Observational Study": "D064888",
    "Validation Study": "D023361",
    "Systematic Review": "D000078182",
    "Meta-Analysis": "D017418",
    "Practice Guideline": "D017065",
    "Review": "D016454",
    "Case Reports": "D002363",
    "Editorial": "D016421",
    "Letter": "D016422",
    "Comment": "D016420",
    "Published Erratum": "D016425",
    "Preprint": "D000076942",
    "Retraction Notice": "D016440",
    "Retracted Publication": "D016441",
    "Expression of Concern": "D000075742",
    "Research Support, Non-U.S. Gov't": "D013485",
}
QUALIFIERS = {
    "complications": "Q000150",
    "diagnosis": "Q000175",
    "drug therapy": "Q000188",
    "economics": "Q000191",
    "epidemiology": "Q000453",
    "etiology": "Q000209",
    "metabolism": "Q000378",
    "mortality": "Q000401",
    "prevention & control": "Q000517",
    "psychology": "Q000523",
    "therapy": "Q000628",
}
# Types that stand alone, without "Journal Article".
_ALONE = frozenset(
    (
        "Editorial",
        "Letter",
        "Comment",
        "Published Erratum",
        "Retraction Notice",
        "Expression of Concern",
    )
)
_AGES = (
    (0.2, ("newborn",)),
    (2, ("infant",)),
    (5.5, ("preschool", "infant")),
    (12, ("child", "preschool", "adolescent")),
    (35, ("adult", "young adult")),
    (58, ("adult", "middle aged")),
    (73, ("adult", "middle aged", "aged")),
    (200, ("aged", "very aged")),
)


class Indexed(NamedTuple):
    """A heading as a record bears it."""

    ui: str
    name: str
    major: bool
    qualifiers: tuple[str, ...]  # names; each is a main point


def publication_types(draft: Draft, supported: bool) -> tuple[str, ...]:
    """Their names; `supported` where a grant is named."""
    types = draft.types
    if not _ALONE.intersection(types):
        types = ("Journal Article", *types)
    return (*types, "Research Support, Non-U.S. Gov't") if supported else types


def headings(
    draw: Draw, draft: Draft, condition: Condition, treatment: str | None
) -> list[Indexed]:
    """The record's MeSH headings by name, the condition starred."""
    keys = set(draft.headings)
    if draft.human:
        keys.update(_people(condition))
    if treatment and draft.human:
        keys.add(treatment)
    keys.update(key for key in ("quality of life",) if draw.chance(0.1))
    found = [_plain(HEADINGS[key]) for key in keys]
    found.append(
        Indexed(condition.ui, condition.name, not draft.qualifiers, draft.qualifiers)
    )
    return sorted(found, key=_by_name)


def _by_name(indexed: Indexed) -> str:
    return indexed.name


def _plain(heading: Heading) -> Indexed:
    return Indexed(heading.ui, heading.name, False, ())


def _people(condition: Condition) -> tuple[str, ...]:
    ages = next(keys for limit, keys in _AGES if condition.age < limit)
    sexes = {
        "both": ("male", "female"),
        "women": ("female",),
        "men": ("male",),
        "pregnant": ("female", "pregnancy"),
    }[condition.sex]
    return ("humans", *ages, *sexes)


def status(draw: Draw, days_old: int) -> str:
    """How far NLM is with the record; most are indexed within a week."""
    share = draw.random()
    if days_old < 7:
        steps = ((0.5, "MEDLINE"), (0.68, "Publisher"), (0.8, "In-Process"))
    else:
        steps = ((0.82, "MEDLINE"), (0.84, "Publisher"), (0.86, "In-Process"))
    return next((name for limit, name in steps if share < limit), "PubMed-not-MEDLINE")
