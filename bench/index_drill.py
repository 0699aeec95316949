"""The folder of the index deleted, cut and with a bit flipped: see `index_damaged`."""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.child import python, run
from bench.figures import QUICK, Row, proof
from bench.index_damaged import Damage
from bench.loads import ownjournal
from bench.stages import make_files

AREA = "reliability"
TRIES = 10 if QUICK else 100


def rows() -> Iterator[Row]:
    """Damages told and mended, and searches that were wrong without a word."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-index-") as name:
        environment = {"DATA_DIR": f"{name}/data", "SEMANTIC": "no"}
        run(ownjournal("migrate"), environment=environment)
        files = make_files(Path(name) / "files")
        run([*ownjournal("ingest"), files], environment=environment)
        found = python("bench.index_damaged", TRIES, environment=environment)
    told = json.loads(found.output)
    if told["control"]:
        raise AssertionError("`ownjournal check` finds damage where there is none")
    met = [Damage(*each) for each in told["met"]]
    missed = [each.what for each in met if not (each.told and each.mended)]
    others = [each for each in met if not each.what.endswith("flipped")]
    silent = [each.what for each in others if each.silent]
    alone = sum(each.alone for each in met)
    if not alone:
        raise AssertionError("the drill cannot tell a search that is silently empty")
    for what in (*missed, *silent):
        print(f"  {what}", file=sys.stderr)
    yield proof(
        AREA,
        "the index deleted, emptied, cut, and a bit flipped; not told by `ownjournal"
        " check`, or not put right by --repair",
        len(missed),
        promise="A damaged index is told and put right",
        tries=len(met),
        control=f"{sum(each.told for each in met)} of {len(met)} are not right without"
        " --repair",
    )
    yield proof(
        AREA,
        "searches in an index that is deleted, emptied or cut; another result without a"
        " word",
        len(silent),
        promise="No search is silently half",
        tries=len(others),
        control=f"{alone} say nothing where the index is asked without the store",
        note=_of_flips(met),
    )


def _of_flips(met: list[Damage]) -> str:
    """What no search can tell by itself."""
    flips = [each for each in met if each.what.endswith("flipped")]
    wrong = sum(each.silent > 0 for each in flips)
    return (
        f"{wrong} of {len(flips)} flipped bits changed a result until `ownjournal"
        " check` read all of the index"
    )
