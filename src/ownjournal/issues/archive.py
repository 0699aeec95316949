"""What did I see, open, save, note, and when: the archive and its search.

Words are looked for in titles and reasons as the issues had them, and, where the
index answers, in the whole records, which adds journals, authors and abstracts.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from ownjournal.catalogue.following import index
from ownjournal.catalogue.received import pmids_query
from ownjournal.catalogue.search_reading import understood
from ownjournal.catalogue.search_request import Asked
from ownjournal.issues.models import IssueArticle
from ownjournal.issues.pages import counted, day_told, local_day
from ownjournal.notes import seeing
from ownjournal.notes.noted import noted_by
from ownjournal.pubmed.months import MONTHS
from ownjournal.readers.log.models import LogRow
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.models import Response, Saved
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import And

FOUND_A_PAGE = 50
LONGEST = 200  # characters of what is looked for
MOST = 5_000  # articles of a reader that the index is asked about, the newest
WHICH = {
    "all": "everything",
    "opened": "what I opened",
    "read": "what I read",
    "saved": "what I saved",
    "noted": "what I noted",
    "rated": "what I rated",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, checked; what cannot be read is as if it were not there."""

    words: str = ""
    which: str = "all"
    after: date | None = None  # the first day
    before: date | None = None  # the last day

    @property
    def is_asked(self) -> bool:
        """Whether anything is looked for."""
        return self != Wanted()

    def parameters(self) -> str:
        """Of the address, without the page."""
        given = {
            "q": self.words,
            "which": self.which if self.which != "all" else "",
            "from": self.after.isoformat() if self.after else "",
            "to": self.before.isoformat() if self.before else "",
        }
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class FoundLine:
    """An article in the issue that showed it."""

    pmid: int
    title: str
    why: str
    issue: int  # its number
    date: str
    date_machine: str
    deeds: tuple[str, ...]  # "Saved on 3 March 2026"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Everything that archive.html uses of a search in the archive."""

    count: str  # "12 articles"
    lines: tuple[FoundLine, ...]
    parameters: str
    older: int | None  # page number
    newer: int | None


def read(given: QueryDict) -> Wanted:
    """The parameters of an address."""
    words = "".join(c if c.isprintable() else " " for c in given.get("q", ""))
    which = given.get("which", "all")
    return Wanted(
        words=" ".join(words.split())[:LONGEST],
        which=which if which in WHICH else "all",
        after=_day(given.get("from", "")),
        before=_day(given.get("to", "")),
    )


def found(reader: Reader, wanted: Wanted, page: str | None) -> FoundPage:
    """One page of what the reader's issues showed, the newest first."""
    rows = _rows(reader, wanted).select_related("issue__reader")
    pages = Paginator(rows.order_by("-issue__number", "position"), FOUND_A_PAGE)
    chosen = pages.get_page(page)
    shown = list(chosen)
    deeds = _deeds(reader, [row.pmid for row in shown])
    return FoundPage(
        count=counted(pages.count, "article"),
        lines=tuple(_line(row, deeds.get(row.pmid, ())) for row in shown),
        parameters=wanted.parameters(),
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
    )


def _rows(reader: Reader, wanted: Wanted) -> QuerySet[IssueArticle]:
    rows = IssueArticle.objects.filter(issue__reader=reader)
    zone = ZoneInfo(reader.time_zone)
    if wanted.after is not None:
        start = datetime.combine(wanted.after, time(), tzinfo=zone)
        rows = rows.filter(issue__compiled_at__gte=start)
    if wanted.before is not None and wanted.before < date.max:
        end = datetime.combine(wanted.before + timedelta(days=1), time(), tzinfo=zone)
        rows = rows.filter(issue__compiled_at__lt=end)
    if wanted.which != "all":
        rows = rows.filter(pmid__in=_done(reader, wanted.which))
    if wanted.words:
        rows = rows.filter(
            _having(wanted.words) | Q(pk__in=_in_the_index(rows, wanted))
        )
    return rows


def _having(words: str) -> Q:
    """Every word in the title, the reason or the interest, whatever its case."""
    every = Q()
    for word in words.split():
        every &= (
            Q(title__icontains=word)
            | Q(why__icontains=word)
            | Q(interest_name__icontains=word)
        )
    return every


def _in_the_index(rows: QuerySet[IssueArticle], wanted: Wanted) -> Collection[int]:
    """Ids of those rows whose records the words find as a search."""
    newest = rows.order_by("-issue__number").values_list("pmid", "pk")[:MOST]
    by_pmid = dict(newest)
    read = understood(Asked(wanted.words))
    if not by_pmid or read.query is None or read.private:
        return ()
    with suppress(IndexUnusable):
        among = And((read.query, pmids_query(by_pmid)))
        hits = index().search(among, limit=MOST).hits
        return [by_pmid[hit.pmid] for hit in hits if hit.pmid in by_pmid]
    return ()


def _done(reader: Reader, which: str) -> Collection[int]:
    """PMIDs with which the reader did this."""
    if which == "saved":
        return set(Saved.objects.filter(reader=reader).values_list("pmid", flat=True))
    rows = LogRow.objects.filter(reader=reader, deed=which)
    done = set(rows.values_list("pmid", flat=True))
    if which == "noted":
        done.update(noted_by(reader))
    if which == "rated":
        said = Response.objects.filter(reader=reader)
        done.update(said.values_list("pmid", flat=True))
    return done


def _deeds(reader: Reader, pmids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What the reader did with some articles, and when, in the order of time."""
    zone, done = ZoneInfo(reader.time_zone), list[tuple[date, int, str]]()
    for row in LogRow.objects.filter(reader=reader, pmid__in=pmids):
        done.append((row.done_on, row.pmid, row.get_deed_display()))
    for kept in Saved.objects.filter(reader=reader, pmid__in=pmids):
        done.append((kept.saved_at.astimezone(zone).date(), kept.pmid, "Saved"))
    for note in seeing.kept().filter(author=reader, pmid__in=pmids):
        done.append((note.created_at.astimezone(zone).date(), note.pmid or 0, "Noted"))
    for said in Response.objects.filter(reader=reader, pmid__in=pmids):
        day = said.at.astimezone(zone).date()
        done.append((day, said.pmid, said.get_kind_display()))
    told: dict[int, tuple[str, ...]] = {}
    for day, pmid, deed in sorted(set(done)):
        line = f"{deed} on {day.day} {MONTHS[day.month - 1]} {day.year}"
        told[pmid] = (*told.get(pmid, ()), line)
    return told


def _line(row: IssueArticle, deeds: tuple[str, ...]) -> FoundLine:
    day = local_day(row.issue)
    return FoundLine(
        pmid=row.pmid,
        title=row.title,
        why=row.why,
        issue=row.issue.number,
        date=day_told(day),
        date_machine=day.isoformat(),
        deeds=deeds,
    )


def choices(wanted: Wanted) -> Iterator[tuple[str, str, bool]]:
    """Of the form: value, name, and whether it is the one that was chosen."""
    for value, name in WHICH.items():
        yield value, name, value == wanted.which


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
