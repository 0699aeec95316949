"""NLM's server misbehaves: see `nlm_faults` for what is done."""

import json
import sys
import tempfile
from collections.abc import Iterator

from bench.child import python, run
from bench.figures import Row, proof
from bench.loads import ownjournal

AREA = "reliability"


def rows() -> Iterator[Row]:
    """Every fault of the stand-in, at files, sums and lists."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-nlm-") as name:
        environment = {"DATA_DIR": name}
        run(ownjournal("migrate"), environment=environment)
        told = json.loads(python("bench.nlm_faults", environment=environment).output)
    wrong = [f"{fault}: {what}" for fault, what, _ in told["met"] if what]
    wrong += [f"article {pmid} is lacking in the end" for pmid in told["lacking"]]
    for each in wrong:
        print(f"  {each}", file=sys.stderr)
    if not told["naive"]:
        raise AssertionError("the stand-in for NLM does no harm")
    yield proof(
        AREA,
        "faults of NLM's server (cut, stalled and changed files, wrong sums, pages with"
        " status 200, empty lists); not said, the store changed, or not got over",
        len(wrong),
        promise="What NLM's server does wrong is said, and nothing wrong is taken",
        tries=len(told["met"]),
        control=f"{told['naive']} spoiled files taken by a client that asks for"
        " nothing but status 200",
    )
