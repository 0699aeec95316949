"""The log as a table for spreadsheets; CSV by the rules of pubmed/exports/table.py."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.conf import settings
from django.db.models import QuerySet

from ownjournal.catalogue import store
from ownjournal.pubmed import citation
from ownjournal.pubmed.exports.table import BYTE_ORDER_MARK, harmless
from ownjournal.readers.log.models import LogRow

COLUMNS = (
    "day",
    "deed",
    "pmid",
    "title",
    "minutes",
    "reflection",
    "from",
    "citation",
    "address",
)
AT_ONCE = 200


def write(found: "QuerySet[LogRow]") -> Iterator[str]:
    """The names of the columns, then a row for each of the log; in constant memory."""
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for row, cited in with_citations(found):
        yield _line(
            (
                row.done_on.isoformat(),
                row.get_deed_display(),
                str(row.pmid),
                row.title,
                str(row.minutes or ""),
                row.reflection or "",
                row.source or "",
                cited or "",
                f"{settings.SITE_URL}/articles/{row.pmid}",
            )
        )


def with_citations(
    found: "QuerySet[LogRow]",
) -> Iterator[tuple[LogRow, str | None]]:
    """Each row and how its article is cited; None where NLM took it back."""
    some: list[LogRow] = []
    for row in found.iterator(chunk_size=AT_ONCE):
        some.append(row)
        if len(some) == AT_ONCE:
            yield from _cited(some)
            some = []
    yield from _cited(some)


def _cited(some: list[LogRow]) -> Iterator[tuple[LogRow, str | None]]:
    kept = store.get_many(sorted({row.pmid for row in some}))
    for row in some:
        article = kept.get(row.pmid)
        yield row, citation.full(article.article, authors=6) if article else None


def _line(cells: Iterable[str]) -> str:
    buffer = StringIO(newline="")
    flat = [harmless(" ".join(cell.split())) for cell in cells]
    csv.writer(buffer, lineterminator="\r\n").writerow(flat)
    return buffer.getvalue()
