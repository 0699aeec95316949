"""The log as a PDF: a record of reading for a person who credits it.

Made whole in memory, so it holds MOST_ROWS at most. Text becomes text only: what
looks like markup in a title or a reflection is shown as it was typed.
"""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any
from unicodedata import normalize
from xml.sax.saxutils import escape

from django.conf import settings
from msgspec import Struct
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus.tables import TableStyle

from ownjournal.pubmed.months import MONTHS
from ownjournal.readers.log.chosen import Totals
from ownjournal.readers.log.lettering import Font, font
from ownjournal.readers.log.models import LogRow

MOST_ROWS = 5_000
LINES = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, colors.HexColor("#999999")),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
)
WIDTHS = (24 * mm, 17 * mm, 17 * mm, 107 * mm)
RESPELT = (
    "Letters that this file’s font lacks are written in another form, in brackets "
    "where they have no plain one."
)


class Heading(Struct, frozen=True):
    """What stands above the rows."""

    email: str
    period: str
    made_on: date
    totals: Totals


class _Writer:
    """Makes paragraphs, and remembers whether a letter had to be spelt."""

    def __init__(self, letters: Font) -> None:
        self._font = letters
        self.respelt = False

    def line(self, text: str, *, bold: bool = False, size: float = 9) -> Paragraph:
        spelt = self._font.spelt(text)
        self.respelt |= spelt != normalize("NFC", text)
        style = ParagraphStyle(
            "line",
            fontName=self._font.bold if bold else self._font.plain,
            fontSize=size,
            leading=size * 1.35,
            splitLongWords=True,
        )
        return Paragraph(escape(spelt), style)


def document(heading: Heading, rows: Iterable[tuple[LogRow, str | None]]) -> bytes:
    """The file; `rows` with how each article is cited."""
    writer = _Writer(font())
    parts = [*_head(writer, heading), _table(writer, rows), Spacer(0, 5 * mm)]
    parts.append(
        writer.line(
            f"Kept by the reader at {settings.SITE_URL}. Minutes are estimated from "
            "the length of the abstract where the reader has not put others.",
            size=8,
        )
    )
    if writer.respelt:
        parts.append(writer.line(RESPELT, size=8))
    file = BytesIO()
    SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        title=f"Record of reading, {heading.period}",
        author=heading.email,
        creator=settings.SITE_NAME,
        lang="en",
    ).build(parts, onFirstPage=_foot, onLaterPages=_foot)
    return file.getvalue()


def _head(writer: _Writer, heading: Heading) -> list[Flowable]:
    totals = heading.totals
    facts = (
        ("Reader", heading.email),
        ("Period", heading.period),
        ("Articles", f"{totals.articles:,}"),
        ("Minutes", f"{totals.minutes:,} ({totals.minutes / 60:.1f} hours)"),
        ("Made on", day_told(heading.made_on)),
    )
    return [
        writer.line("Record of reading", bold=True, size=17),
        Spacer(0, 4 * mm),
        *(writer.line(f"{name}: {value}", size=10) for name, value in facts),
        Spacer(0, 6 * mm),
    ]


def _table(
    writer: _Writer, rows: Iterable[tuple[LogRow, str | None]]
) -> LongTable | Paragraph:
    names = [writer.line(name, bold=True) for name in ("Day", "What", "Minutes", "")]
    names[-1] = writer.line("Article, and what it taught", bold=True)
    cells: list[list[Any]] = [names]
    for row, cited in rows:
        about = [writer.line(cited or f"{row.title} PMID: {row.pmid}.")]
        about += [writer.line(line) for line in (row.reflection or "").splitlines()]
        what = (row.done_on.isoformat(), row.get_deed_display(), str(row.minutes or ""))
        cells.append([*(writer.line(each) for each in what), about])
    if len(cells) == 1:
        return writer.line("Nothing is in the log for this period.")
    return LongTable(
        cells, colWidths=WIDTHS, repeatRows=1, splitInRow=1, style=LINES, hAlign="LEFT"
    )


def _foot(canvas: Any, template: Any) -> None:
    canvas.saveState()
    canvas.setFont(font().plain, 8)
    canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, f"Page {template.page}")
    canvas.restoreState()


def day_told(day: date) -> str:
    """ "30 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
