"""Charts drawn on the server: bars by month or year, in one or several kinds.

A chart is as wide as its place and its letters keep their size, so horizontal
measures are percents and vertical ones pixels. Colours are CSS classes. Beneath
each stands a table with its numbers, which is also where its links can be
reached by keyboard: to a screen reader the drawing is one image.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

HEIGHT = 160  # px of the highest bar
ABOVE, BELOW = 16, 26  # px over it, and for the labels under the bars
_LETTER = 7.5  # px that a digit of the scale takes at most
_INK = 0.82  # of a bar's place; the rest is the gap
_LEAST = 1.5  # px of a bar that stands for any article at all
_WIDE, _NARROW = 16, 7  # labels that a wide and a narrow screen have room for
_STEPS = (1, 2, 3, 5, 10, 20, 25, 50, 100)  # bars from one label to the next


class Amount(Struct, frozen=True):
    """What one bar stands for."""

    label: str  # "March 2024", "2024"
    short: str  # under the bar: "Mar", "2024"
    counts: tuple[int, ...]  # one for each kind, from the bottom up
    address: str | None = None  # of these articles
    chosen: bool = False  # the page is about them
    unfinished: bool = False  # the month or year is not over


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a bar."""

    kind: int  # from 1; its class is "kind-1"
    x: str  # percents
    width: str
    y: str  # px
    height: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, and its row of the table."""

    label: str
    count: str  # of all kinds together, with separators
    articles: str  # "1 article"
    counts: tuple[str, ...]  # of each kind
    address: str | None
    chosen: bool
    unfinished: bool
    slot: str  # percents: where its place begins
    slot_width: str
    middle: str
    parts: tuple[Part, ...]
    short: str | None  # the label under it; None where there is no room
    spare: bool  # the label is left out on a narrow screen


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scale."""

    y: str  # px
    label: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind and its colour."""

    number: int  # from 1
    name: str
    count: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything catalogue/chart.html may use."""

    name: str  # letters and hyphens, unlike that of any other chart of the page
    title: str  # what is counted
    told: str  # in a sentence, for who does not see it
    column: str  # what the bars are: "Month"
    kinds: tuple[Kind, ...]  # () where there is only one
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    base: int  # px: where bars stand
    height: int  # of the drawing
    scale: int  # px: width of the scale beside it
    label_y: int  # px
    unfinished: str | None  # the label of a bar that still grows


def bars(
    name: str, title: str, amounts: Sequence[Amount], *, column: str
) -> Chart | None:
    """Bars of one kind; None where there is nothing to count.

    column  what each bar is, the head of the table's first column: "Month"
    """
    return stacked(name, title, ("Articles",), amounts, column=column)


def stacked(
    name: str,
    title: str,
    kinds: Sequence[str],
    amounts: Sequence[Amount],
    *,
    column: str,
) -> Chart | None:
    """Bars of several kinds on top of each other; see `bars`.

    A kind without any article is left out of the legend and the table. Raises
    ValueError where an amount has not one count for each kind.
    """
    totals = [sum(amount.counts) for amount in amounts]
    if not any(totals):
        return None
    columns = list(zip(*(amount.counts for amount in amounts), strict=True))
    if len(columns) != len(kinds):
        raise ValueError(f"{len(columns)} counts for {len(kinds)} kinds")
    shown = [place for place, counts in enumerate(columns) if any(counts)]
    step, highest = _scale(max(totals))
    legend = tuple(
        Kind(place + 1, kinds[place], f"{sum(columns[place]):,}") for place in shown
    )
    return Chart(
        name=name,
        title=title,
        told=_told(amounts, totals),
        column=column,
        kinds=legend if len(kinds) > 1 else (),
        bars=_bars(amounts, highest, shown),
        lines=_lines(step, highest),
        base=ABOVE + HEIGHT,
        height=ABOVE + HEIGHT + BELOW,
        scale=round(len(f"{highest:,}") * _LETTER) + 6,
        label_y=ABOVE + HEIGHT + 18,
        unfinished=next((each.label for each in amounts if each.unfinished), None),
    )


def percent(share: float) -> str:
    """A share of 1 as an attribute of the drawing."""
    return f"{share * 100:.3f}%"


def articles(count: int) -> str:
    """ "1 article", "2,000 articles"."""
    return f"{count:,} article" + ("" if count == 1 else "s")


def _told(amounts: Sequence[Amount], totals: Sequence[int]) -> str:
    most = max(range(len(totals)), key=totals.__getitem__)
    span = amounts[0].label
    if len(amounts) > 1:
        span += f" to {amounts[-1].label}"
    return (
        f"{span}: {articles(sum(totals))}, "
        f"most in {amounts[most].label} ({totals[most]:,})."
    )


def _scale(most: int) -> tuple[int, int]:
    """The distance of the lines, a round number, and the highest that is needed."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if step * 4 >= most:
                return step, -(-most // step) * step
        power *= 10


def _lines(step: int, highest: int) -> tuple[Line, ...]:
    return tuple(
        Line(_pixels(ABOVE + HEIGHT * (1 - value / highest)), f"{value:,}")
        for value in range(0, highest + 1, step)
    )


def _bars(
    amounts: Sequence[Amount], highest: int, shown: Sequence[int]
) -> tuple[Bar, ...]:
    places = max(len(amounts), 6)  # a single year makes no wall
    every = _apart(len(amounts), _WIDE)
    seldom = every * _apart(-(-len(amounts) // every), _NARROW)
    made = []
    for place, amount in enumerate(amounts):
        total = sum(amount.counts)
        behind = len(amounts) - 1 - place  # so that the newest has its label
        made.append(
            Bar(
                label=amount.label,
                count=f"{total:,}",
                articles=articles(total),
                counts=tuple(f"{amount.counts[each]:,}" for each in shown),
                address=amount.address,
                chosen=amount.chosen,
                unfinished=amount.unfinished,
                slot=percent(place / places),
                slot_width=percent(1 / places),
                middle=percent((place + 0.5) / places),
                parts=_parts(amount.counts, highest, place, places),
                short=amount.short if behind % every == 0 else None,
                spare=behind % seldom != 0,
            )
        )
    return tuple(made)


def _apart(number: int, room: int) -> int:
    """Each how manieth of so many has a label, where there is room for `room`."""
    return next((step for step in _STEPS if step * room >= number), number)


def _parts(
    counts: Sequence[int], highest: int, place: int, places: int
) -> tuple[Part, ...]:
    """From the bottom up; a bar of few articles is higher than it should be."""
    total = sum(counts)
    if not total:
        return ()
    unit = max(HEIGHT / highest, _LEAST / total)
    parts, below = [], 0
    for kind, count in enumerate(counts, start=1):
        if count:
            below += count
            parts.append(
                Part(
                    kind=kind,
                    x=percent((place + (1 - _INK) / 2) / places),
                    width=percent(_INK / places),
                    y=_pixels(ABOVE + HEIGHT - below * unit),
                    height=_pixels(count * unit),
                )
            )
    return tuple(parts)


def _pixels(length: float) -> str:
    return f"{length:.1f}"
