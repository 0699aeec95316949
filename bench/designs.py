"""Study designs, by rules and by rules with a model, against labels of people.

Two measures. Trials among the 463 records of 2000, publication types withheld: in
each of five folds a model is trained on the other records and on the pool, and the
score is its log-odds with `OF_RULES` more where the rules say trial, so that
rules order before the model does. And the ten
clinical designs on articles labelled by hand: PMIDs with an odd last digit are
reported, even ones are those on which rules and model were developed. What is
confused is told of the latter alone, as nobody may learn from the former.

No labelled article is ever trained on, and no record of the fold that is measured.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.figures import Row
from bench.labelled import (
    TRIAL,
    article,
    designs_by_hand,
    development,
    hand_labels,
    pool,
)
from ownjournal.appraisal.choosing import designs_of
from ownjournal.appraisal.features import terms_of
from ownjournal.appraisal.model import SparseModel
from ownjournal.appraisal.reading import Reading, reading
from ownjournal.appraisal.teaching import taught
from ownjournal.appraisal.training import area, calibration_error
from ownjournal.pubmed.article import Article

FOLDS = 5
OF_RULES = 8.0  # more than any model says: rules come first, as in `judge`
FROM_POOL = 12_000  # records without types, of some 35,000
OTHER_SOURCES = {"inlpt36", "hoc_tokenised"}  # not medicine, or without titles

TOGETHER = {
    "meta-analysis": "systematic-review",
    "pilot-trial": "rct",
    "case-series": "case-report",
}
CLINICAL = (
    "systematic-review",
    "rct",
    "non-randomised-trial",
    "cohort",
    "case-control",
    "cross-sectional",
    "qualitative",
    "economic",
    "case-report",
    "review",
)
"""The designs of clinical studies with eight articles or more in the report."""


def rows(shared: Path, every: int = 1) -> Iterator[Row]:
    """The figures of designs; `every` above 1 takes less of the pool."""
    records = development(shared)
    teachers = [article(each) for each in _teachers(shared, FROM_POOL // every)]
    yield from _trials(records, teachers)
    model = taught([*teachers, *map(article, records)], today=date.today())  # noqa: DTZ011
    yield from _by_hand(shared, model)


def _teachers(shared: Path, most: int) -> Iterator[dict[str, object]]:
    """Of the pool all with types, and some others; none that is measured on."""
    measured = {
        *designs_by_hand(),
        *(int(each["pmid"]) for each in development(shared)),
    }
    others = []
    for each in pool(shared):
        if int(each["pmid"]) in measured or not each.get("title"):
            continue
        if each.get("pt"):
            yield each
        elif each.get("abstract") and OTHER_SOURCES.isdisjoint(each["src"]):
            others.append(each)
    random.Random(1).shuffle(others)
    yield from others[:most]


def _trials(
    records: Sequence[dict[str, object]], teachers: Sequence[Article]
) -> Iterator[Row]:
    reads = [reading(article(each, told=False)) for each in records]
    gold = np.array([TRIAL in str(each["publication_types"]) for each in records])
    by_rules = np.array([_is_trial(read) for read in reads])
    fold = np.array([int(str(each["pmid"])) % FOLDS for each in records])
    scores = OF_RULES * by_rules
    for number in range(FOLDS):
        of_others = [
            article(each)
            for each, place in zip(records, fold, strict=True)
            if place != number
        ]
        model = taught([*teachers, *of_others], today=date.today(), only=("rct",))  # noqa: DTZ011
        asked = np.flatnonzero(fold == number)
        found = model.scores([terms_of(reads[place]) for place in asked])
        scores[asked] += found[:, 0]
    yield _row("trials, cross-validated: AUC", area(scores, gold), 0.985)
    yield _row(
        "trials, cross-validated: specificity at 95 % sensitivity",
        specificity(scores, gold, 0.95),
        0.95,
    )


def _is_trial(read: Reading) -> bool:
    [(finding, _)] = designs_of([read], None)
    return finding.design in ("rct", "pilot-trial")


def specificity(
    scores: NDArray[np.float64], gold: NDArray[np.bool_], sensitivity: float
) -> float:
    """The share of others below the cut that finds this share of the gold."""
    positives = np.sort(scores[gold])
    missed = int((1 - sensitivity) * len(positives) + 1e-9)
    return float((scores[~gold] < positives[missed]).mean())


def _by_hand(shared: Path, model: SparseModel) -> Iterator[Row]:
    labels = designs_by_hand()
    texts = {
        int(each["pmid"]): each for each in pool(shared) if int(each["pmid"]) in labels
    }
    pmids = sorted(labels)
    reads = [reading(article(texts[pmid], told=False)) for pmid in pmids]
    gold = [_one(labels[pmid]) for pmid in pmids]
    odd = np.array([pmid % 2 == 1 for pmid in pmids])
    found = designs_of(reads, model)
    told = [_one(finding.design) for finding, _ in found]
    alone = [_one(finding.design) for finding, _ in designs_of(reads, None)]
    half, other = np.flatnonzero(odd), np.flatnonzero(~odd)
    yield Row(
        "ranking",
        "ten clinical designs by hand, text only: macro-F1",
        macro_f1(gold, told, half),
        "",
        "higher",
        target=0.75,
        note=f"{len(half)} articles; {len(other)} it was developed on:"
        f" {macro_f1(gold, told, other):.3f}; rules alone:"
        f" {macro_f1(gold, alone, half):.3f}, {macro_f1(gold, alone, other):.3f};"
        f" confused in development: {_pairs(gold, told, other)}",
    )
    yield _row("designs by hand: right of all", _right(gold, told, half), None)
    unclear = [told[place] == "unclear" for place in half]
    yield Row(
        "ranking", "designs by hand: unclear", float(np.mean(unclear)), "share", "lower"
    )
    chances = [
        (found[p][1], gold[p] == told[p]) for p in half if found[p][1] is not None
    ]
    error = calibration_error(
        np.array([each for each, _ in chances]),
        np.array([right for _, right in chances]),
    )
    yield Row("ranking", "designs by hand: calibration error", error, "", "lower")
    passes = [(first, second) for first, second, _ in hand_labels().values()]
    yield _row("designs by hand: agreement of two passes (kappa)", kappa(passes), None)


def _row(figure: str, value: float, target: float | None) -> Row:
    return Row("ranking", figure, value, "", "higher", target=target)


def _one(design: str) -> str:
    return TOGETHER.get(design, design)


def _right(
    gold: Sequence[str], told: Sequence[str], places: NDArray[np.int64]
) -> float:
    return float(np.mean([gold[place] == told[place] for place in places]))


def macro_f1(
    gold: Sequence[str], told: Sequence[str], places: NDArray[np.int64]
) -> float:
    """Mean F1 of the clinical designs that occur among these places."""
    found: list[float] = []
    for design in CLINICAL:
        right = sum(gold[p] == design == told[p] for p in places)
        named = sum(told[p] == design for p in places)
        there = sum(gold[p] == design for p in places)
        if there:
            found.append(2 * right / (named + there))
    return sum(found) / len(found)


def _pairs(gold: Sequence[str], told: Sequence[str], places: NDArray[np.int64]) -> str:
    """The most frequent confusions, "bench as unclear 9"."""
    wrong = Counter((gold[p], told[p]) for p in places if gold[p] != told[p])
    return ", ".join(f"{is_} as {as_} {n}" for (is_, as_), n in wrong.most_common(6))


def kappa(passes: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa (1960): agreement beyond what the shares of codes give."""
    first, second = Counter(a for a, _ in passes), Counter(b for _, b in passes)
    agreed = sum(a == b for a, b in passes) / len(passes)
    both = sum(first[each] * second[each] for each in first)
    chance: float = both / len(passes) ** 2
    return (agreed - chance) / (1 - chance)
