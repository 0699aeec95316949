"""`make drill`: kill loads and senders at random moments; apply files in any order.

    make drill            on each database 100 kills of loads, 300 of senders;
                          200 permutations; three years of issues; erasures;
                          10 lost primaries of PostgreSQL
    make drill QUICK=1    5 kills, 20 senders, 10 permutations
    make drill AREA=readers    only issues, senders and erasures
    make drill AREA=notes only notes: see note_drill.py
    make drill AREA=cluster    only the search cluster: see cluster_drill.py

Each drill has a control that must fail: state that is not a whole number of
files is made on purpose and must be seen.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench import cluster_drill, figures, note_drill, post_drill, primary_drill
from bench.child import python, run
from bench.figures import Row
from bench.loads import ownjournal
from made.files import deletion, pubmed_file, record
from made.postgres import postgres

AREA, READERS = "reliability", "readers"
QUICK = bool(os.environ.get("QUICK"))
KILLS = 5 if QUICK else 100
PERMUTATIONS = 10 if QUICK else 200
FILES = 40
PMIDS = 2_000
RECORDS = 250  # in a file


def main() -> None:
    asked = os.environ.get("AREA")
    alone = (note_drill, cluster_drill)
    rows = [] if asked in [each.AREA for each in alone] else reliability(asked)
    for each in alone:
        if asked in (None, each.AREA):
            rows += each.rows()
    figures.show(rows)
    print(figures.write("drill", rows))


def reliability(asked: str | None = None) -> list[Row]:
    """Of loads and orders, of readers' issues, mails and erasures; some at a time.

    `asked` is the area, AREA or READERS; None: both.
    """
    with (
        tempfile.TemporaryDirectory(prefix="ownjournal-drill-") as name,
        ThreadPoolExecutor() as threads,  # each waits for its processes
    ):
        folder = Path(name)
        files = make_files(folder / "files", random.Random(1))
        drills = {
            AREA: (
                partial(kills, "SQLite", files, folder),
                partial(kills, "PostgreSQL", files, folder),
                partial(permutations, files, folder),
                partial(primary_drill.rows),
            ),
            READERS: (
                partial(years, folder),
                partial(erasures, "SQLite", folder),
                partial(erasures, "PostgreSQL", folder),
                partial(post_drill.kills, "SQLite"),
                partial(post_drill.kills, "PostgreSQL"),
            ),
        }
        areas = drills if asked is None else [asked]
        chosen = [drill for area in areas for drill in drills[area]]
        found = [threads.submit(list, drill()) for drill in chosen]
        return [row for each in found for row in each.result()]


def make_files(folder: Path, dice: random.Random) -> list[Path]:
    """Files that revise, version and delete each other's records."""
    files = []
    for number in range(1, FILES + 1):
        parts = [
            record(pmid, f"As in file {number}", version=dice.choice([1, 1, 1, 1, 2]))
            for pmid in dice.sample(range(1, PMIDS), RECORDS)
        ]
        parts.append(deletion(*dice.sample(range(1, PMIDS), 10)))
        files.append(pubmed_file(folder, f"pubmed26n{number:04}.xml.gz", *parts))
    return files


def kills(database: str, files: list[Path], folder: Path) -> Iterator[Row]:
    """Kill -9 at random moments of a load; each time, what is there must be whole."""
    with store(database, folder / database) as environment:
        prefixes, seconds = whole_prefixes(files, environment)
        control(prefixes, environment)
    done = torn = unequal = damaged = 0
    dice = random.Random(database)
    while done < KILLS:
        with store(database, folder / database) as environment:
            while done < KILLS:
                finished = killed_load(files[0].parent, environment, dice, seconds)
                found = verify(environment)
                torn += prefixes.get(str(found["hash"])) != found["files"]
                if not found["same"] or found["index"]:
                    unequal += 1
                    print(f"  {database}: {found['index']}", file=sys.stderr)
                damaged += found["damage"] is not None
                if finished:
                    break
                done += 1
                print(f"  {database}: {done} kills", end="\r", file=sys.stderr)
    for figure, value in (
        ("torn files", torn),
        ("index unequal to store", unequal),
        ("damaged databases", damaged),
    ):
        name = f"{figure} after {done} kill -9, {database}"
        yield Row(AREA, name, value, "", "lower", 0, 0)


def whole_prefixes(
    files: list[Path], environment: Mapping[str, str]
) -> tuple[dict[str, int], float]:
    """The state after each whole number of files, and the seconds of a load."""
    hashes = python("bench.in_order", *files, environment=environment).output.split()
    started = time.monotonic()
    run([*ownjournal("ingest"), "--again", *files], environment=environment)
    return {
        each: count for count, each in enumerate(hashes)
    }, time.monotonic() - started


def control(prefixes: Mapping[str, int], environment: Mapping[str, str]) -> None:
    """One row taken out of a whole state must be seen as torn."""
    code = (
        "import django; django.setup();"
        "from ownjournal.catalogue.models import Article;"
        "Article.objects.filter(pk=Article.objects.first().pk).delete()"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "ownjournal.site.settings"}
    run([sys.executable, "-c", code], environment={**environment, **settings})
    if str(verify(environment)["hash"]) in prefixes:
        raise AssertionError("the drill cannot tell a torn state")


def killed_load(
    folder: Path, environment: Mapping[str, str], dice: random.Random, seconds: float
) -> bool:
    """Load, and kill the load and all its processes; True where it was done before."""
    with subprocess.Popen(
        [*ownjournal("ingest"), str(folder)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as load:
        try:
            load.wait(dice.uniform(0.3, seconds))
        except subprocess.TimeoutExpired:
            os.killpg(load.pid, signal.SIGKILL)
            return False
        return load.returncode == 0


def permutations(files: list[Path], folder: Path) -> Iterator[Row]:
    """Any order, with repeats, and with gaps filled at the end, gives one state."""
    dice = random.Random(2)
    hashes = set()
    for count in range(PERMUTATIONS):
        late = dice.sample(files, 5)
        first = [path for path in dice.sample(files, FILES) if path not in late]
        order = [*first, *dice.sample(first, 5), *late] if count else files
        environment = {"DATA_DIR": str(folder / "order")}
        asked = python("bench.in_order", *order, environment=environment)
        hashes.add(asked.output.split()[-1])
        shutil.rmtree(folder / "order")
        print(f"  {count + 1} permutations", end="\r", file=sys.stderr)
    yield Row(
        AREA,
        f"different states over {PERMUTATIONS} orders with repeats and gaps",
        len(hashes) - 1,
        "",
        "lower",
        0,
        0,
    )


def erasures(database: str, folder: Path) -> Iterator[Row]:
    """Erase readers among others, and look for them everywhere."""
    with store(database, folder / f"erased-{database}") as environment:
        left = json.loads(python("bench.erased", environment=environment).output)
    count = sum(len(left[where]) for where in ("tables", "files", "bytes"))
    for where in ("tables", "files", "bytes"):
        for find in left[where]:
            print(f"  {database}: left {find}", file=sys.stderr)
    note = f"{left['found before']:,} before"
    name = f"canaries left after erasure, {database}"
    yield Row(READERS, name, count, "", "lower", 0, 0, note=note)
    name = f"other readers changed by erasures, {database}"
    yield Row(READERS, name, left["changed"], "", "lower", 0, 0)


def years(folder: Path) -> Iterator[Row]:
    """Every period has one issue, whatever clocks, zones and halts do."""
    with store("SQLite", folder / "years") as environment:
        tally = json.loads(python("bench.scheduled", environment=environment).output)
    note = f"{tally['periods']:,} periods in which a worker ran by a right clock"
    scope = "3 years, 50 time zones, 4 cadences, halts and wrong clocks"
    for name in ("duplicates", "misses"):
        figure = f"{name} of issues over {scope}"
        yield Row("readers", figure, tally[name], "", "lower", 0, 0, note=note)


@contextmanager
def store(database: str, folder: Path) -> Iterator[dict[str, str]]:
    """An empty store and index; the environment that names them."""
    shutil.rmtree(folder, ignore_errors=True)
    environment = {"DATA_DIR": str(folder)}
    if database == "SQLite":
        run(ownjournal("migrate"), environment=environment)
        yield environment
    else:
        with postgres() as url:
            environment["DATABASE_URL"] = url
            run(ownjournal("migrate"), environment=environment)
            yield environment


def verify(environment: Mapping[str, str]) -> dict[str, object]:
    found = json.loads(python("bench.verify", environment=environment).output)
    assert isinstance(found, dict)
    return found


if __name__ == "__main__":
    main()
