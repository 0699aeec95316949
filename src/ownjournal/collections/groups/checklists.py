"""Questions for the appraisal of an article, by its study design; pure.

They stand in checklists.toml, in our own words with their sources. A design without
questions of its own gets those for any article.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ownjournal.appraisal.designs import DESIGNS

FILE = Path(__file__).with_name("checklists.toml")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask."""

    code: str  # kept with the answers
    text: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What to ask of articles of some designs."""

    name: str
    designs: tuple[str, ...]  # codes; () for any other
    sources: tuple[str, ...]
    questions: tuple[Question, ...]


@cache
def checklists() -> tuple[Checklist, ...]:
    """All of them; the last one is for any article. Raises ValueError for a fault."""
    read = tuple(
        Checklist(
            name=each["name"],
            designs=tuple(each["designs"]),
            sources=tuple(each["sources"]),
            questions=tuple(Question(code, text) for code, text in each["questions"]),
        )
        for each in tomllib.loads(FILE.read_text("utf-8"))["checklist"]
    )
    unknown = {design for each in read for design in each.designs} - set(DESIGNS)
    if unknown or read[-1].designs:
        raise ValueError(f"{FILE.name}: {unknown or 'the last one has designs'}")
    return read


def checklist_for(design: str | None) -> Checklist:
    """The one for a design."""
    found = (each for each in checklists() if design in each.designs)
    return next(found, checklists()[-1])
