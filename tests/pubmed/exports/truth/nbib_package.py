"""nbib as the package of that name reads it, and what it has to say."""

from typing import Any

import nbib

from pubmed.agreement import Fact, Facts
from pubmed.exports.truth import expected, nbib_fields
from pubmed.independent import Said


def read(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = nbib.read(text)
    return found


def affiliations(said: Said) -> tuple[tuple[str, ...], ...]:
    return tuple(each.affiliations for each in nbib_fields.valid(said))


FACTS: Facts = {
    "PMID": Fact(lambda said: int(said.pmid), lambda study: study["pubmed_id"], 768),
    "title": Fact(
        nbib_fields.FACTS["title"].said, lambda study: study.get("title", ""), 760
    ),
    "authors": Fact(
        nbib_fields.full_names,
        lambda study: tuple(each.get("author") for each in study.get("authors", ())),
        737,
    ),
    "DOI": Fact(lambda said: said.doi, lambda study: study.get("doi"), 405),
    "date": Fact(
        nbib_fields.FACTS["date"].said,
        lambda study: study.get("publication_date"),
        768,
    ),
    "journal": Fact(
        lambda said: said.one("Journal/Title"), lambda study: study.get("journal"), 762
    ),
    "volume": Fact(expected.volume, lambda study: study.get("journal_volume"), 715),
    "issue": Fact(expected.number, lambda study: study.get("journal_issue"), 604),
    "pages": Fact(
        lambda said: said.one("Pagination/MedlinePgn"),
        lambda study: study.get("pages"),
        710,
    ),
    "abstract": Fact(expected.abstract, lambda study: study.get("abstract"), 579),
    "types": Fact(
        nbib_fields.FACTS["types"].said,
        lambda study: tuple(study.get("publication_types", ())),
        768,
    ),
}
