"""What the pages and the mail of an issue show: their contract.

Everything is worked out here; a template only places it. The choice and its
reasons come from the issue's own rows. Titles, abstracts and notices come from
the catalogue as it is today, so that a retraction shows on an old issue too. A note
that led an article stands there as it was sent, for as long as all may see it.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from ownjournal.appraisal.signs import HIGH_QUALITY, HIGH_SIGNIFICANCE
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.dates import date_told, published
from ownjournal.catalogue.lead_notes import LeadNote
from ownjournal.catalogue.notices import SHORT
from ownjournal.catalogue.pages import Card, card, journal_name, short_authors
from ownjournal.catalogue.selections import SelectionView, selection
from ownjournal.catalogue.worth import DesignView, ValueView, word_of
from ownjournal.issues.models import Issue, IssueArticle, IssueNotice
from ownjournal.issues.news import CLEARED, TAKEN_BACK
from ownjournal.issues.texts import TextLine, texts_of
from ownjournal.issues.worth import relevance_view
from ownjournal.notes.leading import Sent, as_sent
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.markup import plain
from ownjournal.pubmed.months import MONTHS
from ownjournal.ranking.slot_names import SLOTS
from ownjournal.readers.responses.links import path_of
from ownjournal.readers.schedule import WEEKDAYS

MISSING_NAMED = 5  # files; of more the number is told
NEWS = {TAKEN_BACK: "No longer in PubMed", CLEARED: "Cleared"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What issues show of an article, the same for every reader."""

    card: Card
    byline: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One article in its place."""

    pmid: int
    title: str  # plain, as it was
    byline: str | None  # "Quillfeather AB, Okonfold T. J Invent Med, March 2025"
    facts: str | None  # "Randomised trial · level 2 · quality 71 …"
    why: str
    lead: bool
    card: Card | None  # None: NLM took the article back
    relevance: ValueView | None  # as it was chosen; None for what no interest chose
    text: TextLine | None = None  # where its text is, on pages
    answer: str | None = None  # path of the page that takes the reader's, for mail


@dataclass(frozen=True, slots=True)
class Group:
    """The articles that one interest has chosen."""

    key: str | None  # Interest.key
    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """News of an article shown before."""

    name: str  # "Retracted"
    title: str
    address: str
    reason: str
    shown_in: int | None  # number of the issue that showed it
    noted: bool  # the reader has written a note on it; else, without a number, saved it


@dataclass(frozen=True, slots=True)
class IssuePage:
    """Everything issue.html, mail.html and the mail's text may use."""

    number: int
    date: str  # "Monday, 30 November 2026", by the reader's clock
    date_machine: str  # "2026-11-30"
    count: str  # "12 articles"
    considered: str  # "chosen from 2,404 new ones"
    lead: Piece | None
    groups: tuple[Group, ...]
    outside: tuple[Piece, ...]
    exploration: tuple[Piece, ...]
    notices: tuple[NoticeLine, ...]
    fresh: str | None  # up to which file the catalogue was, in a sentence
    missing: str | None  # which files were not there, in a sentence
    makes_up: str | None  # of a catch-up issue, in a sentence
    older: int | None  # number of the issue before
    newer: int | None
    example: bool  # made of invented articles
    selection: SelectionView

    def pieces(self) -> tuple[Piece, ...]:
        """All its articles in the order of the page."""
        lead = (self.lead,) if self.lead else ()
        grouped = (piece for group in self.groups for piece in group.pieces)
        return (*lead, *grouped, *self.outside, *self.exploration)


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue in the archive."""

    number: int
    date: str
    date_machine: str
    count: str
    title: str | None  # of its lead


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Everything archive.html may use: a page of issues, newest first.

    Beside it stands `found`, the FoundPage of a search (archive.py), or None.
    """

    issues: tuple[IssueLine, ...]
    older: int | None  # page number
    newer: int | None
    paused: str | None  # until when, in a sentence
    feeds: tuple[str, ...]  # addresses: issues as Atom and JSON, articles likewise
    words: str  # what was looked for
    which: tuple[tuple[str, str, bool], ...]  # value, name, whether it was chosen
    after: str  # the first day, "2026-11-30", or ""
    before: str  # the last day, or ""


def issue_page(issue: Issue) -> IssuePage:
    """The page of a stored issue."""
    kept = relations.get_many([row.pmid for row in issue.articles.all()])
    shown = {pmid: shown_of(each, coins=True) for pmid, each in kept.items()}
    texts = texts_of(issue.reader, kept)
    around = Issue.objects.filter(
        reader=issue.reader_id, number__in=(issue.number - 1, issue.number + 1)
    )
    numbers = set(around.values_list("number", flat=True))
    return page_of(issue, shown, numbers, texts)


def shown_of(kept: store.Kept, *, coins: bool = False) -> Shown:
    """What every issue shows of an article."""
    return Shown(card(kept, coins=coins), _byline(kept.article))


def page_of(
    issue: Issue,
    kept: Mapping[int, Shown],
    numbers: Container[int] = (),
    texts: Mapping[int, TextLine] | None = None,
    notes: Mapping[Sent, LeadNote] | None = None,
) -> IssuePage:
    """The page, of what is at hand: its articles that are still there, its neighbours'
    numbers, and the notes that led its articles, else read now.
    """
    rows = list(issue.articles.all())
    notes = as_sent(sent_with(rows)) if notes is None else notes
    pieces = {
        row.pmid: _piece(
            row,
            kept.get(row.pmid),
            (texts or {}).get(row.pmid),
            notes.get((row.note or 0, row.note_version or 0)),
        )
        for row in rows
    }
    by_slot = {slot: [row for row in rows if row.slot == slot] for slot in SLOTS}
    day = local_day(issue)
    return IssuePage(
        number=issue.number,
        date=day_told(day),
        date_machine=day.isoformat(),
        count=counted(len(rows), "article"),
        considered=f"chosen from {issue.considered:,} new ones",
        lead=next((pieces[row.pmid] for row in by_slot["lead"]), None),
        groups=_groups(by_slot["practice"], pieces),
        outside=tuple(pieces[row.pmid] for row in by_slot["outside"]),
        exploration=tuple(pieces[row.pmid] for row in by_slot["exploration"]),
        notices=tuple(_notice(each) for each in issue.notices.all()),
        fresh=_fresh(issue),
        missing=_missing(issue.missing_files),
        makes_up=_makes_up(issue),
        older=issue.number - 1 if issue.number - 1 in numbers else None,
        newer=issue.number + 1 if issue.number + 1 in numbers else None,
        example=any(each.card.example for each in pieces.values() if each.card),
        selection=selection(
            f"/issues/{issue.number}/export",
            f"issue {issue.number}",
            [pmid for pmid in pieces if pmid in kept],
            whole="This issue",
            complete=True,
        ),
    )


def issue_line(issue: Issue) -> IssueLine:
    """The archive's line of an issue whose articles are at hand."""
    rows = list(issue.articles.all())
    day = local_day(issue)
    return IssueLine(
        number=issue.number,
        date=day_told(day),
        date_machine=day.isoformat(),
        count=counted(len(rows), "article"),
        title=rows[0].title if rows else None,
    )


def local_day(issue: Issue) -> date:
    """The day it was made, by the reader's clock."""
    return issue.compiled_at.astimezone(ZoneInfo(issue.reader.time_zone)).date()


def day_told(day: date) -> str:
    """ "Monday, 30 November 2026", whatever language the machine speaks."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _groups(
    rows: Sequence[IssueArticle], pieces: dict[int, Piece]
) -> tuple[Group, ...]:
    """By interest, the one whose first article stands highest first."""
    first = {row.interest_key: row.position for row in reversed(rows)}
    ordered = sorted(rows, key=lambda row: (first[row.interest_key], row.position))
    return tuple(
        Group(key, _as_heading(name), tuple(pieces[row.pmid] for row in group))
        for (key, name), group in groupby(
            ordered, key=lambda row: (row.interest_key, row.interest_name)
        )
    )


def _as_heading(name: str | None) -> str:
    """An interest's name; words that a reader typed may begin small."""
    return name[:1].upper() + name[1:] if name else "Your interests"


def sent_with(rows: Iterable[IssueArticle]) -> list[Sent]:
    """The notes that led these articles, as they were."""
    return [
        (row.note, row.note_version)
        for row in rows
        if row.note is not None and row.note_version is not None
    ]


def _piece(
    row: IssueArticle,
    shown: Shown | None,
    text: TextLine | None,
    note: LeadNote | None,
) -> Piece:
    relevance = relevance_view(row)
    return Piece(
        pmid=row.pmid,
        title=row.title,
        byline=shown.byline if shown else None,
        facts=_facts(row, shown.card, relevance) if shown else None,
        why=row.why,
        lead=row.slot == "lead",
        card=replace(shown.card, note=note) if shown else None,
        relevance=relevance,
        text=text,
        answer=path_of(row.issue.reader_id, row.pmid) if shown else None,
    )


def _byline(article: Article) -> str | None:
    """Authors, journal and date in plain text, as far as the record has them."""
    where = (journal_name(article), date_told(published(article)))
    source = ", ".join(part for part in where if part)
    authors = plain(short_authors(article))
    return ". ".join(part for part in (authors.rstrip("."), source) if part) or None


def _facts(row: IssueArticle, shown: Card, relevance: ValueView | None) -> str:
    """Our reading of it, in one line of text; the scores are those of the choice."""
    design = shown.design
    facts = (
        _design_told(design) if design else None,
        f"level {design.level}" if design and design.level else None,
        f"quality {row.quality} ({word_of(row.quality, HIGH_QUALITY)})",
        f"significance {row.significance}"
        f" ({word_of(row.significance, HIGH_SIGNIFICANCE)})",
        f"relevance {relevance.number} ({relevance.word})" if relevance else None,
    )
    line = " · ".join(fact for fact in facts if fact)
    return line[0].upper() + line[1:]


def _design_told(design: DesignView) -> str:
    return f"{design.name}, perhaps" if design.doubtful else design.name


def _notice(row: IssueNotice) -> NoticeLine:
    return NoticeLine(
        name=(SHORT | NEWS).get(row.integrity, "Notice"),
        title=row.title,
        address=f"/articles/{row.pmid}",
        reason=row.reason,
        shown_in=row.shown_in,
        noted=row.noted,
    )


def _fresh(issue: Issue) -> str | None:
    if issue.newest_file is None or issue.newest_file_at is None:
        return None
    at = issue.newest_file_at.astimezone(ZoneInfo(issue.reader.time_zone)).date()
    return f"Articles received up to NLM’s file {issue.newest_file}, {day_told(at)}."


def _makes_up(issue: Issue) -> str | None:
    if issue.makes_up_since is None:
        return None
    zone = ZoneInfo(issue.reader.time_zone)
    last = day_told(issue.makes_up_since.astimezone(zone).date())
    return f"A catch-up issue: the best of all that came in since {last}."


def _missing(names: Sequence[str]) -> str | None:
    if not names:
        return None
    what = ", ".join(names) if len(names) <= MISSING_NAMED else f"{len(names)} of them"
    return (
        f"Not all of NLM’s files had arrived when this issue was made: {what} missing. "
        "Their articles come in a later issue."
    )
