"""Train a `SparseModel` from labelled examples; needs the extra `train`.

One logistic regression a class, over the terms of the documents. The newest fifth
of the examples is kept apart first: half of it calibrates (Platt 1999), on the
other half the metrics of the card are measured. The model that is kept is trained
on all of them, with that calibration.

Nothing here reads a store: examples come as an iterable and are held as numbers.
"""

import platform
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from importlib.metadata import version
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from ownjournal.appraisal.model import Card, Floats, SparseModel, scaled

FEWEST_OF_A_CLASS = 20
"""Examples; a class with fewer is not learned, and said in the card."""

FEWEST = 200
"""Examples of all classes together."""

MOST_TERMS = 60_000
FEWEST_DOCUMENTS = 4  # that hold a term which is kept
FLAG = 0.5
STRENGTH = 3.0
HELD_OUT = 5  # one in so many is kept apart, the newest
STEPS = 10  # of probability, for the calibration error


class TooFew(Exception):
    """There is too little to learn from; the message is a sentence."""


class Example(Struct, frozen=True):
    """One labelled document."""

    terms: Collection[str]
    label: str | None  # its class; None: none of the classes that are closed
    when: int  # year, or any number that grows with time
    number: int  # PMID: halves what is held out, and breaks ties
    weight: float = 1.0  # of its mistake, in training


class Examples:
    """Examples as numbers: the terms they hold, their labels, their order."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.ids: dict[str, int] = {}
        self.documents: list[array[int]] = []
        self.labels: list[str | None] = []
        order: list[tuple[int, int]] = []
        weights: list[float] = []
        for each in examples:
            ids = self.ids
            known = [ids.setdefault(term, len(ids)) for term in each.terms]
            self.documents.append(array("i", known))
            self.labels.append(each.label)
            order.append((each.when, each.number))
            weights.append(each.weight)
        self.when = np.array([each[0] for each in order], np.int64)
        self.numbers = np.array([each[1] for each in order], np.int64)
        self.weights = np.array(weights, np.float64)

    def classes(self) -> tuple[str, ...]:
        """Those with examples enough, in the order of their names."""
        counted = Counter(each for each in self.labels if each is not None)
        return tuple(
            sorted(each for each, n in counted.items() if n >= FEWEST_OF_A_CLASS)
        )

    def held_out(self) -> NDArray[np.bool_]:
        """The newest fifth: whole years where they can be told apart."""
        newest = np.lexsort((self.numbers, self.when))[::-1]
        held = np.zeros(len(newest), bool)
        held[newest[: len(newest) // HELD_OUT]] = True
        return held


def train(
    kind: str,
    examples: Iterable[Example],
    groups: Mapping[str, int],
    *,
    closed: frozenset[str],
    data: Mapping[str, Any],
    thresholds: Mapping[str, float],
    versions: Mapping[str, str],
    today: date,
    only: Collection[str] | None = None,
    flag: float = FLAG,
    strength: float = STRENGTH,
    told: Callable[[str], None] = lambda line: None,
) -> SparseModel:
    """A calibrated model of the classes that have examples enough.

    groups      group of a term by what stands before its ":"
    closed      classes that every example without a label is known not to be of;
                for other classes such an example says nothing
    thresholds  by class, the probability from which it is believed; "" for others
    only        the classes to learn, where not all are wanted
    flag, strength  weight of a term of group 0; liblinear's C
    told        is given a line for each class

    Raises TooFew.
    """
    found = Examples(examples)
    classes = [each for each in found.classes() if only is None or each in only]
    if len(found.labels) < FEWEST or not classes:
        raise TooFew(
            f"There are {len(found.labels):,} labelled articles to learn from, and"
            f" {len(classes)} classes with {FEWEST_OF_A_CLASS} of them; at least"
            f" {FEWEST} and one are needed. Load more of PubMed first."
        )
    terms, rarity, group = _vocabulary(found, groups, flag)
    matrix = scaled(_columns(found, terms), rarity, group)
    held = found.held_out()
    weights = np.zeros((len(terms), len(classes)), np.float32)
    bias = np.zeros(len(classes), np.float32)
    metrics: dict[str, Any] = {}
    for place, each in enumerate(classes):
        learned = _one_class(matrix, found, each, each in closed, held, strength)
        weights[:, place], bias[place], metrics[each] = learned
        told(f"{each}: {metrics[each]['examples']:,} examples")
    believed = [thresholds.get(each, thresholds[""]) for each in classes]
    counted = {"examples": len(found.labels), **data, "held_out": _years(found, held)}
    card = Card(kind, today.isoformat(), counted, metrics, _versions(versions))
    return SparseModel(
        card=card,
        classes=tuple(classes),
        position={term: place for place, term in enumerate(terms)},
        rarity=rarity,
        group=group,
        weights=weights,
        bias=bias,
        thresholds=np.array(believed, np.float32),
    )


def _versions(others: Mapping[str, str]) -> dict[str, str]:
    """What a model was made with."""
    return {
        "python": platform.python_version(),
        "scikit-learn": version("scikit-learn"),
        **others,
    }


def _vocabulary(
    found: Examples, groups: Mapping[str, int], flag: float
) -> tuple[list[str], Floats, NDArray[np.int32]]:
    """The terms that are kept, most frequent first, their rarity and group."""
    counts = np.zeros(len(found.ids), np.int64)
    for document in found.documents:
        counts[np.frombuffer(document, np.int32)] += 1
    names = list(found.ids)
    order = np.argsort(-counts, kind="stable")[:MOST_TERMS]
    kept = [int(each) for each in order if counts[each] >= FEWEST_DOCUMENTS]
    group = np.array([groups[names[e].partition(":")[0]] for e in kept], np.int32)
    inverse = np.log((1 + len(found.documents)) / (1 + counts[kept])) + 0.01
    rarity = np.where(group == 0, flag, np.maximum(inverse, 0.01))
    return [names[each] for each in kept], rarity.astype(np.float32), group


def _columns(found: Examples, terms: list[str]) -> list[list[int]]:
    place = np.full(len(found.ids), -1, np.int64)
    for column, term in enumerate(terms):
        place[found.ids[term]] = column
    columns = [place[np.frombuffer(each, np.int32)] for each in found.documents]
    return [each[each >= 0].tolist() for each in columns]


def _one_class(
    matrix: csr_array,
    found: Examples,
    class_: str,
    closed: bool,
    held: NDArray[np.bool_],
    strength: float,
) -> tuple[Floats, float, dict[str, Any]]:
    """Weights, bias and metrics of one class against the others."""
    known = np.array([closed or each is not None for each in found.labels])
    gold = np.array([each == class_ for each in found.labels])
    older, newer = known & ~held, known & held
    calibrating = newer & (found.numbers % 2 == 0)
    reported = newer & ~calibrating
    slope, offset, metrics = 1.0, 0.0, {}
    if gold[older].any() and not gold[older].all():
        first = _fit(matrix, gold, older, found.weights, strength)
        slope, offset = _platt(
            first.decision_function(matrix[calibrating]), gold[calibrating]
        )
        scores = first.decision_function(matrix[reported]) * slope + offset
        metrics = measured(scores, gold[reported])
    last = _fit(matrix, gold, known, found.weights, strength)
    weights = np.asarray(last.coef_[0] * slope, np.float32)
    bias = float(last.intercept_[0] * slope + offset)
    return weights, bias, {"examples": int(gold.sum()), **metrics}


def _fit(
    matrix: csr_array,
    gold: NDArray[np.bool_],
    rows: NDArray[np.bool_],
    weights: NDArray[np.float64],
    strength: float,
) -> LogisticRegression:
    model = LogisticRegression(C=strength, solver="liblinear", tol=1e-3)
    return model.fit(matrix[rows], gold[rows], sample_weight=weights[rows])


def _platt(scores: NDArray[Any], gold: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that make scores log-odds; 1 and 0 without enough of both."""
    if min(int(gold.sum()), int((~gold).sum())) < FEWEST_OF_A_CLASS // 2:
        return 1.0, 0.0
    fitted = LogisticRegression(C=1.0).fit(scores.reshape(-1, 1), gold)
    slope = float(fitted.coef_[0, 0])
    return (slope, float(fitted.intercept_[0])) if slope > 0 else (1.0, 0.0)


def measured(scores: NDArray[Any], gold: NDArray[np.bool_]) -> dict[str, float]:
    """Precision and recall at even odds, area under the curve, calibration error.

    The curve is that of sensitivity and specificity; {} without both kinds.
    """
    if not gold.any() or gold.all():
        return {}
    found = scores > 0
    right = int((found & gold).sum())
    return {
        "held_out": len(gold),
        "held_out_of_class": int(gold.sum()),
        "precision": round(right / max(1, int(found.sum())), 3),
        "recall": round(right / int(gold.sum()), 3),
        "auc": round(area(scores, gold), 4),
        "ece": round(calibration_error(1 / (1 + np.exp(-scores)), gold), 4),
    }


def area(scores: NDArray[Any], gold: NDArray[np.bool_]) -> float:
    """How often one of the class scores above one that is not; ties count half."""
    values, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    positive = int(gold.sum())
    above = ranks[gold].sum() - positive * (positive + 1) / 2
    return float(above / (positive * (len(gold) - positive)))


def calibration_error(chances: NDArray[Any], right: NDArray[np.bool_]) -> float:
    """Mean distance between probability told and share that was right, by tenths."""
    step = np.minimum((chances * STEPS).astype(int), STEPS - 1)
    gaps = [
        abs(float(chances[step == each].sum()) - int(right[step == each].sum()))
        for each in range(STEPS)
    ]
    return sum(gaps) / len(chances)


def _years(found: Examples, held: NDArray[np.bool_]) -> str:
    """Of which years the examples kept apart are: "2019-2021"."""
    years = found.when[held]
    return f"{years.min()}-{years.max()}" if len(years) else ""
