"""How fast many readers' issues are compiled: a part of `make bench AREA=readers`.

Two workers, one for each core, share readers of three interests against 30,000 new
articles, in SQLite. Each builds the pool of articles first, which is told apart.
"""

import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.child import Cost, python
from bench.figures import QUICK, Row
from bench.inputs import FOLDER
from bench.loads import kept_catalogue

AREA = "readers"
READERS = 320 if QUICK else 2_000
RUNS = 1 if QUICK else 3
WORKERS = 2


def issues() -> Iterator[Row]:
    """Readers compiled in a second, and what each worker needs before."""
    runs = [_run() for _ in range(RUNS)]
    rate = statistics.median(each["rate"] for each in runs)
    articles = f"{runs[0]['articles']:,.0f} new articles"
    yield Row(
        AREA,
        f"readers compiled against {articles}, {WORKERS} workers",
        rate,
        "readers/s",
        "higher",
        100,
        300,
        note=f"{READERS:,} readers of three interests, SQLite; stored, with their mail "
        "put; the pool left out",
    )
    yield Row(
        AREA,
        f"pool of {articles}, built by each worker",
        statistics.median(each["pool_seconds"] for each in runs),
        "s",
        "lower",
    )


def _run() -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="data-") as name:
        shutil.copytree(kept_catalogue(1), name, dirs_exist_ok=True)
        environment = {"DATA_DIR": name, "OPENBLAS_NUM_THREADS": "1"}
        python("bench.compiled", "prepare", READERS, environment=environment)
        with ThreadPoolExecutor(WORKERS) as threads:
            costs = list(threads.map(_worker, [Path(name)] * WORKERS))
    found = [json.loads(cost.output) for cost in costs]
    made = sum(each["issues"] for each in found)
    if made != READERS:
        raise AssertionError(f"{made} issues for {READERS} readers")
    began = min(each["ended"] - each["seconds"] for each in found)
    seconds = max(each["ended"] for each in found) - began
    pool = max(each["pool_seconds"] for each in found)
    return {
        "rate": made / seconds,
        "articles": found[0]["articles"],
        "pool_seconds": pool,
    }


def _worker(folder: Path) -> Cost:
    environment = {"DATA_DIR": str(folder), "OPENBLAS_NUM_THREADS": "1"}
    return python("bench.compiled", "work", environment=environment)
