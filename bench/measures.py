"""How well readers were served: figures of a replay, and how sure they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.replay import SHOWN, Record, Scores, order

RESAMPLES = 10_000
SEED = 3

Wanted = NDArray[np.bool_]


def figures(record: Record) -> dict[str, float]:
    """nDCG@10 and R@20, means over issues that hold anything wanted; WSS@95."""
    parts = _parts(record, np.array(sorted(record.reader.wanted)))
    held = [part for part in parts if part[0].any()]
    wanted, found = (np.concatenate(each) for each in zip(*parts, strict=True))
    return {
        "nDCG@10": float(np.mean([ndcg(*part, 10) for part in held])),
        "R@20": float(np.mean([recall(*part, SHOWN) for part in held])),
        "WSS@95": saved_work(wanted, found),
    }


def of_subjects(record: Record) -> dict[str, float]:
    """R@20 of the subject that is served worst, and of all that is wanted."""
    means, found, wanted = [], 0.0, 0
    for wish in record.reader.wishes:
        parts = _parts(record, np.array(wish.wanted))
        held = [part for part in parts if part[0].any()]
        means.append(float(np.mean([recall(*part, SHOWN) for part in held])))
        found += sum(recall(*part, SHOWN) * part[0].sum() for part in held)
        wanted += sum(int(part[0].sum()) for part in held)
    return {"worst R@20": min(means), "micro R@20": found / wanted}


def _parts(record: Record, wanted: NDArray[np.intp]) -> list[tuple[Wanted, Scores]]:
    """Issue by issue, what is wanted and what it scored."""
    pairs = zip(record.places, record.scores, strict=True)
    return [(np.isin(places, wanted), scores) for places, scores in pairs]


def ndcg(wanted: Wanted, found: Scores, depth: int) -> float:
    """Normalised discounted cumulative gain of the first `depth`."""
    gains = wanted[order(found)][:depth]
    discounts = 1 / np.log2(np.arange(2, depth + 2))
    best = discounts[: min(depth, int(wanted.sum()))].sum()
    return float((gains * discounts[: len(gains)]).sum() / best)


def recall(wanted: Wanted, found: Scores, depth: int) -> float:
    """The share of what is wanted that stands among the first `depth`."""
    return float(wanted[order(found)][:depth].sum() / wanted.sum())


def saved_work(wanted: Wanted, found: Scores) -> float:
    """WSS@95: reading saved when 95 % of what is wanted has been found."""
    hits = np.cumsum(wanted[order(found)])
    needed = np.ceil(0.95 * hits[-1])
    read = int(np.argmax(hits >= needed)) + 1
    return float((len(wanted) - read) / len(wanted) - 0.05)


@dataclass(frozen=True)
class Difference:
    """One method less another, paired by reader."""

    mean: float
    low: float  # of the interval that holds 95 % of the resampled means
    high: float
    wins: int  # readers who are served better
    readers: int


def difference(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """A paired bootstrap over readers, 10,000 times, always the same."""
    gaps = np.array(ours) - np.array(theirs)
    drawn = np.random.default_rng(SEED).integers(len(gaps), size=(RESAMPLES, len(gaps)))
    low, high = np.quantile(gaps[drawn].mean(axis=1), [0.025, 0.975])
    wins = int((gaps > 1e-9).sum())
    return Difference(float(gaps.mean()), float(low), float(high), wins, len(gaps))


def recovery(
    drifted: Sequence[Record], always: Sequence[Record], *, share: float = 0.9
) -> int | None:
    """Issues after a change of interest until R@20 is back; None where it never is.

    Back is `share` of what the same method gives a reader who wanted the new
    subject from the beginning, over all readers and three issues.

    always   of the new subjects, in the order of `drifted`
    """
    now: dict[int, list[float]] = {}
    then: dict[int, list[float]] = {}
    for changed, steady in zip(drifted, always, strict=True):
        change = changed.reader.wishes[0].saved[-1]
        for record, found in ((changed, now), (steady, then)):
            for number, value in enumerate(_after(record, change)):
                if value is not None:
                    found.setdefault(number, []).append(value)
    for number in range(max(now, default=0) - 1):
        near = range(number, number + 3)
        values = [each for n in near for each in now.get(n, ())]
        usual = [each for n in near for each in then.get(n, ())]
        if values and usual and np.mean(values) >= share * np.mean(usual):
            return number + 1
    return None


def _after(record: Record, change: int) -> list[float | None]:
    """R@20 of each issue that begins after a place; None where nothing is wanted."""
    wanted = np.array(sorted(record.reader.wanted))
    wanted = wanted[wanted > change]
    pairs = zip(record.places, record.scores, strict=True)
    held = [
        (np.isin(places, wanted), scores)
        for places, scores in pairs
        if places[0] > change
    ]
    return [recall(*part, SHOWN) if part[0].any() else None for part in held]
