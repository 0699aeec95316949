"""The rules and models of appraisal against the labels of people."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import claims, designs
from bench.figures import Row
from bench.labelled import TRIAL, article, development
from ownjournal.appraisal.judge import judge


def rows(folder: Path) -> Iterator[Row]:
    """Trials found among 463 records of 2000, designs, sentences of abstracts."""
    records = development(folder.parent)
    gold = [TRIAL in each["publication_types"] for each in records]
    for told in ("withheld", "given"):
        judged = [judge(article(each, told=told == "given")) for each in records]
        found = [each.design in ("rct", "pilot-trial") for each in judged]
        negatives = [not each for each in found], [not each for each in gold]
        yield _row(f"trials, types {told}: sensitivity", _share(found, gold))
        yield _row(f"trials, types {told}: specificity", _share(*negatives))
    yield from designs.rows(folder.parent)
    yield from claims.rows(folder)


def _row(figure: str, value: float) -> Row:
    return Row("ranking", figure, value, "share", "higher")


def _share(found: Sequence[bool], gold: Sequence[bool]) -> float:
    """The share of the gold that was found."""
    return sum(f for f, g in zip(found, gold, strict=True) if g) / sum(gold)
