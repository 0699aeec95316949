"""The rules of appraisal against the labels of people."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import claims
from bench.figures import Row
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Markup,
    PublicationType,
    Section,
)

TRIAL = "Randomized Controlled Trial"
TYPES = {
    TRIAL: "D016449",
    "Case Reports": "D002363",
    "Clinical Trial": "D016430",
    "Comment": "D016420",
    "Controlled Clinical Trial": "D018848",
    "Editorial": "D016421",
    "Letter": "D016422",
    "Meta-Analysis": "D017418",
    "Multicenter Study": "D016448",
    "News": "D016433",
    "Practice Guideline": "D017065",
    "Review": "D016454",
}
"""UIs of the types in the development records, which name them only."""


def rows(folder: Path) -> Iterator[Row]:
    """Trials found among 463 records of 2000; sentences found in abstracts."""
    lines = (folder / "publication_types_development.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    gold = [TRIAL in each["publication_types"] for each in records]
    for told in ("withheld", "given"):
        found = [_is_trial(each, told == "given") for each in records]
        negatives = [not each for each in found], [not each for each in gold]
        target = 0.95 if told == "withheld" else None
        yield _row(f"trials, types {told}: sensitivity", _share(found, gold), target)
        yield _row(f"trials, types {told}: specificity", _share(*negatives), target)
    yield from claims.rows(folder)


def _row(figure: str, value: float, target: float | None) -> Row:
    return Row("ranking", figure, value, "share", "higher", target=target)


def _share(found: Sequence[bool], gold: Sequence[bool]) -> float:
    """The share of the gold that was found."""
    return sum(f for f, g in zip(found, gold, strict=True) if g) / sum(gold)


def _is_trial(record: dict[str, object], types_given: bool) -> bool:
    text, named = record.get("abstract"), record["publication_types"]
    assert isinstance(named, list)
    article = Article(
        pmid=int(str(record["pmid"])),
        title=Markup(str(record["title"])) if record.get("title") else None,
        abstract=Abstract((Section(Markup(str(text))),)) if text else None,
        publication_types=tuple(
            PublicationType(TYPES.get(each), each) for each in named if types_given
        ),
    )
    return judge(article).design in ("rct", "pilot-trial")
