"""The archive of a journal: all of it, a year, a month, or where no month is known.

Years and months are those of the journal's issues, as pages tell them; the index
counts all of them at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import timezone

from ownjournal.catalogue.browsing.addresses import journal_address
from ownjournal.catalogue.browsing.charts import Amount, Chart, articles, bars
from ownjournal.catalogue.browsing.lists import ListAsked, ListPage, list_page
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Journal
from ownjournal.pubmed.months import MONTHS, SHORT_MONTHS
from ownjournal.search.facets import MOST
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import And, Query, Term

UNKNOWN = 0  # in place of a month
UNKNOWN_PART = "month-unknown"  # of an address

Counts = Mapping[tuple[int, int], int]
"""Articles by year and month of issue; month 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class Period:
    """All of an archive, a year of it, or a month."""

    year: int | None = None
    month: int | None = None  # 1 to 12; UNKNOWN

    @property
    def name(self) -> str:
        """ "March 2024", "2024", "2024, month not known"; "" for all."""
        if self.year is None:
            return ""
        if self.month is None:
            return str(self.year)
        if self.month == UNKNOWN:
            return f"{self.year}, month not known"
        return f"{MONTHS[self.month - 1]} {self.year}"

    @property
    def month_part(self) -> str | None:
        """Of an address."""
        if self.month is None:
            return None
        return UNKNOWN_PART if self.month == UNKNOWN else f"{self.month:02}"

    @property
    def value(self) -> str:
        """As `[issued]` has it; of a year or a month."""
        return f"{self.year:04}" + ("" if self.month is None else f"-{self.month:02}")


@dataclass(frozen=True, slots=True)
class Step:
    """A link to another part of the archive."""

    name: str
    address: str
    articles: str | None = None  # "12 articles"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of the journal."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Everything catalogue/journal.html may use."""

    name: str  # whole, as NLM has it
    short: str  # its abbreviation, where it has one
    address: str  # of the whole archive
    period: str | None  # "March 2024"; None: all of it
    year: Step | None  # the year that a month is of
    facts: tuple[Fact, ...]
    chart: Chart | None
    unknown: Step | None  # the articles of the year whose month is not known
    earlier: Step | None  # the nearest month, or year, with articles
    later: Step | None
    subject: str  # what can be followed, for slots
    feed: str
    feed_json: str
    list: ListPage


class NoPeriod(Exception):
    """A year or a month that no archive can have; the message says which."""


def name_of(journal: Journal) -> str:
    """Its title, or what else it is called."""
    return journal.title or journal.abbreviation or journal.nlm_id


def period_of(year: str | None, month: str | None) -> Period:
    """The part of an archive that an address names; raises NoPeriod."""
    if year is None:
        return Period()
    if not 1500 <= int(year) <= timezone.now().date().year + 2:
        raise NoPeriod(f"There are no articles of the year {int(year)}.")
    if month is None:
        return Period(int(year))
    if month == UNKNOWN_PART:
        return Period(int(year), UNKNOWN)
    if not 1 <= int(month) <= 12:
        raise NoPeriod(f"There is no month {int(month)}: months are 01 to 12.")
    return Period(int(year), int(month))


def journal_page(journal: Journal, period: Period, asked: ListAsked) -> JournalPage:
    """A page of the archive. Raises IndexUnusable."""
    whole = Term(journal.nlm_id, "jid")
    found = index().facets(whole, ["issued", "abstract", "free"], limit=MOST)
    counts = {_month(value): number for value, number in found["issued"]}
    if period.year is not None and not counts and index().count(whole):
        raise IndexUnusable("The index is of a time when it knew no months.")
    name = name_of(journal)
    archive = _Archive(journal.nlm_id, name, counts)
    query: Query = whole
    if period.year is not None:
        query = And((whole, Term(period.value, "issued")))
    feed = f"/feeds/journals/{journal.nlm_id}"
    yes = {each: dict(found[each]).get("yes", 0) for each in _SHARES}
    return JournalPage(
        name=name,
        short=journal.abbreviation or name,
        address=archive.address(Period()),
        period=period.name or None,
        year=archive.step(Period(period.year)) if period.month is not None else None,
        facts=tuple(_facts(journal, archive, index().count(whole), yes)),
        chart=archive.chart(period),
        unknown=archive.unknown(period),
        earlier=archive.beside(period, -1),
        later=archive.beside(period, 1),
        subject=f"journal:{journal.nlm_id}",
        feed=f"{feed}.atom",
        feed_json=f"{feed}.json",
        list=list_page(asked, query),
    )


def _month(value: str) -> tuple[int, int]:
    year, _, month = value.partition("-")
    return int(year), int(month)


Share = Literal["abstract", "free"]
_SHARES: dict[Share, str] = {
    "abstract": "With an abstract",
    "free": "With free full text in PMC",
}


def _facts(
    journal: Journal, archive: "_Archive", total: int, yes: Mapping[Share, int]
) -> list[Fact]:
    known = {
        "Abbreviation": journal.abbreviation,
        "ISSN (linking)": journal.issn_linking,
        "NLM ID": journal.nlm_id,
        "Country": journal.country,
        "Articles here": f"{total:,}",
        "Articles here since": str(archive.first) if archive.first else None,
    }
    if total:
        known |= {told: _share(yes[each], total) for each, told in _SHARES.items()}
    return [Fact(name, value) for name, value in known.items() if value is not None]


def _share(part: int, whole: int) -> str:
    """In whole percents, but never 0 % of some or 100 % of less than all."""
    percents = round(100 * part / whole)
    if 0 < part < whole:
        percents = min(max(percents, 1), 99)
    return f"{percents} %"


class _Archive:
    """The years and months that a journal has articles of."""

    def __init__(self, nlm_id: str, name: str, counts: Counts) -> None:
        self._nlm_id, self._name, self._counts = nlm_id, name, counts

    @property
    def first(self) -> int | None:
        """The first year."""
        return min((year for year, _ in self._counts), default=None)

    def address(self, period: Period) -> str:
        """Of a part of the archive."""
        year, month = period.year, period.month_part
        return journal_address(self._nlm_id, self._name, year, month)

    def step(self, period: Period) -> Step:
        """A link to a part of the archive."""
        return Step(period.name, self.address(period), articles(self._count(period)))

    def chart(self, period: Period) -> Chart | None:
        """Months of the year, or years of the journal."""
        if period.year is None:
            return self._chart_of_years()
        year = period.year
        return bars(
            "months",
            f"Articles by month of issue, {year}",
            [self._bar(Period(year, month), period) for month in range(1, 13)],
            column="Month",
        )

    def _chart_of_years(self) -> Chart | None:
        if self.first is None:
            return None
        last = max(year for year, _ in self._counts)
        return bars(
            "years",
            "Articles by year of issue",
            [self._bar(Period(y), Period()) for y in range(self.first, last + 1)],
            column="Year",
        )

    def _bar(self, period: Period, shown: Period) -> Amount:
        count = self._count(period)
        short = str(period.year)
        if period.month:
            short = SHORT_MONTHS[period.month - 1]
        return Amount(
            period.name,
            short,
            (count,),
            address=self.address(period) if count else None,
            chosen=period == shown,
            unfinished=_is_unfinished(period, timezone.now().date()),
        )

    def _count(self, period: Period) -> int:
        """Articles of it; a year has those of all months and of none known."""
        if period.year is not None and period.month is not None:
            return self._counts.get((period.year, period.month), 0)
        return sum(
            count
            for (year, _), count in self._counts.items()
            if period.year in (None, year)
        )

    def unknown(self, period: Period) -> Step | None:
        """Of a year and its months; None where every month is known."""
        of_year = Period(period.year, UNKNOWN)
        if period.year is None or period == of_year or not self._count(of_year):
            return None
        return self.step(of_year)

    def beside(self, period: Period, way: Literal[-1, 1]) -> Step | None:
        """The nearest part of the same kind that has articles, earlier or later."""
        if period.year is None:
            return None
        if period.month in (None, UNKNOWN):
            others = {Period(year, None) for year, _ in self._counts}
        else:
            others = {Period(*each) for each in self._counts if each[1] != UNKNOWN}
        here = (period.year, period.month or 0)
        keys = {(each.year or 0, each.month or 0): each for each in others}
        if way < 0:
            near = max((key for key in keys if key < (here[0], here[1])), default=None)
        else:
            near = min((key for key in keys if key > (here[0], here[1])), default=None)
        return None if near is None else self.step(keys[near])


def _is_unfinished(period: Period, today: date) -> bool:
    if period.month is None:
        return period.year == today.year
    return (period.year, period.month) == (today.year, today.month)
