"""The article page at the size of a specialty's whole literature.

Server time of a page and of the similar articles that it asks for afterwards,
in process, on one catalogue of 1.6 million articles; and the page's weight.
"""

import json
import statistics
from collections.abc import Iterator

from bench.child import python
from bench.figures import QUICK, Row
from bench.loads import kept_catalogue

AREA = "article"
RUNS = 1 if QUICK else 3
FILES = 4 if QUICK else 60  # 1.6 million live articles

Quantiles = dict[str, float]


def pages() -> Iterator[Row]:
    """The page, then its similar articles."""
    folder = str(kept_catalogue(FILES))
    size = "100,000" if QUICK else "1.6 million"
    page = _asked(folder, "/articles/{}", 2_000)
    for name, floor, target in (
        ("p50", 10, 4),
        ("p95", None, None),
        ("p99", None, None),
    ):
        figure = f"article page at {size} articles, {name}"
        yield _time(figure, page["ms"][name], floor, target)
    for name, limit in (("p50", 40), ("most", 40)):
        figure = f"article page, compressed, {name} of 2,000"
        yield Row(AREA, figure, page["kB"][name], "kB", "lower", limit, limit)
    similar = _asked(folder, "/articles/{}/similar?part=1", 300)
    for name in ("p50", "p95", "p99"):
        figure = f"similar articles at {size} articles, own request, {name}"
        yield _time(figure, similar["ms"][name])


def _asked(folder: str, address: str, articles: int) -> dict[str, Quantiles]:
    """Medians of the runs."""
    runs = [
        json.loads(
            python(
                "bench.pages", address, articles, environment={"DATA_DIR": folder}
            ).output
        )
        for _ in range(RUNS)
    ]
    return {
        kind: {
            name: statistics.median(each[kind][name] for each in runs)
            for name in runs[0][kind]
        }
        for kind in ("ms", "kB")
    }


def _time(
    figure: str, value: float, floor: float | None = None, target: float | None = None
) -> Row:
    return Row(AREA, figure, value, "ms", "lower", floor, target)
