"""An issue as a letter: put when the issue is stored, made when it leaves.

The mail says everything in text and again in HTML. It loads nothing and counts
nothing: no image, no redirect, links straight to the site. Everything in it
follows from the stored issue and the catalogue.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.template.loader import render_to_string

from ownjournal.catalogue.lead_notes import LeadNote
from ownjournal.issues.mail_styles import DARK, STYLES
from ownjournal.issues.mail_text import mail_text
from ownjournal.issues.models import Issue
from ownjournal.issues.pages import (
    IssuePage,
    Shown,
    day_told,
    issue_page,
    page_of,
    sent_with,
)
from ownjournal.issues.shelf import Shelf
from ownjournal.notes.leading import Sent, as_sent
from ownjournal.readers.post import letters
from ownjournal.readers.post.letters import Mail, may_mail
from ownjournal.readers.post.models import Letter
from ownjournal.readers.post.unsubscribing import list_headers, unsubscribe_address
from ownjournal.readers.schedule import next_issue

KIND = "issue"
MOST_BYTES = 90_000  # of text and HTML; providers cut a mail of 102 kB
TITLE = 110  # characters of the lead's title in the subject

Notes = Mapping[Sent, LeadNote]

_shelf = Shelf()


def put(issues: Iterable[Issue], *, due_at: datetime) -> None:
    """Store the letters of issues, in the transaction that stores the issues.

    The key is what names an issue for its reader, so that one that is compiled again
    after a backup was put back is not mailed again.
    """
    named = {f"{each.reader_id}-{each.number}": each.reader for each in issues}
    letters.put_several(KIND, named, due_at=due_at)


def made(letter: Letter) -> Mail | None:
    """The mail of an issue; None where its reader gets none, or none any more."""
    reader = letter.reader
    if reader is None or not may_mail(reader):
        return None
    if letter.prepared is None:
        prepare([letter])
    prepared: tuple[Issue, Mapping[int, Shown], Notes] | None = letter.prepared
    return mail(*prepared) if prepared is not None else None


def prepare(letters: list[Letter]) -> None:
    """Read the issues of these letters, and their articles, all at once."""
    number_of = {each.pk: int(each.key.rpartition("-")[2]) for each in letters}
    rows = Issue.objects.filter(
        reader__in={each.reader_id for each in letters}, number__in=number_of.values()
    ).prefetch_related("articles", "notices")
    issues = {(each.reader_id, each.number): each for each in rows}
    shown = _shelf.shown(row.pmid for each in rows for row in each.articles.all())
    notes = as_sent(sent_with(row for each in rows for row in each.articles.all()))
    for each in letters:
        issue = issues.get((each.reader_id or 0, number_of[each.pk]))
        if issue is not None and each.reader is not None:
            issue.reader = each.reader  # at hand already
            each.prepared = (issue, shown, notes)


def mail(
    issue: Issue,
    shown: Mapping[int, Shown] | None = None,
    notes: Notes | None = None,
) -> Mail:
    """The mail, of what is at hand or else read now.

    Without the digests where it would be so long that it is cut.
    """
    page = issue_page(issue) if shown is None else page_of(issue, shown, notes=notes)
    whole = _mail(issue, page, digests=True)
    if len(whole.text) + len((whole.html or "").encode()) < MOST_BYTES:
        return whole
    return _mail(issue, page, digests=False)


def _mail(issue: Issue, page: IssuePage, *, digests: bool) -> Mail:
    email = issue.reader.email
    name, url = settings.SITE_NAME, settings.SITE_URL
    leave, coming = unsubscribe_address(issue.reader), _coming(issue)
    context = {
        "page": page,
        "coming": coming,
        "site_name": name,
        "site_url": url,
        "email": email,
        "leave": leave,
        "digests": digests,
        "style": STYLES,
        "dark": DARK,
    }
    return Mail(
        subject=_subject(issue),
        text=mail_text(
            page,
            site_name=name,
            site_url=url,
            email=email,
            leave=leave,
            coming=coming,
            digests=digests,
        ),
        html=render_to_string("issues/mail.html", context),
        headers=list_headers(issue.reader),
    )


def _coming(issue: Issue) -> str | None:
    """When the next issue comes, in a sentence; None for a clock unknown here."""
    reader = issue.reader
    try:
        following = next_issue(reader, issue.compiled_at)
        at = following.astimezone(ZoneInfo(reader.time_zone))
    except ZoneInfoNotFoundError:
        return None
    return f"Your next issue comes on {day_told(at.date())}, at {at:%H:%M}."


def _subject(issue: Issue) -> str:
    """The issue and its lead."""
    alone = f"{settings.SITE_NAME}, issue {issue.number}"
    lead = next(iter(issue.articles.all()), None)
    if lead is None:
        return alone
    return f"{alone}: {shorten(lead.title, TITLE, placeholder=' …')}"
