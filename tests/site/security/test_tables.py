"""No cell of a table that the site gives out is a formula, whoever wrote it."""

import csv
from io import StringIO

import pytest
from django.db.models import Max

from made.articles import an_article
from made.shelf import shelve
from made.two_readers import PMID, Site, as_owner
from ownjournal.readers.log.models import LogRow

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\u3000＝1+1",
    ";=1",
)
TABLES = (
    "/log.csv",
    "/search.csv?q=velotrine",
    "/issues/{issue}.csv",
    "/articles/99100001.csv",
    "/collections/{collection}/export?format=csv",
    "/saved/export?format=csv",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cell_is_never_a_formula(site: Site, formula: str) -> None:
    version = LogRow.objects.aggregate(last=Max("pk"))["last"]
    shelve(an_article(pmid=PMID, title=f"{formula} of Velotrine", keywords=()))
    LogRow.objects.filter(pk=version).update(title=formula, reflection=formula)
    client, tables = as_owner(site), 0

    for path in TABLES:
        got = client.get(path.format(**site.things))
        if got.headers.get("Content-Type", "").startswith("text/csv"):
            text = b"".join(got) if got.streaming else got.content
            rows = list(csv.reader(StringIO(text.decode("utf-8-sig"), newline="")))
            tables += len(rows) > 1
            assert [c for row in rows for c in row if is_formula(c)] == [], path

    assert tables >= 3


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute it: its first sign, after what it skips."""
    return cell.lstrip(' \t\r\n\u3000"')[:1] in {
        "=",
        "+",
        "-",
        "@",
        "＝",
        "＋",
        "－",
        "＠",
    }
