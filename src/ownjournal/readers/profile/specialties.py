"""Specialties and practices, from the table beside this file."""

import tomllib
from functools import cache
from pathlib import Path

from msgspec import Struct

TABLE = Path(__file__).with_name("specialties.toml")


class Topic(Struct, frozen=True):
    """A MeSH descriptor."""

    ui: str
    name: str


class JournalName(Struct, frozen=True):
    """A journal, as NLM names it."""

    abbreviation: str
    issn_linking: str


class Specialty(Struct, frozen=True):
    """What a reader of it is offered to follow; a selection of ours."""

    code: str
    name: str
    topics: tuple[Topic, ...]
    journals: tuple[JournalName, ...]
    words: tuple[str, ...]


@cache
def specialties() -> dict[str, Specialty]:
    """By code, in the order of their names."""
    with TABLE.open("rb") as file:
        table = tomllib.load(file)
    return {
        code: Specialty(
            code=code,
            name=row["name"],
            topics=tuple(Topic(ui, name) for ui, name in row["topics"]),
            journals=tuple(JournalName(name, issn) for name, issn in row["journals"]),
            words=tuple(row["words"]),
        )
        for code, row in table.items()
    }
