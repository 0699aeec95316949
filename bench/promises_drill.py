"""Repeated loads, rollover, notes on what goes, retractions: see `promised`."""

import json
import tempfile
from collections.abc import Iterator

from bench.child import python
from bench.figures import QUICK, Row, proof

AREA = "reliability"
READERS, REPEATS = (4, 3) if QUICK else (40, 30)
TOLD = {
    "again": (
        "Loading files again changes nothing",
        "files loaded again, as they are or packed anew; another state or an issue",
        "one changed record is seen",
    ),
    "retractions": (
        "Everyone who was shown an article is told that it is retracted",
        "articles of issues retracted; readers who are not told in the next one",
        "{} of {} untold before",
    ),
    "deleted": (
        "A note outlives its article",
        "noted articles taken back by NLM; notes that their writers do not find",
        "{} of {} articles are gone",
    ),
    "rollover": (
        "A new year takes away what it lacks, and no note",
        "articles over a yearly rollover; wrongly gone, wrongly kept, or notes lost",
        "{} that vanish are there until the baseline is closed",
    ),
}


def rows() -> Iterator[Row]:
    """One of each promise."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-promises-") as name:
        environment = {"DATA_DIR": name, "SEMANTIC": "no"}
        told = python("bench.promised", READERS, REPEATS, environment=environment)
    for name, (tries, broken, control) in json.loads(told.output).items():
        promise, drill, seen = TOLD[name]
        if not control:
            raise AssertionError(
                f"the drill cannot tell that this is broken: {promise}"
            )
        yield proof(
            AREA,
            drill,
            broken,
            promise=promise,
            tries=tries,
            control=seen.format(int(control), tries),
        )
