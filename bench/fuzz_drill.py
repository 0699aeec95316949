"""Fuzz whatever reads text from outside: `make drill PART=fuzz`.

atheris runs each target of `fuzz_targets` in a process of its own, for FUZZ_MINUTES
(10), from the corpus in tests/fuzz_corpus and with what earlier runs here kept in
the user's cache. Found is any exception that is not the documented one of that
target, more than 5 seconds of this processor, or more than 700 MB, of which 140 are
the process itself. What it was found by stays in the cache, and is named.

    python -m bench.fuzz_drill    # the cache's corpus, minimised, into tests/
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.child import ROOT
from bench.corpora_files import CACHE
from bench.figures import QUICK, Row, proof

AREA = "reliability"
MINUTES = float(os.environ.get("FUZZ_MINUTES", "0.2" if QUICK else "10"))
TARGETS = (
    *("records", "note", "query", "open-url", "cited", "exported", "shown"),
    *("returned", "named", "note-file", "note-zip"),
)
CONTROLS = ("planted", "endless", "greedy")
CORPUS = ROOT / "tests" / "fuzz_corpus"
FOUND = CACHE / "ownjournal-tests" / "fuzz"
FURTHER = {"records": [ROOT / "tests" / "pubmed" / "data"]}
MEGABYTES = 700
SMALL = 24_000  # bytes of one target's corpus in tests/
RUNS = re.compile(r"^stat::number_of_executed_units: (\d+)", re.MULTILINE)


def rows() -> Iterator[Row]:
    """One row a target; its tries are texts."""
    control = "; ".join(map(found_control, CONTROLS))
    for name in TARGETS:
        runs, fault = fuzzed(name, int(MINUTES * 60))
        if fault is not None:
            print(f"  {name}: {fault}", file=sys.stderr)
        yield proof(
            AREA,
            f"any bytes to `{name}` end in what it says",
            int(fault is not None),
            promise="text from outside never becomes an outage",
            tries=runs,
            control=control,
            note=f"{MINUTES:g} minutes of atheris, 5 s and {MEGABYTES} MB at most",
        )


def found_control(name: str) -> str:
    """How soon a planted fault was found. Raises AssertionError where it was not."""
    shutil.rmtree(FOUND / name, ignore_errors=True)
    runs, fault = fuzzed(name, 120)
    if fault is None:
        raise AssertionError(f"the fault planted in `{name}` is not found")
    return f"{name}: found after {runs:,}"


def fuzzed(name: str, seconds: int) -> tuple[int, str | None]:
    """How many texts were tried, and what was found first."""
    own = FOUND / name
    own.mkdir(parents=True, exist_ok=True)
    seeds = [each for each in (CORPUS / name, *FURTHER.get(name, ())) if each.is_dir()]
    said = _run(name, [own, *seeds], f"-max_total_time={seconds}")
    told = RUNS.search(said)
    runs = int(told[1]) if told else 0
    if "Test unit written to" not in said and told:
        return runs, None
    lines = said.splitlines()
    return runs, "\n".join([*lines[-60:]]) if "=== Uncaught" in said else lines[-1]


def keep() -> None:
    """Put the smallest texts that reach all that was reached into tests/."""
    for name in TARGETS:
        with tempfile.TemporaryDirectory(prefix="ownjournal-fuzz-") as folder:
            given = [each for each in (CORPUS / name, FOUND / name) if each.is_dir()]
            _run(name, [Path(folder), *given], "-merge=1")
            size = sum(each.stat().st_size for each in (CORPUS / name).iterdir())
            for each in sorted(
                Path(folder).iterdir(), key=lambda one: one.stat().st_size
            ):
                size += each.stat().st_size
                if size > SMALL:
                    break
                shutil.copy(each, CORPUS / name / each.name[:12])


def _run(name: str, folders: Sequence[Path], *options: str) -> str:
    """What libFuzzer said."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-fuzz-") as data:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "bench.fuzz_one", name, *map(str, folders)),
                *(*options, "-timeout=120", f"-rss_limit_mb={MEGABYTES}"),
                # what is slow by the clock is no fault where others use the machine
                "-report_slow_units=120",
                *(f"-artifact_prefix={FOUND}/{name}-", "-print_final_stats=1"),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "DATA_DIR": data,
                "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
            },
            capture_output=True,
            check=False,
        )
    return done.stderr.decode(errors="replace")


if __name__ == "__main__":
    keep()
