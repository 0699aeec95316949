"""CSV as the csv module reads it, and what it has to say."""

import csv
import re
from io import StringIO

from pubmed.agreement import Fact, Facts
from pubmed.exports.truth import expected
from pubmed.independent import Said, Title


def read(text: str) -> list[dict[str, str | None]]:
    """The cells; an apostrophe that keeps a program from computing is taken off."""
    assert text.startswith("\ufeff")
    return [
        {name: re.sub(r"(^|;)'", r"\1", cell) or None for name, cell in row.items()}
        for row in csv.DictReader(StringIO(text[1:], newline=""), strict=True)
    ]


def names(said: Said) -> str | None:
    found = [", ".join(each) for each in expected.names(said)]
    return "; ".join(found if said.complete else [*found, "et al."]) or None


def date(said: Said) -> str | None:
    ends = expected.ends(expected.counts(said))
    text = "/".join("-".join(f"{part:02}" for part in end) for end in ends)
    return " ".join(filter(None, (text, expected.season(said)))) or None


FACTS: Facts = {
    "PMID": Fact(lambda said: said.pmid, lambda row: row["pmid"], 768),
    "DOI": Fact(lambda said: said.doi, lambda row: row["doi"], 405),
    "PMCID": Fact(lambda said: said.pmcid, lambda row: row["pmcid"], 143),
    "title": Fact(expected.title, lambda row: row["title"], 768),
    "original title": Fact(
        lambda said: said.vernacular_title and Title(said.vernacular_title),
        lambda row: row["original_title"],
        68,
    ),
    "authors": Fact(names, lambda row: row["authors"], 746),
    "journal": Fact(expected.journal, lambda row: row["journal"], 768),
    "abbreviation": Fact(
        expected.abbreviation, lambda row: row["journal_abbreviation"], 762
    ),
    "year": Fact(
        lambda said: str(expected.counts(said).year), lambda row: row["year"], 768
    ),
    "date": Fact(date, lambda row: row["date"], 768),
    "volume": Fact(expected.volume, lambda row: row["volume"], 715),
    "issue": Fact(expected.number, lambda row: row["issue"], 604),
    "pages": Fact(expected.pages, lambda row: row["pages"], 737),
    "publication types": Fact(
        lambda said: "; ".join(said.types), lambda row: row["publication_types"], 768
    ),
    "languages": Fact(
        lambda said: "; ".join(said.many("Article/Language") + said.many("Language")),
        lambda row: row["languages"],
        768,
    ),
    "keywords": Fact(
        lambda said: "; ".join(said.many("KeywordList/Keyword")) or None,
        lambda row: row["keywords"],
        230,
    ),
    "MeSH": Fact(
        lambda said: "; ".join(each.name for each in said.mesh) or None,
        lambda row: row["mesh"],
        604,
    ),
    "abstract": Fact(expected.abstract, lambda row: row["abstract"], 579),
}
