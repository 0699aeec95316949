"""The rules of appraisal against the labels of people."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.figures import Row
from ownjournal.appraisal.digest import conclusion_of
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
    """Trials found among 463 records of 2000; claims among the sentences of 375."""
    lines = (folder / "publication_types_development.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    gold = [TRIAL in each["publication_types"] for each in records]
    for told in ("withheld", "given"):
        found = [_is_trial(each, told == "given") for each in records]
        negatives = [not each for each in found], [not each for each in gold]
        target = 0.95 if told == "withheld" else None
        yield _row(f"trials, types {told}: sensitivity", _share(found, gold), target)
        yield _row(f"trials, types {told}: specificity", _share(*negatives), target)
    claims = folder / "claim_sentences_validation.json"
    yield Row(
        "ranking",
        "the conclusion of running text is a claim",
        _claims(claims, conclusion_of),
        "share",
        "higher",
        target=0.95,
        peer="last sentence",
        peer_value=_claims(claims, lambda sentences: len(sentences) - 1),
    )


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


def _claims(path: Path, choose: Callable[[Sequence[str]], int | None]) -> float:
    """How often the sentence chosen is one that experts call a claim."""
    right: list[bool] = []
    for line in path.read_text().splitlines():
        each = json.loads(line)
        labels = [label == "1" for label in map(str, each["labels"])]
        if any(labels):
            right.append(labels[choose(each["sentences"]) or 0])
    return sum(right) / len(right)
