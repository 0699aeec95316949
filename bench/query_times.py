"""Time searches of one index, in process, warm.

    python -m bench.query_times FOLDER_OF_THE_INDEX QUERIES.json

Prints JSON: for each query its kind, its hits, and the milliseconds of a first
page in the best order with the exact count, of its facets, and of a first page by
evidence. Reading the query counts; each is the median of three passes after one
that only warms up.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.facets import OF_RESULTS
from ownjournal.search.index import Hits
from ownjournal.search.parser import parse
from ownjournal.search.query import All, Query

A_PAGE = 20
PASSES = 3


def main() -> None:
    index = EmbeddedIndex.open(Path(sys.argv[1]))
    queries = json.loads(Path(sys.argv[2]).read_text())

    def page(text: str) -> Hits:
        return index.search(_read(text), limit=A_PAGE)

    def facets(text: str) -> object:
        return index.facets(_read(text), OF_RESULTS)

    def evidence(text: str) -> Hits:
        return index.search(_read(text), limit=A_PAGE, order="evidence")

    texts = [text for _, text in queries]
    steps: dict[str, Callable[[str], object]] = {
        "search": page,
        "facets": facets,
        "evidence": evidence,
    }
    print(
        json.dumps(
            {
                "articles": index.count(All()),
                "kinds": [kind for kind, _ in queries],
                "hits": [page(text).total for text in texts],
                **{name: _milliseconds(step, texts) for name, step in steps.items()},
            }
        )
    )


def _read(text: str) -> Query:
    return parse(text).query or All()


def _milliseconds(step: Callable[[str], object], texts: list[str]) -> list[float]:
    passes = []
    for _ in range(1 + PASSES):
        times = []
        for text in texts:
            started = time.perf_counter()
            step(text)
            times.append((time.perf_counter() - started) * 1000)
        passes.append(times)
    return [statistics.median(each) for each in zip(*passes[1:], strict=True)]


if __name__ == "__main__":
    main()
