"""Readers on the site while files are loaded: no error, and no half of a file.

Some articles are in every file and name it in their titles. Two clients of
`ownjournal serve` ask for lists and pages of them all the while. A list must have all
of them, as of one file; what a client is shown must never be older than what it was
shown before. The control loads each file in two halves, and must be seen to do so.
"""

import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from threading import Event
from typing import NamedTuple

from bench.child import run
from bench.figures import QUICK, Row, proof
from bench.loads import ownjournal, store
from made.files import pubmed_file, record
from made.loopback import free_port
from made.served import serving

AREA = "reliability"
FILES = 4 if QUICK else 60
MARKED = 15
OTHERS = 100 if QUICK else 1_500  # beside them in a file
CLIENTS = 2
SHOWN = re.compile(r"Veltrine \w+ as in file (\d+)")
LIST = "/search?q=veltrine"
WAITS = 120  # seconds for the site to answer


class Seen(NamedTuple):
    """What clients were given."""

    seconds: list[float]
    errors: list[str]
    torn: list[str]
    newest: list[int]  # file that each client was shown


def rows() -> Iterator[Row]:
    """Of loads on both databases."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-unaffected-") as name:
        whole = make_files(Path(name) / "whole", parts=1)
        halves = make_files(Path(name) / "halves", parts=2)
        for database in ("SQLite", "PostgreSQL"):
            folder = Path(name) / database
            with store(database, folder / "whole") as environment:
                seen = during(whole, environment)
            with store(database, folder / "halves") as environment:
                naive = during(halves, environment)
            yield from _told(database, seen, naive)


def _told(database: str, seen: Seen, naive: Seen) -> Iterator[Row]:
    for each in [*seen.errors, *seen.torn]:
        print(f"  {database}: {each}", file=sys.stderr)
    if min(seen.newest) < FILES // 2:
        raise AssertionError("the clients did not see the load")
    if not naive.torn:
        raise AssertionError("the drill cannot tell half a file")
    scope = f"lists and pages asked for while {FILES} files are loaded, {database}"
    yield proof(
        AREA,
        f"{scope}; errors, halves of files, and steps back",
        len(seen.errors) + len(seen.torn),
        promise="Readers do not notice a load",
        tries=len(seen.seconds),
        control=f"{len(naive.torn)} of {len(naive.seconds):,} show half a file that is"
        " loaded in two parts",
    )
    percentile = statistics.quantiles(seen.seconds, n=100)[98] * 1000
    yield Row(AREA, f"{scope}, p99", round(percentile, 1), "ms", "lower")


def make_files(folder: Path, parts: int) -> list[Path]:
    """Files that all have the marked articles; in so many parts each."""
    made = []
    for number in range(1, FILES + 1):
        marked = [
            record(pmid, f"Veltrine {_letter(pmid)} as in file {number}")
            for pmid in range(1, MARKED + 1)
        ]
        first = 1_000 + (number % 3) * OTHERS
        others = [record(first + each, f"In file {number}") for each in range(OTHERS)]
        step = -(-MARKED // parts)
        for part in range(parts):
            some = marked[part * step : (part + 1) * step]
            name = f"pubmed26n{number * parts + part:04}.xml.gz"
            made.append(pubmed_file(folder, name, *some, *others))
    return made


def _letter(pmid: int) -> str:
    """Titles that differ, so that none is taken for a copy of another."""
    return "abcdefghijklmnopqrstuvwxyz"[pmid] * 6


def during(files: list[Path], environment: Mapping[str, str]) -> Seen:
    """What clients are given while these files are loaded, one after the other."""
    parts = len(files) // FILES
    run([*ownjournal("ingest"), *files[:parts]], environment=environment)
    over = Event()
    port = free_port()
    own = {**os.environ, **environment, "BIND_PORT": str(port), "SEMANTIC": "no"}
    with (
        serving(own, path=LIST, waits=WAITS),
        ThreadPoolExecutor(CLIENTS) as threads,
    ):
        asking = [threads.submit(ask, port, over) for _ in range(CLIENTS)]
        try:
            for path in files[parts:]:  # one a command, as they come day by day
                run([*ownjournal("ingest"), path], environment=environment)
        finally:
            over.set()
        seen = [each.result() for each in asking]
    return Seen(*(sum(each, start=[]) for each in zip(*seen, strict=True)))


def ask(port: int, over: Event) -> Seen:
    """One client: a list, then a page of one of its articles, again and again."""
    site = HTTPConnection("127.0.0.1", port, timeout=WAITS)
    seen, newest = Seen([], [], [], []), 0
    for pmid in cycle(range(1, MARKED + 1)):
        if over.is_set():
            break
        for path in (LIST, f"/articles/{pmid}"):
            started = time.monotonic()
            try:
                status, text = _got(site, path)
            except (OSError, HTTPException) as fault:
                seen.errors.append(f"{path}: {type(fault).__name__}")
                site.close()
                continue
            seen.seconds.append(time.monotonic() - started)
            if status != 200:
                seen.errors.append(f"{path}: {status}")
                continue
            wrong, newest = judged(path, text, newest)
            seen.torn.extend([wrong] if wrong else [])
    site.close()
    seen.newest.append(newest)
    return seen


def judged(path: str, text: str, newest: int) -> tuple[str | None, int]:
    """What is wrong with a page, and the newest file that this client was shown."""
    files = {int(each) for each in SHOWN.findall(text)}
    if not files:
        return f"{path}: shows no article", newest
    if path == LIST and len(set(re.findall(r"Veltrine (\w+) as", text))) != MARKED:
        return f"{path}: shows some of the articles", newest
    if len(files) > 1:
        return f"{path}: shows files {sorted(files)}", newest
    if max(files) < newest:
        return f"{path}: shows file {max(files)} after {newest}", newest
    return None, max(newest, *files)


def _got(site: HTTPConnection, path: str) -> tuple[int, str]:
    site.request("GET", path)
    answer = site.getresponse()
    return answer.status, answer.read().decode()
