"""`make bench`: how fast, how small; each figure beside its peer's.

    make bench                     everything; the large load takes a while
    make bench AREA=main QUICK=1   smaller loads, fewer runs

Whole processes are measured, their start included; medians of three runs. CPU
seconds are those of one core, for us and for peers: two threads of one core,
as small machines have them, would each be charged for waiting for the other.
"""

import json
import os
import statistics
import sys
from collections.abc import Callable, Iterator

from bench import (
    article,
    browse,
    compiling,
    figures,
    first_issue,
    peers,
    posting,
    probing,
    ranking_speed,
    search_speed,
    workers,
)
from bench.child import python
from bench.figures import QUICK, Row
from bench.inputs import EACH, SHARED, corpus
from bench.loads import data_folder, ingest, stored_bytes
from pubmed.truth import compare

AREA = "main"
ALL_OF_PUBMED = 40_000_000
RUNS = 1 if QUICK else 3
LARGE = 4 if QUICK else 34  # files: 1,020,000 citations
PAGES = 4  # files: more than 100,000 articles


def main() -> None:
    areas = parts_by_area()
    asked = os.environ.get("AREA")
    if asked and asked not in areas:
        print(f"Areas are {', '.join(areas)}.", file=sys.stderr)
        raise SystemExit(2)
    for area in [asked] if asked else areas:
        measure(areas[area])


def parts_by_area() -> dict[str, tuple[Callable[[], Iterator[Row]], ...]]:
    """What is measured, in this order."""
    return {
        AREA: (truth, parse, end_to_end, large, pages_and_issue),
        article.AREA: (article.pages,),
        browse.AREA: (browse.pages,),
        ranking_speed.AREA: (ranking_speed.readers, ranking_speed.appraising),
        "readers": (
            probing.doors,
            first_issue.coming_in,
            posting.mails,
            compiling.issues,
            workers.rows,
        ),
        search_speed.AREA: (search_speed.times, search_speed.index_cost),
    }


def measure(parts: tuple[Callable[[], Iterator[Row]], ...]) -> None:
    """Measure one area, show it and keep it."""
    rows: list[Row] = []
    for part in parts:
        print(f"{part.__name__} …", file=sys.stderr)
        for row in part():
            rows.append(row)
            print(f"  {row.figure}: {row.value:,.4g} {row.unit}", file=sys.stderr)
    figures.show(rows)
    print(figures.write("bench", rows))


def truth() -> Iterator[Row]:
    """Every real record there is, against two readings that are not ours."""
    for name, report in compare(SHARED).items():
        yield Row(
            AREA,
            f"fields compared with {name}, over {report.records} records",
            report.compared,
            "fields",
            "higher",
        )
        yield Row(
            AREA,
            f"differences from {name}, unexplained",
            len(report.differences),
            "fields",
            "lower",
            0,
            0,
        )


def parse() -> Iterator[Row]:
    """Reading alone, with every field on both sides."""
    [path] = corpus(1)
    costs = [python("bench.parse", path, one_core=True) for _ in range(RUNS)]
    citations = int(costs[0].output)
    rate = citations / statistics.median(each.cpu_seconds for each in costs)
    peer = peers.pubmed_parser(path, citations, RUNS)
    yield Row(
        AREA,
        "parse: gz to complete Articles",
        rate,
        "citations/CPU-s",
        "higher",
        6_000,
        12_000,
        "pubmed_parser",
        peer,
    )
    if peer:
        yield Row(
            AREA, "parse, against pubmed_parser", rate / peer, "×", "higher", 2.2, 4.5
        )
    yield Row(
        AREA,
        "peak memory of parsing 30,000 citations",
        max(each.peak_mb for each in costs),
        "MB",
        "lower",
    )


def end_to_end() -> Iterator[Row]:
    """Read, judged, stored, searchable: four files, and one for its memory."""
    paths = corpus(PAGES)
    costs = []
    for _ in range(RUNS):
        with data_folder() as folder:
            costs.append(ingest(folder, paths, one_core=True))
    rate = PAGES * EACH / statistics.median(each.cpu_seconds for each in costs)
    peer = peers.edirect_archive(paths[0], EACH, RUNS)
    yield Row(
        AREA,
        "end to end: gz to judged, stored, searchable",
        rate,
        "citations/CPU-s",
        "higher",
        2_200,
        4_500,
        "EDirect archive step",
        peer,
    )
    if peer:
        yield Row(
            AREA,
            "end to end, against EDirect's archive step alone",
            rate / peer,
            "×",
            "higher",
            1.5,
            3,
        )
    with data_folder() as folder:
        both = ingest(folder, paths)
    alone = statistics.median(each.wall_seconds for each in costs)
    yield Row(
        AREA,
        "both cores used",
        alone / both.wall_seconds,
        "× one core",
        "higher",
        1.5,
        1.8,
    )
    with data_folder() as folder:
        one = ingest(folder, paths[:1])
    yield Row(
        AREA,
        "peak memory of loading 30,000 citations, any process",
        one.peak_mb,
        "MB",
        "lower",
        600,
        300,
    )


def large() -> Iterator[Row]:
    """A load large enough to say something of all of PubMed."""
    paths = corpus(LARGE)
    with data_folder() as folder:
        cost = ingest(folder, paths)
        size = stored_bytes(folder)
    citations = LARGE * EACH
    hours = cost.wall_seconds / citations * ALL_OF_PUBMED / 3600
    note = f"extrapolated from {citations:,} citations in {cost.wall_seconds:,.0f} s"
    yield Row(
        AREA,
        "all of PubMed (40 M) on 2 cores",
        hours,
        "h",
        "lower",
        3.5,
        1.5,
        note=note,
    )
    yield Row(
        AREA,
        "disk, store and index, large load",
        size / citations / 1000,
        "kB/citation",
        "lower",
        3.0,
        2.1,
    )
    yield Row(
        AREA, "peak memory of the large load", cost.peak_mb, "MB", "lower", 600, 300
    )


def pages_and_issue() -> Iterator[Row]:
    """What a reader waits for, at 100,000 articles."""
    with data_folder() as folder:
        ingest(folder, corpus(PAGES))
        environment = {"DATA_DIR": str(folder)}
        asked = [
            python("bench.pages", "/articles/{}", environment=environment)
            for _ in range(RUNS)
        ]
        times = [json.loads(each.output)["ms"] for each in asked]
        issue = json.loads(python("bench.one_issue", environment=environment).output)
    for name, floor, target in (("p50", 30, 8), ("p95", 80, 20), ("p99", None, None)):
        yield Row(
            AREA,
            f"article page at 100,000 articles, {name}",
            statistics.median(each[name] for each in times),
            "ms",
            "lower",
            floor,
            target,
        )
    yield Row(
        AREA,
        "issue of one reader over 30,000 articles, warm",
        issue["seconds"],
        "s",
        "lower",
        1,
        0.1,
    )
    yield Row(
        AREA,
        "pool of 30,000 articles, shared by all readers",
        issue["pool_cpu_seconds"],
        "CPU-s",
        "lower",
    )


if __name__ == "__main__":
    main()
