"""Conditions and MeSH headings, read once from the two tables beside this file.

`conditions.tsv` pairs a real condition with what invented studies measure in
it; `headings.tsv` names the other MeSH descriptors by a short key. UIs and
names are NLM's.
"""

import csv
from pathlib import Path

from msgspec import Struct, convert

HERE = Path(__file__).parent


class Condition(Struct, frozen=True):
    """A condition as the invented studies see it."""

    specialty: str
    ui: str
    name: str  # of the MeSH descriptor
    phrase: str  # inside a sentence
    people: str  # whom the studies enrol, plural
    age: float  # usual mean age, years
    sex: str  # "both", "women", "men", "pregnant"
    event: str  # an unwelcome outcome
    risk: float  # share of controls that have it
    measure: str  # a continuous outcome
    unit: str
    mean: float
    sd: float
    better: str  # "lower" or "higher" values of the measure


class Heading(Struct, frozen=True):
    """A MeSH descriptor that is not one of the conditions."""

    ui: str
    name: str
    key: str


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


CONDITIONS = tuple(
    convert(row, Condition, strict=False) for row in _rows("conditions.tsv")
)
SPECIALTIES = tuple(dict.fromkeys(each.specialty for each in CONDITIONS))
HEADINGS = {
    each.key: each
    for each in (convert(row, Heading, strict=False) for row in _rows("headings.tsv"))
}
