"""How much a small machine carries: `make drill PART=load`.

The highest rate of a mixed profile (`load_profile`) at which 99 of 100 requests are
answered within 250 ms of when they were due and none fails, at 1.6 million articles,
while a file of a day is loaded. The rate is doubled until it is too much, then halved
in. Nothing is kept in the catalogue that is measured: the site works on a copy.

The control is a site that stands still for 1.5 s once in 200 requests: requests at a
fixed rate must show it, where requests sent in turn do not.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from bench.figures import QUICK, Row
from bench.inputs import FOLDER, SHARED
from bench.load_client import Answer, Request, at_rates, in_turn, lost, percentile
from bench.load_profile import Profile
from bench.load_site import broken, copied, of, serving
from bench.loads import kept_catalogue, ownjournal

AREA = "reliability"
FILES = 4 if QUICK else 60
SECONDS = 10.0 if QUICK else 40.0  # of a step
FIRST_RATE = 4.0  # requests a second
HALVINGS = 1 if QUICK else 3
SOON = 0.25  # seconds, of p99
STEPS = 12  # files of a day: one for each step
STILL = 20.0, 20.0 if QUICK else 60.0  # requests a second, seconds
HEALTH = Request("health", "/health/live")


def rows() -> Iterator[Row]:
    """The highest rate with a load beside it, and without."""
    control = _control()
    with copied(kept_catalogue(FILES)) as folder:
        profile = Profile({"DATA_DIR": str(folder)})
        files = iter(_daily_files())
        with serving(folder) as site:
            at_rates(site.port, profile, [(FIRST_RATE, SECONDS)])  # caches fill
            for beside in (False, True):

                def step(rate: float, beside: bool = beside) -> list[Answer]:
                    with _loading(folder, next(files)) if beside else nullcontext():
                        return at_rates(site.port, profile, [(rate, SECONDS)])

                rate, answers = highest(step)
                yield _row(rate, answers, beside, control)


def _row(rate: float, answers: list[Answer], beside: bool, control: str) -> Row:
    size = "100,000" if QUICK else "1.6 million"
    during = "while a day's file is loaded" if beside else "alone"
    times = ", ".join(
        f"p{percent:g} {percentile(answers, percent) * 1000:,.0f} ms"
        for percent in (50, 95, 99)
    )
    return Row(
        AREA,
        f"highest rate with p99 below 250 ms and no fault, {size} articles, {during}",
        round(rate, 1),
        "requests/s",
        "higher",
        note=f"{times}; 2 processes and what asks them share the machine",
        promise="readers are answered while a file is loaded",
        tries=len(answers),
        control=control,
    )


def highest(
    step: Callable[[float], list[Answer]], first: float = FIRST_RATE
) -> tuple[float, list[Answer]]:
    """The highest rate that is good, and its answers; 0 where the first is not."""
    good, best = 0.0, []
    rate = first
    while is_good(answers := step(rate)):
        good, best = rate, answers
        rate *= 2
    bad = rate
    for _ in range(HALVINGS if good else 0):
        rate = (good + bad) / 2
        answers = step(rate)
        if is_good(answers):
            good, best = rate, answers
        else:
            bad = rate
    return good, best or answers


def is_good(answers: list[Answer]) -> bool:
    """Whether nearly all were answered soon, and all of them well."""
    said = f"{percentile(answers, 99) * 1000:,.0f} ms, {len(lost(answers))} lost"
    print(f"  {len(answers) / SECONDS:.1f} a second: p99 {said}", file=sys.stderr)
    return percentile(answers, 99) < SOON and not lost(answers)


def _control() -> str:
    """What a site that stands still shows, asked in both ways."""
    with (
        copied(kept_catalogue(1)) as folder,
        serving(folder, command=broken("stalls")) as site,
    ):
        fixed = at_rates(site.port, lambda: HEALTH, [STILL])
        turns = in_turn(site.port, lambda: HEALTH, len(fixed))
    there, missed = percentile(fixed, 99), percentile(turns, 99)
    if there < 1.0:
        raise AssertionError(f"stalls of 1.5 s are not seen: p99 {there:.2f} s")
    return f"stalls planted: p99 {there:.1f} s; sent in turn {missed:.2f} s"


def _daily_files() -> list[Path]:
    """New files of 30,000 citations, a tenth of them revised."""
    folder = FOLDER / f"daily-{FILES}"
    made = sorted(folder.glob("*.xml.gz"))
    if len(made) < STEPS:
        command = [sys.executable, SHARED / "bench" / "make_corpus.py", "--out", folder]
        numbers = ["--files", STEPS, "--first", FILES + 1, "--seed", FILES]
        subprocess.run(
            [str(each) for each in (*command, *numbers)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        made = sorted(folder.glob("*.xml.gz"))
    return made


@contextmanager
def _loading(folder: Path, file: Path) -> Iterator[None]:
    """`ownjournal ingest` at work from the beginning; its end is waited for."""
    command = [*ownjournal("ingest"), str(file)]
    with subprocess.Popen(command, env=of(folder)) as load:
        yield
    if load.returncode:
        raise RuntimeError(f"the load ended with {load.returncode}")
