"""The real worker by clocks that jump: over summer time, backwards, a year ahead.

`ownjournal worker --once` runs below `faketime` every hour of days on which clocks are
changed, for readers in six zones who get an issue each day between midnight and four.
Now and then the clock is wrong. Before each run a file with news is loaded by a right
clock. What must have been made is worked out from the calendars alone: `made.years`.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bench.child import ROOT, run
from bench.figures import QUICK, Row, proof
from bench.loads import ownjournal
from made.files import pubmed_file, record
from made.nlm_server import NlmServer

AREA = "reliability"
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=366)
SPANS = (  # first moments, UTC, and hours: Berlin, Cairo; Lord Howe, Chatham; Havana
    (datetime(2026, 3, 28, 20, 40, tzinfo=UTC), 11),
    (datetime(2026, 4, 4, 8, 40, tzinfo=UTC), 12),
    (datetime(2026, 10, 31, 23, 40, tzinfo=UTC), 12),
)
WRONG = {3: -DAY, 6: YEAR, 9: -HOUR}  # by the number of a run in its span


def rows() -> Iterator[Row]:
    """Issues made twice or not at all; doors that stay open or shut."""
    spans = SPANS[:1] if QUICK else SPANS
    with tempfile.TemporaryDirectory() as name, NlmServer() as nlm:
        environment = {
            "DATA_DIR": f"{name}/data",
            "NLM_URL": nlm.address.removesuffix("/pubmed/"),
            "SEMANTIC": "no",
            "TZ": "UTC",
            "PYTHONPATH": str(ROOT / "tests"),
        }
        run(ownjournal("migrate"), environment=environment)
        _asked(spans[0][0] - HOUR, environment, "readers")
        right = list(_runs(spans, environment, Path(name) / "files"))
        days = (right[-1] - right[0]).days + 2
        moments = [each.isoformat() for each in right]
        end = right[-1]
        tally = _asked(end, environment, "counted", moments[0], days, *moments)
        shut = list(_doors(end, environment))
    if not tally["naive"]:
        raise AssertionError("the drill cannot tell an issue that is missed")
    print(*(f"  {each}" for each in shut), sep="\n", file=sys.stderr)
    runs = sum(hours for _, hours in spans)
    scope = f"{runs} runs of the worker over summer time, backwards and a year ahead"
    yield proof(
        AREA,
        f"{scope}, 24 readers in 6 zones; issues twice or missed",
        tally["twice"] + tally["missed"],
        promise="One issue a period, whatever the clock does",
        tries=tally["periods"],
        control=f"{tally['naive']} twice or missed by a worker that looks at the hour",
    )
    yield proof(
        AREA,
        "codes, links and sessions made by clocks that were right and wrong; open or"
        " shut when they should not be",
        len(shut),
        promise="Codes and sessions end in time, whatever the clock does",
        tries=len(CASES) * 3,
        control="each is open a minute after it was made by a right clock",
    )


def _runs(
    spans: tuple[tuple[datetime, int], ...],
    environment: Mapping[str, str],
    files: Path,
) -> Iterator[datetime]:
    """Run the worker; the moments at which its clock was right."""
    numbers = count(1)
    for first, hours in spans:
        for each in range(hours):
            now, number = first + each * HOUR, next(numbers)
            path = pubmed_file(
                files,
                f"pubmed26n{number:04}.xml.gz",
                *(record(number * 100 + n, f"On fever {n}") for n in range(8)),
            )
            _below(now, [*ownjournal("ingest"), path], environment)
            wrong = WRONG.get(each)
            at = now + HOUR / 12 + (wrong or timedelta())
            _below(at, [*ownjournal("worker"), "--once"], environment)
            if wrong is None:
                yield at
            print(f"  {number} runs by a clock that jumps", end="\r", file=sys.stderr)


CASES = (  # made at, looked at, open: code, link, session
    (timedelta(), timedelta(minutes=1), (True, True, True)),
    (timedelta(), timedelta(hours=1), (False, False, True)),
    (timedelta(), YEAR, (False, False, False)),
    (YEAR, timedelta(), (False, False, True)),  # a session lasts a little longer
    (-DAY, timedelta(), (False, False, True)),
)


def _doors(now: datetime, environment: Mapping[str, str]) -> Iterator[str]:
    """What is open that should be shut, and shut that should be open."""
    for made, looked, wanted in CASES:
        keys = _asked(now + made, environment, "doors")
        found = _asked(now + looked, environment, "open", *keys)
        for (name, is_open), right in zip(found.items(), wanted, strict=True):
            if is_open is not right:
                yield f"{name} made at {made}, looked at {looked}: open is {is_open}"


def _asked(now: datetime, environment: Mapping[str, str], *words: object) -> Any:
    told = _below(now, [sys.executable, "-m", "bench.clocked", *words], environment)
    return json.loads(told)


def _below(now: datetime, command: list[Any], environment: Mapping[str, str]) -> str:
    """What a command says whose clock shows this moment, and goes on from there."""
    shown = f"@{now:%Y-%m-%d %H:%M:%S}"
    own = {**environment, "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.environ["PATH"]}
    return run(["faketime", "-f", shown, *command], environment=own).output
