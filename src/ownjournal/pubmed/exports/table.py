"""CSV for spreadsheets: one row an article, the same columns always.

RFC 4180: commas, double quotes, CR LF. UTF-8 with a byte order mark, without
which Excel takes it for something else. Several values of a cell are joined by
"; "; no cell holds a line end.

A spreadsheet computes a cell that begins like a formula. Where a cell, or what
follows a semicolon in it (a column of its own where lists are separated so),
begins with = + - @ or one of their wide forms, also after spaces or quotation
marks, an apostrophe is put before it. So the text stays readable, and nothing
is lost: taking away the first apostrophe there gives it back.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.exports.clean import line, paragraphs, words
from ownjournal.pubmed.exports.csl_json import Item, exported_item
from ownjournal.pubmed.exports.dates import iso, issued
from ownjournal.pubmed.exports.exported import Exported, marked_title, warnings
from ownjournal.pubmed.exports.place import pages

COLUMNS = (
    "pmid",
    "doi",
    "pmcid",
    "title",
    "original_title",
    "authors",
    "journal",
    "journal_abbreviation",
    "year",
    "date",
    "volume",
    "issue",
    "pages",
    "publication_types",
    "languages",
    "keywords",
    "mesh",
    "abstract",
    "warning",
    "address",
)

BYTE_ORDER_MARK = "\ufeff"

_FORMULA = re.compile(r"""(^|;)(?=[\s"']*[=+\-@＝＋－＠−])""")


def write(exported: Iterable[Exported]) -> Iterator[str]:
    """The names of the columns, then a row an article."""
    yield BYTE_ORDER_MARK + _row(COLUMNS)
    for each in exported:
        cells = _cells(each)
        yield _row([harmless(cells.get(name) or "") for name in COLUMNS])


def harmless(cell: str) -> str:
    """The cell so that no spreadsheet computes it, by the rule above."""
    return _FORMULA.sub(r"\1'", cell)


def _row(cells: Iterable[str]) -> str:
    buffer = StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def _cells(exported: Exported) -> dict[str, str | None]:
    article = exported.article
    item, when, place = exported_item(exported), issued(article), pages(article)
    return {
        # the number by which our own page has it, also of an invented article
        "pmid": str(article.pmid),
        "doi": item.get("DOI"),
        "pmcid": item.get("PMCID"),
        "title": marked_title(article),
        "original_title": words(article.vernacular_title),
        "authors": _authors(article, item),
        "journal": _container(article, item),
        "journal_abbreviation": item.get("container-title-short"),
        "year": str(when.year) if when is not None and when.year else None,
        "date": iso(when),
        "volume": item.get("volume"),
        "issue": item.get("issue"),
        "pages": place.text if place is not None else None,
        "publication_types": _joined(each.name for each in article.publication_types),
        "languages": _joined(article.languages),
        "keywords": _joined(words(each.text) for each in article.keywords),
        "mesh": _joined(each.name for each in article.mesh),
        "abstract": " ".join(paragraphs(article.abstract)),
        "warning": " ".join(warnings(exported)),
        "address": line(exported.address),
    }


def _authors(article: Article, item: Item) -> str | None:
    names = [*map(_name, item.get("author", ()))]
    return _joined(names if article.authors_complete else [*names, "et al."])


def _container(article: Article, item: Item) -> str | None:
    if article.book is not None and item["type"] == "chapter":
        return words(article.book.title)
    title: str | None = item.get("container-title")
    return title


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    parts = (name["family"], name.get("given"), name.get("suffix"))
    return ", ".join(part for part in parts if part)


def _joined(values: Iterable[str | None]) -> str | None:
    return "; ".join(text for each in values if (text := line(each))) or None
