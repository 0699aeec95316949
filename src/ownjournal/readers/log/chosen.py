"""Which rows of a log are asked for: a range of days, a deed, words.

The same parameters choose what a page shows and what a file holds.
"""

from datetime import date, timedelta
from functools import reduce
from operator import and_

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.http import QueryDict
from msgspec import Struct

from ownjournal.readers.log.keeping import read_day
from ownjournal.readers.log.models import LogRow
from ownjournal.readers.models import Reader

MOST_WORDS = 20


class Chosen(Struct, frozen=True):
    """What was asked for; None where it was not limited."""

    first: date | None = None
    last: date | None = None  # that day is within
    deed: str | None = None
    words: str | None = None
    problem: str | None = None  # what could not be read, in a sentence


class Totals(Struct, frozen=True):
    """What a choice of rows comes to."""

    rows: int
    articles: int
    minutes: int
    first: date | None  # day of the earliest row
    last: date | None


def read(given: QueryDict) -> Chosen:
    """From the parameters `from`, `to`, `deed` and `q`."""
    days = [given.get(name, "").strip() for name in ("from", "to")]
    first, last = (read_day(day) for day in days)
    problem = None
    if (days[0] and first is None) or (days[1] and last is None):
        problem = "A day is written as 2026-11-30."
    elif first and last and first > last:
        problem = "The first day comes after the last."
    deed = given.get("deed", "")
    return Chosen(
        first=first,
        last=last,
        deed=deed if deed in LogRow.Deed.values else None,
        words=" ".join(given.get("q", "").replace("\0", " ").split())[:200] or None,
        problem=problem,
    )


def parameters(chosen: Chosen) -> str:
    """The same choice as the query of an address, without a "?"."""
    given = QueryDict(mutable=True)
    for name, value in (
        ("from", chosen.first),
        ("to", chosen.last),
        ("deed", chosen.deed),
        ("q", chosen.words),
    ):
        if value is not None:
            given[name] = str(value)
    return given.urlencode()


def rows(reader: Reader, chosen: Chosen) -> "QuerySet[LogRow]":
    """The newest day first."""
    found = reader.log.all()
    if chosen.first is not None:
        found = found.filter(done_on__gte=chosen.first)
    if chosen.last is not None:
        found = found.filter(done_on__lte=chosen.last)
    if chosen.deed is not None:
        found = found.filter(deed=chosen.deed)
    if chosen.words is not None:
        found = found.filter(_having(chosen.words))
    return found


def _having(words: str) -> Q:
    """Every word in the title or the reflection, or a PMID."""
    return reduce(
        and_,
        (
            Q(title__icontains=word)
            | Q(reflection__icontains=word)
            | (Q(pmid=int(word)) if _is_pmid(word) else Q())
            for word in words.split()[:MOST_WORDS]
        ),
    )


def _is_pmid(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 10


def totals(found: "QuerySet[LogRow]") -> Totals:
    """Articles are counted once each, minutes of every row."""
    sums = found.order_by().aggregate(
        rows=Count("pk"),
        articles=Count("pmid", distinct=True),
        minutes=Sum("minutes"),
        first=Min("done_on"),
        last=Max("done_on"),
    )
    return Totals(**(sums | {"minutes": sums["minutes"] or 0}))


def year_to(today: date) -> Chosen:
    """The year that ends today."""
    return Chosen(first=today - timedelta(days=364), last=today)
