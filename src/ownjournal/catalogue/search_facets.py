"""What a result is made of: counts by year, design, type, and links that filter.

Counts of a kind leave out the filters of that kind, so that a reader sees what
another choice would add.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ownjournal.catalogue.search_filters import KINDS, Filter, Filtered, years
from ownjournal.catalogue.search_request import Asked

SHOWN = 6  # values of a kind; the others are folded
MOST_BARS = 50
STEPS = (1, 2, 5, 10, 20, 50, 100)  # years of a bar
HEIGHT, BAR, GAP = 48, 10, 1  # of the drawing, a bar and what is left, in its units
FIRST_YEAR, LAST_YEAR = 1500, 2999
"""Between them lie all years that are no slip of the pen."""

OPEN = ("design", "level")  # kinds whose values are in sight at once

LISTED = tuple(name for name in KINDS if name != "year")
"""Kinds whose values are listed; years are drawn."""

Counts = Mapping[str, Sequence[tuple[str, int]]]
"""Values of each kind with their number of articles."""


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a kind."""

    label: str
    count: str  # with separators
    address: str  # of the search with it, or without it where it is chosen
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """The values of one kind, most articles first."""

    name: str
    title: str
    values: tuple[ValueView, ...]
    more: tuple[ValueView, ...]  # folded
    open: bool


@dataclass(frozen=True, slots=True)
class BarView:
    """The articles of a year, or of a few."""

    label: str  # "2019" or "2010 to 2014"
    count: str
    articles: str  # "1 article"
    address: str
    chosen: bool
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class YearsView:
    """The histogram, the same as a list, and a form for a range."""

    bars: tuple[BarView, ...]
    width: int  # of the drawing, in its own units
    height: int
    bar: int  # width of one with the gap beside it
    inked: int  # width without it
    first: str  # labels under the drawing
    last: str
    low: str  # as chosen; "" for an open end
    high: str
    fields: tuple[tuple[str, str], ...]  # the search without its years


def facet_views(
    asked: Filtered, counts: Counts, kinds: Iterable[str] = LISTED
) -> tuple[FacetView, ...]:
    """A view for each kind that has any article, or a filter to take off."""
    views = [_facet(asked, name, counts.get(name, ())) for name in kinds]
    return tuple(view for view in views if view.values)


def _facet(asked: Filtered, name: str, counted: Sequence[tuple[str, int]]) -> FacetView:
    chosen = [each.value for each in asked.filters if each.kind == name]
    numbers = {value: 0 for value in chosen} | dict(counted)
    ordered = sorted(numbers, key=lambda value: (value not in chosen, -numbers[value]))
    if name == "level":
        ordered.sort()
    labels = KINDS[name].labels(ordered)
    values = [
        _value(asked, Filter(name, value), labels[value], numbers[value])
        for value in ordered
    ]
    return FacetView(
        name=name,
        title=KINDS[name].title,
        values=tuple(values[:SHOWN]),
        more=tuple(values[SHOWN:]),
        open=name in OPEN or bool(chosen),
    )


def _value(asked: Filtered, value: Filter, label: str, count: int) -> ValueView:
    chosen = value in asked.filters
    filters = asked.without(value) if chosen else asked.with_filter(value)
    return ValueView(
        label=label,
        count=f"{count:,}",
        address=asked.address(filters=filters),
        chosen=chosen,
    )


def years_view(asked: Asked, counts: Counts) -> YearsView | None:
    """The years of a result; None where none is known."""
    numbers = {
        int(value): count
        for value, count in counts.get("year", ())
        if FIRST_YEAR <= int(value) <= LAST_YEAR and count
    }
    if not numbers:
        return None
    bars = _bars(asked, numbers)
    chosen = next((each.value for each in asked.filters if each.kind == "year"), "")
    low, high = years(chosen) or (None, None)
    others = replace(asked, filters=asked.without_kind("year"), page=1)
    return YearsView(
        bars=bars,
        width=len(bars) * BAR,
        height=HEIGHT,
        bar=BAR,
        inked=BAR - GAP,
        first=str(min(numbers)),
        last=str(max(numbers)),
        low=low or "",
        high=high or "",
        fields=others.parameters(),
    )


def _bars(asked: Asked, numbers: Mapping[int, int]) -> tuple[BarView, ...]:
    """One for each year between the first and the last, or for each few of them."""
    first, last = min(numbers), max(numbers)
    step = next(each for each in STEPS if (last - first) // each < MOST_BARS)
    start = first - first % step
    spans = [(low, low + step - 1) for low in range(start, last + 1, step)]
    sums = [
        sum(numbers.get(year, 0) for year in range(low, high + 1))
        for low, high in spans
    ]
    highest = max(sums)
    return tuple(
        _bar(asked, span, count, place, round(HEIGHT * count / highest))
        for place, (span, count) in enumerate(zip(spans, sums, strict=True))
    )


def _bar(
    asked: Asked, span: tuple[int, int], count: int, place: int, height: int
) -> BarView:
    low, high = span
    value = Filter("year", str(low) if low == high else f"{low}-{high}")
    tall = max(height, 1) if count else 0
    return BarView(
        label=value.label,
        count=f"{count:,}",
        articles=f"{count:,} article" + ("" if count == 1 else "s"),
        address=asked.address(filters=asked.with_filter(value)),
        chosen=value in asked.filters,
        x=place * BAR,
        y=HEIGHT - tall,
        height=tall,
    )
