"""Pages to browse at the size of a specialty's whole literature.

Server time of every kind of page, in process, on one catalogue of 1.6 million
articles; what is opened is drawn from the catalogue itself, see `browsed`.
"""

import json
import statistics
from collections.abc import Iterator

from bench.browsed import KINDS
from bench.child import python
from bench.figures import QUICK, Row
from bench.loads import kept_catalogue

AREA = "browse"
RUNS = 1 if QUICK else 3
FILES = 4 if QUICK else 60  # 1.6 million live articles
PAGES = 40 if QUICK else 100  # of each kind
FLOORS = {
    "what stands beside a topic": 500.0,
    "overlap of two topics": 500.0,
    "overlap of two topics of different articles": 500.0,
}  # ms, of p95; 100 for all others
FLOOR = 100.0


def pages() -> Iterator[Row]:
    """Each kind of page, medians of the runs."""
    folder = str(kept_catalogue(FILES))
    size = "100,000" if QUICK else "1.6 million"
    for kind in KINDS:
        runs = [
            json.loads(
                python(
                    "bench.browsed", kind, PAGES, environment={"DATA_DIR": folder}
                ).output
            )
            for _ in range(RUNS)
        ]
        for name, floor in (("p50", None), ("p95", FLOORS.get(kind, FLOOR))):
            yield Row(
                AREA,
                f"{kind} at {size} articles, {name}",
                statistics.median(each[name] for each in runs),
                "ms",
                "lower",
                floor,
            )
