"""The picture of two topics and what stands between them, drawn on the server.

Names keep their size and a column of their own in the middle, so that no line runs
through one. Horizontal measures are percents, vertical ones pixels; colours are
classes. Under the picture stands the same as a table, with its links.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from msgspec import Struct

from ownjournal.catalogue.browsing.charts import percent

HUB_X, NAMES_X = 0.07, 0.25  # shares of the width; the right side mirrors them
ROW = 44  # px
TOP = 62  # px for the names of the two topics
LEAST_RADIUS, MOST_RADIUS = 7, 17  # px
THINNEST, THICKEST = 1.0, 7.0  # px of a line
_STRONGEST = 8.0  # doublings of a lift that is drawn thickest
LETTERS, HUB_LETTERS = 22, 19  # of a line of a name, as a phone has room for


class Between(Struct, frozen=True):
    """Something between the two topics."""

    name: str
    said: str  # what a pointer over it says
    left: float  # its lift with the left topic, and with the right; 1 or less: none
    right: float
    address: str | None = None
    bridge: bool = False  # no article connects it with both


class Hub(Struct, frozen=True):
    """One of the two topics."""

    name: str
    articles: int
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A name in the middle, and a line to each side."""

    lines: tuple[str, ...]  # of the name, one or two
    said: str
    address: str | None
    bridge: bool
    y: int  # px, of the middle
    text_y: int  # of the first line of the name
    left_width: str  # px of the lines
    right_width: str


@dataclass(frozen=True, slots=True)
class HubView:
    """One of the two topics, as it is drawn."""

    lines: tuple[str, ...]
    count: str
    address: str
    radius: str  # px; by the root of its articles, so that areas compare
    x: str
    names_x: str  # percents: where lines end


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything catalogue/graph.html may use."""

    title: str
    told: str
    left: HubView
    right: HubView
    rows: tuple[Row, ...]
    middle: int  # px: of the two topics
    height: int
    bridged: bool  # whether a line is a bridge


def graph(title: str, left: Hub, right: Hub, between: Sequence[Between]) -> Graph:
    """The picture; without anything between, the two topics alone."""
    rows = tuple(_row(place, each) for place, each in enumerate(between))
    height = TOP + ROW * max(len(rows), 1)
    most = max(left.articles, right.articles, 1)
    return Graph(
        title=title,
        told=_told(left, right, between),
        left=_hub(left, most, HUB_X, NAMES_X),
        right=_hub(right, most, 1 - HUB_X, 1 - NAMES_X),
        rows=rows,
        middle=TOP + (height - TOP) // 2,
        height=height,
        bridged=any(each.bridge for each in between),
    )


def _told(left: Hub, right: Hub, between: Sequence[Between]) -> str:
    joint = [each.name for each in between if not each.bridge]
    bridges = [each.name for each in between if each.bridge]
    said = [f"{left.name} on the left, {right.name} on the right."]
    if joint:
        said.append(f"Between them, on articles about both: {'; '.join(joint)}.")
    if bridges:
        said.append(f"With each, but on no article about both: {'; '.join(bridges)}.")
    return " ".join(said)


def _hub(hub: Hub, most: int, x: float, names_x: float) -> HubView:
    share = math.sqrt(hub.articles / most)
    return HubView(
        lines=_lines(hub.name, HUB_LETTERS),
        count=f"{hub.articles:,}",
        address=hub.address,
        radius=f"{LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * share:.1f}",
        x=percent(x),
        names_x=percent(names_x),
    )


def _row(place: int, between: Between) -> Row:
    y = TOP + ROW * place + ROW // 2
    lines = _lines(between.name, LETTERS)
    return Row(
        lines=lines,
        said=between.said,
        address=between.address,
        bridge=between.bridge,
        y=y,
        text_y=y + 4 - 8 * (len(lines) - 1),
        left_width=_width(between.left),
        right_width=_width(between.right),
    )


def _width(lift: float) -> str:
    doublings = math.log2(max(lift, 1.0))
    share = min(doublings / _STRONGEST, 1.0)
    return f"{THINNEST + (THICKEST - THINNEST) * share:.1f}"


def _lines(name: str, letters: int) -> tuple[str, ...]:
    """A name in one line or two, the second cut short where it must be."""
    return tuple(wrap(name, letters, max_lines=2, placeholder=" …")) or (name,)
