"""Read a list of retractions: Retraction Watch's, as Crossref publishes it.

A table in CSV, plain or in gzip, whose columns are known by their names, in any
case and order: `OriginalPaperDOI` and `OriginalPaperPubMedID` say which article
an entry is about, `RetractionNature` what it says. A table of two columns, `doi`
and `retractionwatch`, is read too. What cannot be used is given back with its
line and the reason. Where it comes from, and its columns:
https://www.crossref.org/documentation/retrieve-metadata/retraction-watch/
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from ownjournal.pubmed.article import Identifiers
from ownjournal.pubmed.files import Limits, open_xml
from ownjournal.pubmed.refusal import FileRefused

LIMITS = Limits(packed=300_000_000, unpacked=1_000_000_000)
"""The list has 60 MB."""

LONGEST_LINE = 1_000_000  # characters
MOST_REASONS = 4
LONGEST_REASON = 80  # characters

NATURES = {
    "retraction": "retracted",
    "expression of concern": "concern",
    "correction": "corrected",
    "reinstatement": "reinstated",
}
"""How the list calls what happened, in small letters, and how we do."""

_ABOUT_DOI = ("originalpaperdoi", "doi")
_ABOUT_PMID = ("originalpaperpubmedid", "pmid")
_NATURE = ("retractionnature", "retractionwatch")
_DATE = ("retractiondate",)
_NOTICE_DOI = ("retractiondoi",)
_NOTICE_PMID = ("retractionpubmedid",)
_REASON = ("reason",)

_RESOLVER = re.compile(r"\A(?:https?:/{1,2}(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S{1,240}")
_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\b")
_UNUSUAL = re.compile(r"[^\w /,.()&'-]+")
_NO_REASON = re.compile(r"date of |notice - |unknown|upgrade|update of|temporary")


class Entry(Struct, frozen=True):
    """One thing that the list says of one article."""

    nature: str  # a value of NATURES
    pmid: int | None
    doi: str | None  # in small letters, without a resolver's address
    dated: str | None = None  # "2024-05-20"
    notice: str | None = None  # "PMID 123", or a DOI
    reasons: str | None = None  # the first few, joined by "; "


class Unusable(Struct, frozen=True):
    """A row that says nothing we can use."""

    line: int
    reason: str


def read(path: Path) -> Iterator[Entry | Unusable]:
    """The entries of a list, in its order.

    Raises FileRefused where it cannot be read to its end or is no such list;
    whoever wants all or nothing reads to the end first.
    """
    with (
        open_xml(path, limits=LIMITS) as unpacked,
        io.TextIOWrapper(
            unpacked, encoding="utf-8-sig", errors="replace", newline=""
        ) as text,
    ):
        rows = csv.reader(iter(lambda: text.readline(LONGEST_LINE), ""))
        columns = _Columns(next(rows, []), path.name)
        for row in _whole(rows):
            if isinstance(row, Unusable):
                yield row
            elif row:
                yield from columns.entries(row, rows.line_num)


def normal_doi(text: str) -> str | None:
    """A DOI in small letters, however it was written; None where it is none."""
    doi = _RESOLVER.sub("", text.strip(), count=1).lower()
    return doi if _DOI.fullmatch(doi) else None


def dois_of(own: Identifiers) -> tuple[str, ...]:
    """Every valid DOI of a record, as `normal_doi` writes it: a few have two."""
    others = [each.value for each in own.others if each.kind == "doi" and each.valid]
    given = [own.doi, *others] if own.doi is not None else others
    found = [normal_doi(doi) for doi in given]
    return tuple(dict.fromkeys([doi for doi in found if doi is not None]))


class _Columns:
    """Where a table has what."""

    def __init__(self, header: list[str], name: str) -> None:
        places = {
            re.sub(r"[^a-z]", "", title.lower()): place
            for place, title in enumerate(header)
        }
        self._doi = _column(places, _ABOUT_DOI)
        self._pmid = _column(places, _ABOUT_PMID)
        self._nature = _column(places, _NATURE)
        self._date = _column(places, _DATE)
        self._notice_doi = _column(places, _NOTICE_DOI)
        self._notice_pmid = _column(places, _NOTICE_PMID)
        self._reason = _column(places, _REASON)
        if not {*_ABOUT_DOI, *_ABOUT_PMID} & places.keys():
            what = "OriginalPaperDOI or OriginalPaperPubMedID"
        elif not {*_NATURE} & places.keys():
            what = "RetractionNature"
        else:
            return
        raise FileRefused("COLUMNS", f"{name} has no column {what}: it is no list.")

    def entries(self, row: list[str], line: int) -> Iterator[Entry | Unusable]:
        """What a row says, an entry for each thing; several stand in one as a;b."""
        pmid, doi = _pmid(self._pmid(row)), normal_doi(self._doi(row))
        if pmid is None and doi is None:
            yield Unusable(line, "It names neither a PMID nor a DOI.")
            return
        natures = [each.strip() for each in self._nature(row).split(";")]
        for nature in dict.fromkeys(filter(None, natures)):
            known = NATURES.get(nature.lower())
            if known is None:
                yield Unusable(line, f"It says “{nature[:40]}”, which is not known.")
                continue
            yield Entry(
                known,
                pmid,
                doi,
                _day(self._date(row)),
                self._notice(row, pmid),
                _reasons(self._reason(row)),
            )
        if not any(natures):
            yield Unusable(line, "It does not say what happened.")

    def _notice(self, row: list[str], pmid: int | None) -> str | None:
        """What tells it: many notices have the number of the article itself."""
        notice = _pmid(self._notice_pmid(row))
        if notice is not None and notice != pmid:
            return f"PMID {notice}"
        doi = normal_doi(self._notice_doi(row))
        return doi if doi != normal_doi(self._doi(row)) else None


def _column(
    places: Mapping[str, int], names: tuple[str, ...]
) -> Callable[[list[str]], str]:
    """What gives the cell of a row under one of these names; "" without one."""
    place = next((places[name] for name in names if name in places), None)
    return lambda row: row[place] if place is not None and place < len(row) else ""


def _whole(rows: Iterator[list[str]]) -> Iterator[list[str] | Unusable]:
    """The rows, and those that are no CSV as what they are."""
    while True:
        try:
            row = next(rows, None)
        except csv.Error as fault:
            yield Unusable(getattr(rows, "line_num", 0), f"It is no CSV: {fault}.")
            continue
        if row is None:
            return
        yield row


def _pmid(text: str) -> int | None:
    """0 stands for none."""
    digits = text.strip().removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return None
    return int(digits) or None


def _day(text: str) -> str | None:
    """ "5/20/2024 0:00" and "2024-05-20" as the latter; None for no day."""
    if found := _AMERICAN.match(text.strip()):
        month, day, year = map(int, found.groups())
    elif found := _ISO.match(text.strip()):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _reasons(text: str) -> str | None:
    """The first few, of "+Falsification/Fabrication of Data;+Notice - Lack of;"."""
    each = (_UNUSUAL.sub(" ", part.strip(" +")).strip() for part in text.split(";"))
    told = [one[:LONGEST_REASON] for one in each if one]
    said = [one for one in told if not _NO_REASON.search(one.lower())]
    return "; ".join(dict.fromkeys(said[:MOST_REASONS])) or None
