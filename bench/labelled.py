"""Records of the shared data as articles, with the labels that people gave them.

The data names publication types and headings without UIs; those that mean
something to the rules are given theirs.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Journal,
    JournalIssue,
    Markup,
    MeshHeading,
    PubDate,
    PublicationType,
    Section,
)

TRIAL = "Randomized Controlled Trial"
TYPES = {
    TRIAL: "D016449",
    "Biography": "D019215",
    "Case Reports": "D002363",
    "Clinical Trial": "D016430",
    "Clinical Trial, Phase I": "D017426",
    "Clinical Trial, Phase II": "D017427",
    "Clinical Trial, Phase III": "D017428",
    "Comment": "D016420",
    "Controlled Clinical Trial": "D018848",
    "Editorial": "D016421",
    "Guideline": "D016431",
    "Historical Article": "D016456",
    "Letter": "D016422",
    "Meta-Analysis": "D017418",
    "Multicenter Study": "D016448",
    "News": "D016433",
    "Observational Study": "D064888",
    "Practice Guideline": "D017065",
    "Published Erratum": "D016425",
    "Randomized Controlled Trial, Veterinary": "D000081262",
    "Retraction of Publication": "D016440",
    "Review": "D016454",
    "Systematic Review": "D000078182",
}
HEADINGS = {
    "Animals": "D000818",
    "Humans": "D006801",
    "Case-Control Studies": "D016022",
    "Cohort Studies": "D015331",
    "Cost-Benefit Analysis": "D003362",
    "Cross-Sectional Studies": "D003430",
    "Follow-Up Studies": "D005500",
    "Longitudinal Studies": "D008137",
    "Prospective Studies": "D011446",
    "Qualitative Research": "D036301",
    "Retrospective Studies": "D012189",
}
ROOT = Path(__file__).parent


def article(record: dict[str, Any], *, told: bool = True) -> Article:
    """A record as an article; with its types and headings, if they may be told."""
    text, title = record.get("abstract"), record.get("title")
    year = str(record.get("year") or "")
    types = record.get("publication_types") or record.get("pt") or ()
    return Article(
        pmid=int(record["pmid"]),
        title=Markup(str(title)) if title else None,
        abstract=Abstract((Section(Markup(str(text))),)) if text else None,
        journal=Journal(title=record["journal"]) if record.get("journal") else None,
        journal_issue=JournalIssue(PubDate(int(year) if year.isdigit() else None)),
        publication_types=tuple(
            PublicationType(TYPES.get(each.strip()), each) for each in types if told
        ),
        mesh=tuple(
            MeshHeading(HEADINGS.get(each), each)
            for each in record.get("mesh") or ()
            if told
        ),
    )


def development(shared: Path) -> list[dict[str, Any]]:
    """The 463 records of 2000 with their publication types."""
    path = shared / "appraisal" / "publication_types_development.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


def pool(shared: Path) -> Iterator[dict[str, Any]]:
    """All records of the pool, a few thousand with publication types."""
    with gzip.open(shared / "pool" / "articles.jsonl.gz", "rt") as file:
        yield from map(json.loads, file)


def hand_labels() -> dict[int, tuple[str, str, str]]:
    """By PMID the first label, the second, and what was agreed on."""
    rows = _rows("designs.tsv")
    return {int(pmid): (first, second, agreed) for pmid, first, second, agreed in rows}


def designs_by_hand() -> dict[int, str]:
    """By PMID the design of all labelled articles; odd PMIDs are for the report."""
    labels = {pmid: agreed for pmid, (_, _, agreed) in hand_labels().items()}
    for name in ("designs_development.tsv", "designs_report.tsv"):
        labels |= {int(pmid): design for pmid, design in _rows(name)}
    return labels


def _rows(name: str) -> list[list[str]]:
    lines = (ROOT / "labels" / name).read_text().splitlines()[1:]
    return [line.split("\t") for line in lines]
