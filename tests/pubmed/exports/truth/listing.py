"""Plain text by its paragraphs, and what they have to say."""

import re

from pubmed.agreement import Fact, Facts
from pubmed.exports.truth import nbib_fields
from pubmed.independent import Formula, Link, Person, Said
from pubmed.independent_citation import source

NOTICES = {
    "RetractionIn": "Retraction in",
    "ErratumIn": "Erratum in",
    "UpdateIn": "Update in",
    "RetractionOf": "Retraction of",
    "ErratumFor": "Erratum for",
    "UpdateOf": "Update of",
}


def read(text: str) -> list[str]:
    """The references without their numbers."""
    found = re.split(r"\n\n", text.strip())
    return [re.sub(r"^\d+\. ", "", each).splitlines()[-1].strip() for each in found]


def reference(said: Said, language: str | None = None) -> str:
    """People, title, where it stands, numbers; each with one full stop."""
    title = said.title or said.vernacular_title or ""
    numbers = f"PMID: {said.pmid}" + (f"; PMCID: {said.pmcid}" if said.pmcid else "")
    where = source(said, language)
    parts = (people(said), title, where, *notices(said), numbers)
    text = " ".join(stopped(part) for part in parts if part)
    return Formula(text) if isinstance(title, Formula) else text


def people(said: Said) -> str:
    """Names by commas; before and behind a group stands a semicolon."""
    text, after_group = "", False
    for each in nbib_fields.valid(said):
        if text:
            text += "; " if each.group or after_group else ", "
        text += (each.group or short_name(each)).removesuffix(".")
        after_group = each.group is not None
    return f"{text}, et al" if text and not said.complete else text


def short_name(person: Person) -> str:
    return " ".join(filter(None, (person.last, person.initials, person.suffix)))


def notices(said: Said) -> list[str]:
    """What NLM's citations tell of, gravest first."""
    links = [each for each in said.links if each.kind in NOTICES]
    links.sort(key=lambda each: list(NOTICES).index(each.kind))
    return [f"{NOTICES[x.kind]}: {place(x)}" for x in links]


def place(link: Link) -> str:
    """NLM's signs for a place that is not known yet, ";:", are none."""
    return link.source.removesuffix(";:") if link.source else f"PMID {link.pmid}"


def stopped(text: str) -> str:
    return text if text[-1] in ".?!" else f"{text}."


FACTS: Facts = {
    "reference": Fact(
        lambda said: None if said.is_book else reference(said),
        lambda text: None if " In: " in text else text,
        762,
    ),
}
