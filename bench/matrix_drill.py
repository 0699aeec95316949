"""Every address of the site under every attack of a kind. `make drill PART=matrices`.

make drill PART=matrices QUICK=1    one reader, one way, one address elsewhere
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.child import python
from bench.figures import Row, proof
from bench.loads import store

AREA = "reliability"
DRILLS = {  # name to promise, and what was done
    "others": (
        "another's thing is answered as nobody's",
        "ids of another's things, by four who may not see them, in five methods",
        "notes shown whose-ever they are",
    ),
    "pages": (
        "no page shows what is another's",
        "all other pages, and secret links with one character changed",
        "asked for by their owner",
    ),
    "forms": (
        "no other site's form is taken",
        "four methods at every address, in seven ways that another site can send them",
        "without a look at tokens",
    ),
    "looks": (
        "looking changes nothing",
        "GET, HEAD and OPTIONS at every address, every row compared",
        "a page that writes when it is looked at",
    ),
    "redirects": (
        "nothing leads to another site",
        "ten addresses elsewhere in eight parameters, at every address",
        "any address is taken for ours",
    ),
    "caches": (
        "what a reader is shown stays with them",
        "headers for caches at every address",
        "pages that may be kept for ten minutes",
    ),
    "methods": (
        "a page has its own methods alone",
        "TRACE, CONNECT, PROPFIND and BREW at every address",
        "TRACE is answered",
    ),
    "numbers": (
        "no address breaks the site",
        "ids of 31 digits and those there are, at every address",
        "numbers too large are a fault",
    ),
}


def rows() -> Iterator[Row]:
    """Of both databases."""
    for database in ("SQLite", "PostgreSQL"):
        with (
            tempfile.TemporaryDirectory(prefix="ownjournal-matrices-") as folder,
            store(database, Path(folder) / "data") as environment,
        ):
            said = python("bench.matrices", environment=environment).output
        yield from told(json.loads(said), database)


def told(found: dict[str, dict[str, int]], database: str) -> Iterator[Row]:
    """A row an attack; raises AssertionError where a control was not noticed."""
    for name, (promise, done, careless) in DRILLS.items():
        counts = found[name]
        if not counts["noticed"]:
            raise AssertionError(f"{name}: the drill does not notice: {careless}")
        yield proof(
            AREA,
            f"{done}, {database}",
            counts["failed"],
            promise=promise,
            tries=counts["tries"],
            control=f"{careless}: {counts['noticed']} of {counts['control']} noticed",
        )
