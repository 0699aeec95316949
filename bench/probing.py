"""Whether the doors tell who reads here: by their answers, or by their time.

Probes with addresses of readers and of nobody are told apart by Mann-Whitney's
test: p, and how often a probe of the one kind takes longer than one of the other.
"""

import json
from collections.abc import Iterator

from scipy.stats import mannwhitneyu

from bench.child import python
from bench.figures import QUICK, Row
from bench.loads import data_folder

AREA = "readers"
PROBES = {"sign-up": 5_000, "sign-in": 5_000, "password": 1_000}
NAMES = {
    "sign-up": "sign-up",
    "sign-in": "asking for a code",
    "password": "signing in by password",
}
FEWER = 10


def doors() -> Iterator[Row]:
    """Each door by itself, in a data folder of its own."""
    for door, probes in PROBES.items():
        count = probes // FEWER if QUICK else probes
        with data_folder() as folder:
            environment = {"DATA_DIR": str(folder), "SEMANTIC": "no"}
            done = python(
                "bench.probed", door, count, environment=environment, one_core=True
            )
        yield from _rows(door, json.loads(done.output))


def _rows(door: str, found: dict[str, list[float]]) -> Iterator[Row]:
    known, unknown = found["known"], found["unknown"]
    probes = len(known) + len(unknown)
    test = mannwhitneyu(known, unknown)
    longer = test.statistic / (len(known) * len(unknown))
    name = f"{NAMES[door]}, {probes:,} probes of known and unknown addresses"
    yield Row(
        AREA,
        f"{name}: bytes that differ",
        float(found["different_bytes"]),  # type: ignore[arg-type]
        "bytes",
        "lower",
        0,
        0,
    )
    yield Row(
        AREA,
        f"{name}: p of a difference in time (Mann-Whitney)",
        float(test.pvalue),
        "p",
        "higher",
        0.01,
        0.05,
        note=f"a known one takes longer in {100 * longer:.1f} % of pairs",
    )
