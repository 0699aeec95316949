"""Our order of the stream beside those of others, on every course.

    10 seeds, 3 seeds   nothing is learnt after the seeds
    feedback            the reader says of the 20 shown which it wanted
    noise               the same, answers being wrong or withheld
    three interests     three readers in one, seeded 20, 4 and 2
    drift               another subject from the middle of the stream on

The best peer of a figure is the one with the highest mean over readers. An
interval is that of a paired bootstrap over readers: there are seven, so it is wide.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

import numpy as np

from bench import ours
from bench.figures import Row
from bench.measures import difference, figures, of_subjects, recovery
from bench.ranking_peers import dense, learnt, lexical, plain
from bench.replay import Course, Method, Record, Records, drifting, one_profile, replay
from bench.stream import Reader, Stream, issues

AREA = "ranking"
OURS = "ours"
EVIDENCE = "ours with evidence"
MEANING = "ours with meaning"
SINGLE = "ours, one profile"
DECLARED = "ours, subject declared too"
OWN = (OURS, EVIDENCE, MEANING, SINGLE, DECLARED)
SEEDS = (20, 4, 2)  # of three interests

PEERS: dict[str, Method] = {
    name: one_profile(order)
    for name, order in {
        "newest first": plain.newest,
        "keyword alert": plain.keywords,
        "BM25 from seeds": lexical.bm25,
        "Rocchio": lexical.rocchio,
        "related articles (PMRA)": lexical.pmra,
        "naive Bayes (Emati)": learnt.naive_bayes,
        "arxiv-sanity SVM": learnt.arxiv_sanity,
        "ASReview ELAS u4": learnt.elas_u4,
        "logistic regression": learnt.logistic,
        "LSA centroid": dense.lsa_centroid,
        "MiniLM centroid": dense.minilm_centroid,
    }.items()
}
LEARN = ("Rocchio", "ASReview ELAS u4", "logistic regression")
"""Peers that feedback with noise and drift are tried on."""

Wanted = dict[str, tuple[float, float | None]]  # floor and target by figure
ASKED: dict[str, Wanted] = {
    "10 seeds": {
        "nDCG@10": (0.542, 0.60),
        "R@20": (0.764, 0.80),
        "WSS@95": (0.732, 0.76),
    },
    "3 seeds": {"nDCG@10": (0.462, 0.52), "R@20": (0.689, 0.75)},
    "feedback": {"nDCG@10": (0.624, 0.66), "R@20": (0.818, 0.84)},
    "three interests": {"worst R@20": (0.115, 0.35), "micro R@20": (0.400, 0.48)},
}
"""The floors are the best peers on the fourteen readers of the whole public set."""

NOISE = {
    "15 % of answers wrong": {"flipped": 0.15},
    "30 % never liked, more of them further down": {
        "unclicked": 0.3,
        "from_above": True,
    },
}

Measure = Callable[[Record], dict[str, float]]


def rows(stream: Stream, served: Sequence[Reader], every: int) -> Iterator[Row]:
    """Every course; in each row's `others` are all methods of its run."""
    records = replay(issues(stream, every), courses(stream, served))
    for course, wanted in ASKED.items():
        measure = of_subjects if course == "three interests" else figures
        values = _values(records, course, measure)
        for figure, (floor, target) in wanted.items():
            yield from _compared(course, figure, values, floor, target)
    yield from _noisy(records)
    yield from _drifted(records)


def courses(stream: Stream, served: Sequence[Reader]) -> list[Course]:
    """What is replayed."""
    peers, learning = dict(PEERS), {OURS: ours.relevance, MEANING: ours.with_meaning}
    if stream.texts.vectors is None:
        del peers["MiniLM centroid"], learning[MEANING]
    learning |= peers
    every = {**learning, EVIDENCE: ours.with_evidence, DECLARED: ours.declared}
    alone = {**peers, OURS: ours.relevance, SINGLE: ours.single}
    few = {name: peers[name] for name in LEARN} | {OURS: ours.relevance}
    ten = tuple(_seeded(reader, 10) for reader in served)
    three = tuple(_seeded(reader, 3) for reader in served)
    noisy = [
        Course(name, ten, few, feedback=True, **noise)  # type: ignore[arg-type]
        for name, noise in NOISE.items()
    ]
    return [
        Course("10 seeds", ten, every),
        Course("3 seeds", three, every),
        Course("feedback", ten, learning, feedback=True),
        *noisy,
        Course("three interests", trios(served), alone),
        Course("drift", _drifting(ten, len(stream.articles) // 2), few, feedback=True),
    ]


def _seeded(reader: Reader, seeds: int) -> Reader:
    wishes = tuple(each.seeded(seeds) for each in reader.wishes)
    return Reader(reader.name, wishes)


def trios(served: Sequence[Reader]) -> tuple[Reader, ...]:
    """Every fourth of the 35 trios, the first of each known best."""
    made = []
    for trio in list(combinations(served, 3))[::4]:
        pairs = zip(trio, SEEDS, strict=True)
        wishes = tuple(each.wishes[0].seeded(seeds) for each, seeds in pairs)
        made.append(Reader(" + ".join(each.name for each in trio), wishes))
    return tuple(made)


def _drifting(served: Sequence[Reader], middle: int) -> tuple[Reader, ...]:
    """Each reader takes up the subject of the next one."""
    pairs = zip(served, [*served[1:], *served[:1]], strict=True)
    return tuple(drifting(a.wishes[0], b.wishes[0], middle) for a, b in pairs)


Values = dict[str, dict[str, list[float]]]  # by method and figure, one a reader


def _values(records: Records, course: str, measure: Measure) -> Values:
    found: Values = {}
    for (name, method), served in records.items():
        if name == course:
            each = [measure(record) for record in served]
            found[method] = {figure: [e[figure] for e in each] for figure in each[0]}
    return found


def _compared(
    course: str, figure: str, values: Values, floor: float, target: float | None
) -> Iterator[Row]:
    """The figure beside the best peer's, and what lies between them."""
    means = {method: float(np.mean(each[figure])) for method, each in values.items()}
    best = max((m for m in means if m not in OWN), key=means.__getitem__)
    gap = difference(values[OURS][figure], values[best][figure])
    interval = f"95 % interval {gap.low:+.3f} to {gap.high:+.3f}"
    name = f"{course}: {figure}"
    yield Row(
        AREA,
        name,
        means[OURS],
        "",
        "higher",
        floor,
        target,
        best,
        means[best],
        note=f"{gap.mean:+.3f}, {interval}, better for {gap.wins} of {gap.readers}",
        others=means,
    )
    yield Row(
        AREA, f"{name}, less the best peer", gap.mean, "", "higher", note=interval
    )
    yield Row(
        AREA,
        f"{name}, served better than by the best peer",
        gap.wins,
        f"of {gap.readers}",
        "higher",
    )


def _noisy(records: Records) -> Iterator[Row]:
    """What is left of nDCG@10 when feedback is not to be trusted."""
    clean = _values(records, "feedback", figures)
    for name in NOISE:
        noisy = _values(records, name, figures)
        kept = {
            method: _mean(each["nDCG@10"]) / _mean(clean[method]["nDCG@10"])
            for method, each in noisy.items()
        }
        yield _beside(f"feedback, {name}: nDCG@10 kept", kept, "share", "higher")


def _drifted(records: Records) -> Iterator[Row]:
    """How soon another subject is found as well as if it had always been wanted."""
    taken: dict[str, float] = {}
    never = []
    for method in (*LEARN, OURS):
        first, *others = records["feedback", method]
        changed = records["drift", method]
        back = recovery(changed, [*others, first])
        if back is None:
            never.append(method)
            back = max(len(record.places) for record in changed)
        taken[method] = float(back)
    note = f"not within the stream: {', '.join(never)}" if never else None
    yield _beside(
        "issues until a new subject is found 90 % as well as one always wanted",
        taken,
        "issues",
        "lower",
        note,
    )


def _beside(
    figure: str,
    values: Mapping[str, float],
    unit: str,
    better: Literal["higher", "lower"],
    note: str | None = None,
) -> Row:
    """A figure that nothing is asked of, beside the best peer."""
    choose = max if better == "higher" else min
    peers = [method for method in values if method not in OWN]
    best = choose(peers, key=values.__getitem__)
    return Row(
        AREA,
        figure,
        values[OURS],
        unit,
        better,
        peer=best,
        peer_value=values[best],
        note=note,
        others=dict(values),
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
