"""An hour of ordinary use: does the site's memory stay where it is?

    make drill PART=soak
    SOAK_MINUTES=480 SOAK_RATE=10 make drill PART=soak    a night

The memory of all processes of the site is read every ten seconds, and a line laid
through what comes after the warm-up. Every ten minutes a file is loaded, so that
index and caches change as they do in earnest. The control keeps a little of every
request, and must show a slope.
"""

import csv
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.figures import QUICK, Row, proof
from bench.inputs import FOLDER
from bench.load_client import Answer, at_rates, lost
from bench.load_profile import Profile
from bench.load_site import Site, broken, copied, of, serving
from bench.loads import kept_catalogue, ownjournal
from made.files import deletion, pubmed_file, record

AREA = "reliability"
MINUTES = float(os.environ.get("SOAK_MINUTES", 3 if QUICK else 60))
CONTROL_MINUTES = min(MINUTES, 5.0)
RATE = float(os.environ.get("SOAK_RATE", 6))  # requests a second
EVERY = 10.0  # seconds between two looks
WARM = 0.4  # of the time: the first files loaded enlarge what the flood has filled
LOADS_EVERY = 600.0  # seconds between two files
FLOOR = 1.0  # MB in an hour
RECORDS = 200  # in a file
WARMING = (60.0, 30.0 if QUICK else 420.0)  # requests a second, seconds: a flood,
# so that whatever is kept for each of those who are answered together is full
CONTROL_WARMING = (25.0, 30.0)


class Look(NamedTuple):
    """The site's memory at a moment."""

    seconds: float
    megabytes: float


def rows() -> Iterator[Row]:
    """The slope, its error, and the answers."""
    with copied(kept_catalogue(4)) as folder:
        profile = Profile({"DATA_DIR": str(folder)})
        looks, answers = soaked(folder, profile, MINUTES, loads=True)
        leaks, _ = soaked(folder, profile, CONTROL_MINUTES, fault="leaks")
    slope, error = slope_of(looks)
    control, _ = slope_of(leaks)
    if control <= FLOOR:
        raise AssertionError(f"a leak of 20 kB a request shows as {control:.1f} MB/h")
    hours = f"{MINUTES:.0f} minutes at {RATE:g} requests a second"
    yield Row(
        AREA,
        f"growth of the site's memory over {hours}",
        round(slope, 2),
        "MB/h",
        "lower",
        FLOOR,
        FLOOR,
        note=f"± {error:.2f}; {looks[-1].megabytes:.0f} MB at the end, 2 processes",
        promise="memory stays where it is",
        tries=len(looks),
        control=f"{control:,.0f} MB/h where 20 kB of every request are kept",
    )
    yield proof(
        AREA,
        f"requests of {hours} without a good answer",
        len(lost(answers)),
        promise="readers are answered while files are loaded",
        tries=len(answers),
        control="see the flood without its limit",
    )


def soaked(
    folder: Path,
    profile: Profile,
    minutes: float,
    *,
    loads: bool = False,
    fault: str | None = None,
) -> tuple[list[Look], list[Answer]]:
    """Looks and answers of so many minutes."""
    seconds = minutes * 60
    looks: list[Look] = []
    over = threading.Event()
    command = broken(fault) if fault else None
    noted = FOLDER / f"soak-{fault or 'site'}.csv"
    with serving(folder, command=command) as site:
        at_rates(site.port, profile, [CONTROL_WARMING if fault else WARMING])
        beside = [threading.Thread(target=_look, args=(site, looks, over, noted))]
        if loads:
            beside.append(threading.Thread(target=_load, args=(folder, over)))
        for each in beside:
            each.start()
        try:
            answers = at_rates(site.port, profile, [(RATE, seconds)])
        finally:
            over.set()
            for each in beside:
                each.join()
    return looks, answers


def _look(site: Site, looks: list[Look], over: threading.Event, noted: Path) -> None:
    """Note the memory, also in a file that can be read meanwhile."""
    began = time.monotonic()
    with noted.open("w", newline="") as file:
        written = csv.writer(file)
        while not over.wait(EVERY):
            looks.append(Look(time.monotonic() - began, site.megabytes()))
            written.writerow(f"{each:.2f}" for each in looks[-1])
            file.flush()


def _load(folder: Path, over: threading.Event) -> None:
    """A small daily file, again and again: new articles, revised ones, deletions."""
    number = 0
    while not over.wait(LOADS_EVERY if number else 30):
        number += 1
        with tempfile.TemporaryDirectory() as name:
            first = 98_000_000 + number * RECORDS // 2
            path = pubmed_file(
                Path(name),
                f"pubmed99n{number + 1000:04}.xml.gz",
                *(record(first + n, f"Load {number}") for n in range(RECORDS)),
                deletion(first),
            )
            subprocess.run(
                [*ownjournal("ingest"), path],
                env=of(folder),
                check=True,
                capture_output=True,
            )


def slope_of(looks: Sequence[Look], warm: float = WARM) -> tuple[float, float]:
    """MB in an hour by least squares, and its standard error; without the warm-up."""
    kept = np.array(looks[int(len(looks) * warm) :])
    (slope, _), covariance = np.polyfit(kept[:, 0], kept[:, 1], 1, cov=True)
    return float(slope) * 3600, float(covariance[0, 0] ** 0.5) * 3600


def read_looks(path: Path) -> list[Look]:
    """What a soak has noted so far."""
    with path.open(newline="") as file:
        return [Look(*map(float, each)) for each in csv.reader(file)]
