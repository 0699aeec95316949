"""RIS as rispy reads it, and what it has to say."""

import re
from typing import Any

import rispy

from pubmed.agreement import Fact, Facts
from pubmed.exports.truth import expected
from pubmed.independent import Said


def read(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rispy.loads(text)
    return found


def names(said: Said) -> tuple[str, ...]:
    """A comma stands behind a name that is in one piece, for EndNote."""
    return tuple(
        f"{each[0]}," if len(each) == 1 else ", ".join(each)
        for each in expected.names(said)
    )


def day(said: Said) -> str:
    """YYYY/MM/DD/other, with nothing for what was not printed."""
    date = expected.counts(said)
    ends = expected.ends(date)
    if len(ends) != 1:
        year = str(date.year)
        words = (date.words or "").replace(" - ", "-")
        return f"{year}///{words.removeprefix(year).strip()}"
    parts = [f"{part:02}" for part in ends[0]] + ["", ""]
    return "/".join([*parts[:3], expected.season(said) or ""])


def online(said: Said) -> str | None:
    found = expected.ends(said.electronic)
    return "/".join(f"{part:02}" for part in found[0]) if found else None


def ends_of_pages(said: Said) -> tuple[str | None, str | None]:
    """Both, if it is one range; else the whole text is the first."""
    found = expected.pages(said)
    if found is None or not re.fullmatch(r"[A-Za-z0-9]+-[A-Za-z0-9]+", found):
        return found, None
    first, last = found.split("-")
    return first, last


FACTS: Facts = {
    "title": Fact(expected.title, lambda entry: entry["title"], 768),
    "authors": Fact(names, lambda entry: tuple(entry.get("authors", ())), 746),
    "year": Fact(
        lambda said: str(expected.counts(said).year),
        lambda entry: entry.get("year"),
        768,
    ),
    "date": Fact(day, lambda entry: entry.get("date"), 768),
    "online": Fact(online, lambda entry: entry.get("edition"), 233),
    "journal": Fact(expected.journal, lambda entry: entry.get("secondary_title"), 768),
    "abbreviation": Fact(
        expected.abbreviation, lambda entry: entry.get("alternate_title1"), 762
    ),
    "volume": Fact(expected.volume, lambda entry: entry.get("volume"), 715),
    "issue": Fact(expected.number, lambda entry: entry.get("number"), 604),
    "pages": Fact(
        ends_of_pages,
        lambda entry: (entry.get("start_page"), entry.get("end_page")),
        768,
    ),
    "DOI": Fact(lambda said: said.doi, lambda entry: entry.get("doi"), 405),
    "PMID": Fact(
        lambda said: said.pmid, lambda entry: entry.get("accession_number"), 768
    ),
    "PMCID": Fact(lambda said: said.pmcid, lambda entry: entry.get("custom2"), 143),
    "languages": Fact(
        lambda said: "; ".join(expected.languages(said)) or None,
        lambda entry: entry.get("language"),
        762,
    ),
    "abstract": Fact(expected.abstract, lambda entry: entry.get("abstract"), 579),
    "keywords": Fact(
        expected.subjects, lambda entry: tuple(entry.get("keywords", ())), 696
    ),
}
