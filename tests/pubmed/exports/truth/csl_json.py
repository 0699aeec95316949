"""CSL-JSON as the json module reads it, and what it has to say."""

import json
import re
from typing import Any

from pubmed.agreement import Fact, Facts
from pubmed.exports.truth import expected
from pubmed.independent import Said

TAGS = re.compile("</?(?:i|b|sup|sub)>")


def read(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)
    return found


def without_tags(text: str | None) -> str | None:
    return TAGS.sub("", text) if text else None


def names(people: list[dict[str, str]]) -> tuple[tuple[str, ...], ...]:
    order = ("literal", "family", "given", "suffix")
    return tuple(tuple(each[key] for key in order if key in each) for each in people)


def date(value: dict[str, Any] | None) -> expected.Ends:
    return tuple(map(tuple, value["date-parts"])) if value else ()


def season(said: Said) -> int | None:
    found = expected.season(said)
    return expected.SEASONS[found] if found else None


def available(said: Said) -> expected.Ends:
    """The day it went online, where that is not the date that counts."""
    online = said.electronic
    return expected.ends(online if online != expected.counts(said) else None)


def kind(said: Said) -> str:
    if said.is_book:
        return "chapter"
    types = set(said.types)
    if "Preprint" in types:
        return "article"
    return "dataset" if types == {"Dataset"} else "article-journal"


FACTS: Facts = {
    "type": Fact(kind, lambda item: item["type"], 768),
    "title": Fact(expected.title, lambda item: without_tags(item["title"]), 768),
    "original title": Fact(
        expected.original_title,
        lambda item: without_tags(item.get("original-title")),
        60,
    ),
    "authors": Fact(expected.names, lambda item: names(item.get("author", [])), 746),
    "date": Fact(
        lambda said: expected.ends(expected.counts(said)),
        lambda item: date(item.get("issued")),
        768,
    ),
    "season": Fact(season, lambda item: item.get("issued", {}).get("season"), 7),
    "available date": Fact(
        available, lambda item: date(item.get("available-date")), 94
    ),
    "journal": Fact(expected.journal, lambda item: item.get("container-title"), 768),
    "abbreviation": Fact(
        expected.abbreviation, lambda item: item.get("container-title-short"), 762
    ),
    "ISSN": Fact(
        lambda said: (
            said.one("Journal/ISSN") or said.info("MedlineJournalInfo/ISSNLinking")
        ),
        lambda item: item.get("ISSN"),
        749,
    ),
    "volume": Fact(expected.volume, lambda item: item.get("volume"), 715),
    "issue": Fact(expected.number, lambda item: item.get("issue"), 604),
    "pages": Fact(expected.pages, lambda item: item.get("page"), 737),
    "DOI": Fact(lambda said: said.doi, lambda item: item.get("DOI"), 405),
    "PMID": Fact(lambda said: said.pmid, lambda item: item["PMID"], 768),
    "PMCID": Fact(lambda said: said.pmcid, lambda item: item.get("PMCID"), 143),
    "language": Fact(expected.language, lambda item: item.get("language"), 762),
    "abstract": Fact(
        expected.abstract,
        lambda item: item.get("abstract"),
        579,
    ),
    "keywords": Fact(
        lambda said: "; ".join(expected.subjects(said)) or None,
        lambda item: item.get("keyword"),
        696,
    ),
    "publication types": Fact(
        lambda said: said.types,
        lambda item: tuple(item["custom"]["publication-types"]),
        768,
    ),
    "copyright": Fact(
        lambda said: said.abstract and said.abstract.copyright,
        lambda item: item["custom"].get("copyright"),
        147,
    ),
    "retracted": Fact(
        lambda said: "RetractionIn" in {each.kind for each in said.links},
        lambda item: item.get("status") == "retracted",
        7,
    ),
}
