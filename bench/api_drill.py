"""The JSON API against its own description, by two readers and those who are out.

`make drill PART=api`: 50,000 cases of schemathesis, see `api_cases`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from bench.attacked import attacked
from bench.child import ROOT
from bench.figures import QUICK, Row, proof

AREA = "reliability"
CASES = 400 if QUICK else 50_000
OF_CONTROL = 400


def rows() -> Iterator[Row]:
    """Faults of the server, leaks, and answers that are not as described."""
    came, wrong = asked(CASES), asked(OF_CONTROL, "broken")
    print(*came["worst"], sep="\n", file=sys.stderr)
    for name, drill, promise in (
        ("faults", "answers 5xx", "text from outside never becomes an outage"),
        (
            "leaks",
            "answers that tell of another reader",
            "what is private is told to nobody",
        ),
        ("undescribed", "answers not as OpenAPI describes", "the API is as described"),
    ):
        if not wrong[name]:
            raise AssertionError(f"{name} of a broken API are not seen")
        yield proof(
            AREA,
            f"{drill}, to a visitor, two readers, one over the trial, one signed out",
            came[name],
            promise=promise,
            tries=came["cases"],
            control=f"a broken API: {wrong[name]:,} of {wrong['cases']:,}",
        )


def asked(count: int, *how: str) -> dict[str, Any]:
    """What came of so many cases, by `api_cases.Came`."""
    with attacked() as site:
        told = {"cookie": site.cookie, "sessions": site.sessions, "words": site.words}
        done = subprocess.run(
            [sys.executable, "-m", "bench.api_cases", str(count), *how],
            input=json.dumps(told),
            env={**os.environ, "PYTHONPATH": str(ROOT / "tests"), **site.environment},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
