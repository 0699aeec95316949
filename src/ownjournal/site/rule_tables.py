"""The rules as tables, read from the rules themselves.

Every row is made from what the program uses, at the moment it is asked: a
constant that changes, changes its table. Only what a number cannot say (what a
place in an issue is for) is written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from ownjournal.appraisal import (
    abstract_rules,
    choosing,
    designs,
    integrity,
    labels,
    levels,
    signs,
    title_rules,
)
from ownjournal.appraisal.designs import design_named
from ownjournal.appraisal.rule import Rules
from ownjournal.catalogue.notices import SHORT
from ownjournal.ranking import issue, slots, standing

NONE = "–"


@dataclass(frozen=True, slots=True)
class DesignRow:
    """A study design, where it stands, and the points it earns by itself."""

    name: str
    explanation: str
    rank: int  # 1 is the most trusted
    quality: int
    significance: int


@dataclass(frozen=True, slots=True)
class OrderRow:
    """Rules that are tried together, and the designs they find, in their order."""

    name: str
    place: str  # "Title", "Abstract", "PubMed"
    designs: str


@dataclass(frozen=True, slots=True)
class SignRow:
    """A further sign and its points."""

    name: str
    quality: str
    significance: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The levels of a design."""

    design: str
    levels: tuple[str, ...]  # one for each question; "–" where there is none


@dataclass(frozen=True, slots=True)
class Told:
    """A name and what is said of it."""

    name: str
    text: str


def design_rows() -> tuple[DesignRow, ...]:
    """All designs, the most trusted first."""
    ordered = sorted(designs.DESIGNS.values(), key=lambda design: design.rank)
    return tuple(
        DesignRow(
            each.name, each.explanation, each.rank, *signs.DESIGN_POINTS[each.code]
        )
        for each in ordered
    )


def order_rows() -> tuple[OrderRow, ...]:
    """Every group of rules that finds a design, and PubMed's own types."""
    return (
        *_groups("Title", title_rules),
        *_groups("Abstract", abstract_rules),
        *_types(),
    )


def _groups(place: str, module: ModuleType) -> Iterator[OrderRow]:
    """The groups of rules that a module names, in the order of its source."""
    for name, value in vars(module).items():
        if isinstance(value, Rules) and not name.startswith("_"):
            found = dict.fromkeys(each.code for each in value.rules)
            names = [
                designs.DESIGNS[code].name for code in found if code in designs.DESIGNS
            ]
            if names:
                yield OrderRow(_as_words(name), place, ", ".join(names))


def _types() -> Iterator[OrderRow]:
    for name, value in vars(labels).items():
        if isinstance(value, dict) and name.isupper() and name[0] != "_":
            found = dict.fromkeys(design_named(code).name for code in value.values())
            yield OrderRow(_as_words(name), "PubMed", ", ".join(found))


def precision_rows() -> tuple[Told, ...]:
    """How often the rules of a kind find the design that people would give."""
    return tuple(
        Told(f"{kind.capitalize()} rules, {_kind_of_rule(key)}", _percent(share))
        for kind, shares in choosing.PRECISION.items()
        for key, share in shares.items()
    )


def _kind_of_rule(key: str) -> str:
    """ "title", "case-control", "title animal" or "" in words."""
    if not key:
        return "all others"
    place, _, code = key.rpartition(" ")
    known = designs.DESIGNS.get(code)
    told = known.name.lower() if known else f"by {code}"
    return f"by {place}: {told}" if place else told


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _as_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def sign_rows() -> tuple[SignRow, ...]:
    """Sizes first, then the signs whose points are fixed, then what takes away."""
    return (*_sizes(), *_fixed(), *_yields(), *_taken())


def _sizes() -> Iterator[SignRow]:
    most = None
    for least, quality, significance in signs.SIZE_POINTS:
        people = f"{least:,} to {most:,}" if most else f"{least:,} or more"
        name = f"{signs.KINDS['size'].name}: {people} people"
        yield SignRow(name, _points(quality), _points(significance))
        most = least - 1


def _fixed() -> Iterator[SignRow]:
    for kind in signs.KINDS.values():
        if kind.quality or kind.significance:
            yield SignRow(kind.name, _points(kind.quality), _points(kind.significance))


def _yields() -> Iterator[SignRow]:
    for share, quality in signs.YIELD_POINTS:
        name = f"{signs.KINDS['yield'].name}: {_percent(share)} strong designs or more"
        yield SignRow(name, _points(quality), NONE)


def _points(points: int) -> str:
    return f"{points:+d}" if points else NONE


def _taken() -> Iterator[SignRow]:
    yield SignRow(f"{signs.KINDS['not-clinical'].name}", NONE, "half")
    grave = " or ".join(SHORT[state].lower() for state in sorted(integrity.GRAVE))
    name = signs.KINDS["integrity"].name
    yield SignRow(f"{name}: {grave}", "all", "all")
    yield SignRow(f"{name}: {SHORT['concern'].lower()}", "half", "half")


def level_rows() -> tuple[LevelRow, ...]:
    """Designs that have a level for any question, the highest first."""
    coded = dict.fromkeys(code for table in levels.LEVELS.values() for code in table)
    rows = [
        LevelRow(
            design_named(code).name,
            tuple(
                str(levels.LEVELS[question].get(code, NONE))
                for question in levels.QUESTIONS
            ),
        )
        for code in coded
    ]
    return tuple(sorted(rows, key=lambda row: min(row.levels)))


def without_level() -> tuple[Told, ...]:
    """Designs that never have a level, and why."""
    told = levels.NO_LEVEL.items()
    return tuple(Told(design_named(code).name, reason) for code, reason in told)


def integrity_rows() -> tuple[Told, ...]:
    """What can be known against an article, the gravest first."""
    return tuple(
        Told(SHORT[state], f"{sentence}.")
        for state, sentence in integrity.STATES.items()
    )


def place_rows(length: int) -> tuple[Told, ...]:
    """The places of an issue of so many articles, in their order, and notices."""
    return (*(Told(*_place(slot, length)) for slot in issue.SLOTS), Told(*NOTICES))


NOTICES = (
    "Notices",
    "News of articles that an earlier issue showed you: retracted, corrected, taken "
    "back. They take no place.",
)


def _place(slot: str, length: int) -> tuple[str, str]:
    """What a place is for, with the numbers that decide it."""
    if slot == "lead":
        times = 1 + issue.LEAD_EVIDENCE / standing.EVIDENCE
        return (
            "Lead",
            "The best by score, with evidence counting "
            f"{times:g} times as much as elsewhere. Nothing under a concern leads.",
        )
    if slot == "practice":
        return (
            "For your practice",
            "What is near your interests: one article at least for each interest "
            f"that has any, and for none more than {_percent(slots.CEILING)} of the "
            "places while another has something to offer.",
        )
    if slot == "outside":
        return (
            "Outside your interests",
            f"{slots.places_outside(length)} of {length}: the best evidence among "
            "articles of high quality or significance that stand below the middle in "
            "relevance. Never drawn by lot.",
        )
    return (
        "To explore",
        f"{slots.places_to_explore(length)} of {length}: among the best by quality, "
        "the one nearest to an interest without being about it. What you make of it "
        "teaches most.",
    )
