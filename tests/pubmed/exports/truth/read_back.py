"""How each format is read back, and the facts that have to be found in it."""

from collections.abc import Callable
from typing import Any

from pubmed.agreement import Facts
from pubmed.exports.truth import (
    bibtex,
    csl_json,
    csv_table,
    listing,
    nbib_fields,
    nbib_package,
    ris,
)

READ_BACK: list[tuple[str, Callable[[str], list[Any]], Facts]] = [
    ("csl-json", csl_json.read, csl_json.FACTS),
    ("ris", ris.read, ris.FACTS),
    ("bibtex", bibtex.read, bibtex.FACTS),
    ("csv", csv_table.read, csv_table.FACTS),
    ("nbib", nbib_fields.read, nbib_fields.FACTS),
    ("nbib", nbib_package.read, nbib_package.FACTS),
    ("text", listing.read, listing.FACTS),
]
"""(code of the format, reader of a file, facts)."""
