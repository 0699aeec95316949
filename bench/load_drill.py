"""Kill -9 at random moments of a load; files in any order, twice and late.

What is there after each kill must be the state after a whole number of files, and the
index must hold the same.
"""

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench.child import killed_after, python, run
from bench.figures import QUICK, Row, proof
from bench.loads import ownjournal, store
from made.files import deletion, pubmed_file, record

AREA = "reliability"
KILLS = {"SQLite": 5, "PostgreSQL": 5} if QUICK else {"SQLite": 300, "PostgreSQL": 150}
PERMUTATIONS = 10 if QUICK else 500
FILES = 40
PMIDS = 2_000
RECORDS = 250  # in a file


def killed() -> Iterator[Row]:
    """Of loads on both databases, at the same time: each waits for its processes."""
    with drilling() as (files, folder), ThreadPoolExecutor() as threads:
        found = [
            threads.submit(list, kills(database, files, folder)) for database in KILLS
        ]
        for each in found:
            yield from each.result()


def orders() -> Iterator[Row]:
    """Of the order of files."""
    with drilling() as (files, folder):
        yield from permutations(files, folder)


@contextmanager
def drilling() -> Iterator[tuple[list[Path], Path]]:
    """The files of a drill, and a folder for its stores."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-drill-") as name:
        folder = Path(name)
        yield make_files(folder / "files", random.Random(1)), folder


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
    wanted = KILLS[database]
    with store(database, folder / database) as environment:
        prefixes, seconds = whole_prefixes(files, environment)
        told = control(prefixes, environment)
    done = torn = unequal = damaged = 0
    dice = random.Random(database)
    while done < wanted:
        with store(database, folder / database) as environment:
            while done < wanted:
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
    for figure, value, promise in (
        ("torn files", torn, "a file is applied whole or not at all"),
        ("index unequal to store", unequal, "the index follows the store"),
        ("damaged databases", damaged, "a crash damages nothing"),
    ):
        name = f"{figure} after kill -9 while loading, {database}"
        yield proof(AREA, name, value, promise=promise, tries=done, control=told)


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


def control(prefixes: Mapping[str, int], environment: Mapping[str, str]) -> str:
    """One row taken out of a whole state must be seen, in the store and the index."""
    code = (
        "import django; django.setup();"
        "from ownjournal.catalogue.models import Article;"
        "Article.objects.filter(pk=Article.objects.first().pk).delete()"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "ownjournal.site.settings"}
    run([sys.executable, "-c", code], environment={**environment, **settings})
    found = verify(environment)
    if str(found["hash"]) in prefixes or not found["index"]:
        raise AssertionError("the drill cannot tell a torn state")
    return "one row taken out is seen as torn and as unequal"


def killed_load(
    folder: Path, environment: Mapping[str, str], dice: random.Random, seconds: float
) -> bool:
    """Load, and kill the load and all its processes; True where it was done before."""
    command = [*ownjournal("ingest"), str(folder)]
    own = {**os.environ, **environment}
    return killed_after(command, own, dice.uniform(0.3, seconds)) == 0


def permutations(files: list[Path], folder: Path) -> Iterator[Row]:
    """Any order, with repeats, and with gaps filled at the end, gives one state."""
    dice = random.Random(2)
    run(ownjournal("migrate"), environment={"DATA_DIR": str(folder / "empty")})
    expected = state(files, folder)
    if state(files[:-1], folder) == expected:
        raise AssertionError("the drill does not see that a file is missing")
    others = 0
    for count in range(PERMUTATIONS):
        late = dice.sample(files, 5)
        first = [path for path in dice.sample(files, FILES) if path not in late]
        others += state([*first, *dice.sample(first, 5), *late], folder) != expected
        print(f"  {count + 1} permutations", end="\r", file=sys.stderr)
    yield proof(
        AREA,
        f"{FILES} files in any order, with repeats and gaps: another state",
        others,
        promise="the catalogue is a function of the set of files",
        tries=PERMUTATIONS,
        control="one file left out gives another state",
    )


def state(order: list[Path], folder: Path) -> str:
    """The hash of a store that was empty after these files."""
    shutil.copytree(folder / "empty", folder / "order")
    environment = {"DATA_DIR": str(folder / "order")}
    asked = python("bench.in_order", *order, environment=environment)
    shutil.rmtree(folder / "order")
    return asked.output.split()[-1]


def verify(environment: Mapping[str, str]) -> dict[str, object]:
    found = json.loads(python("bench.verify", environment=environment).output)
    assert isinstance(found, dict)
    return found
