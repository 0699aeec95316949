"""No script by any text from outside: the whole site, judged twice.

Every payload of `note_scripts` stands in every column of outside text, in every
parameter and in every field of every form; `scripts_walk` follows all links and
sends all forms as an operator, and `scripts_judge` looks at each answer.

    make drill PART=scripts                    75 minutes of a core
    SCRIPTS_EVERY=3 make drill PART=scripts    every third payload
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.attacked import attacked
from bench.child import python
from bench.figures import QUICK, Row, proof
from bench.note_scripts import all_payloads

AREA = "reliability"
AT_ONCE = 150  # payloads in one text
EVERY = int(os.environ.get("SCRIPTS_EVERY", "40" if QUICK else "1"))


def rows() -> Iterator[Row]:
    """What runs, and what is off the list; neither may be."""
    tried = all_payloads()[::EVERY]
    batches = [
        tried[at :: -(-len(tried) // AT_ONCE)]
        for at in range(-(-len(tried) // AT_ONCE))
    ]
    seen = walked(batches)
    raw = walked(batches[:1], "raw")
    if not (raw["faults"] and raw["ran"]):
        raise AssertionError("the judges see nothing where nothing is escaped")
    print(*seen["worst"], sep="\n", file=sys.stderr)
    control = f"without escaping, of {raw['answers']:,} answers"
    note = (
        f"{seen['payloads']:,} payloads, {seen['pages']:,} pages, forms and files too"
    )
    for figure, name in (
        ("answers with what no page of ours has, by html5lib", "faults"),
        ("pages where a script of a payload ran, Chromium without the policy", "ran"),
        ("answers with status 500", "broken"),
    ):
        yield proof(
            AREA,
            figure,
            seen[name],
            promise="text from outside never becomes code",
            tries=seen["answers"],
            control=f"{control}: {raw[name]:,}",
            note=note,
        )


def walked(batches: Sequence[Sequence[str]], *how: str) -> dict[str, Any]:
    """What was seen on a new site, by `scripts_walk.Seen`."""
    with attacked() as site, TemporaryDirectory() as name:
        texts = Path(name) / "texts.json"
        texts.write_text(json.dumps([list(each) for each in batches]))
        done = python("bench.scripts_walk", texts, *how, environment=site.environment)
    found: dict[str, Any] = json.loads(done.output)
    return found
