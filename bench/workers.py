"""How issues grow with workers: a part of `make bench AREA=readers`.

One worker and two compile the issues of the same readers against 30,000 new articles,
on PostgreSQL, in turn. Each is a process that claims lots as `ownjournal worker` does;
they begin together, when each has its pool. What 300,000 readers need is worked out
from that, and said to be.
"""

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from bench.child import python, run
from bench.figures import QUICK, Row
from bench.inputs import FOLDER, corpus
from bench.loads import ownjournal
from made.postgres import copy_of, postgres

AREA = "readers"
READERS = 320 if QUICK else 2_000
RUNS = 1 if QUICK else 3
MANY = 300_000


def rows() -> Iterator[Row]:
    """Issues in a second of one worker and of two, and hours for a great many."""
    one, two = _rates()
    middle = {1: statistics.median(one), 2: statistics.median(two)}
    note = f"{READERS:,} readers, PostgreSQL on the same cores; none done twice"
    for workers, rate in middle.items():
        named = f"issues compiled by {workers} worker{'s' if workers > 1 else ''}"
        yield Row(AREA, f"{named}, PostgreSQL", rate, "readers/s", "higher", note=note)
    ratio = statistics.median(b / a for a, b in zip(one, two, strict=True))
    figure = "two workers against one, PostgreSQL"
    told = f"one after the other, {RUNS} times; {os.cpu_count()} cores"
    yield Row(AREA, figure, ratio, "times", "higher", 1.8, 1.9, note=told)
    yield Row(
        AREA,
        f"hours for the issues of {MANY:,} readers, 2 workers",
        MANY / middle[2] / 3_600,
        "h",
        "lower",
        note=f"extrapolated from {READERS:,} readers",
    )


def _rates() -> tuple[list[float], list[float]]:
    """Readers a second of one worker and of two, run after run."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    one, two = [], []
    with postgres() as url, tempfile.TemporaryDirectory(dir=FOLDER) as name:
        environment = {
            "DATA_DIR": name,
            "DATABASE_URL": url,
            "SEMANTIC": "no",
            "OPENBLAS_NUM_THREADS": "1",
        }
        run(ownjournal("migrate"), environment=environment)
        run([*ownjournal("ingest"), *corpus(1)], environment=environment)
        python("bench.compiled", "prepare", READERS, environment=environment)
        for count in range(RUNS):
            one.append(_rate(1, url, environment))
            two.append(_rate(2, url, environment))
            print(f"  {count + 1} of {RUNS} runs", end="\r", file=sys.stderr)
    return one, two


def _rate(workers: int, url: str, environment: dict[str, str]) -> float:
    """Readers a second, by so many workers on a copy of the database."""
    copy = copy_of(url)
    own = {**environment, "DATABASE_URL": copy}
    for left in Path(own["DATA_DIR"]).glob("ready-*"):
        left.unlink()
    with ThreadPoolExecutor(workers) as threads:
        costs = threads.map(
            lambda _: python("bench.compiled", "work", workers, environment=own),
            range(workers),
        )
        found = [json.loads(cost.output) for cost in costs]
    _each_once(copy, [each["issues"] for each in found])
    began = min(each["ended"] - each["seconds"] for each in found)
    return READERS / (max(each["ended"] for each in found) - began)


def _each_once(url: str, made: list[int]) -> None:
    """Raises AssertionError where a reader has no issue, or two, or was made twice."""
    with psycopg.connect(url) as database:
        query = "SELECT count(*), count(DISTINCT reader_id) FROM issues_issue"
        found = database.execute(query).fetchone()
    if found != (READERS, READERS) or sum(made) != READERS or not all(made):
        raise AssertionError(f"{found} issues and readers; workers made {made}")
