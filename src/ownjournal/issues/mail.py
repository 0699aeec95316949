"""An issue as a letter: put when the issue is stored, made when it leaves.

The mail says everything in text and again in HTML. It loads nothing and counts
nothing: no image, no redirect, links straight to the site. Everything in it
follows from the stored issue and the catalogue.
"""

from textwrap import shorten

from django.conf import settings
from django.template.loader import render_to_string

from ownjournal.issues.mail_styles import DARK, STYLES
from ownjournal.issues.mail_text import mail_text
from ownjournal.issues.models import Issue
from ownjournal.issues.pages import IssuePage, issue_page
from ownjournal.readers.post import letters
from ownjournal.readers.post.letters import Mail, may_mail
from ownjournal.readers.post.models import Letter
from ownjournal.readers.post.unsubscribing import list_headers, unsubscribe_address

KIND = "issue"
MOST_BYTES = 90_000  # of text and HTML; providers cut a mail of 102 kB
TITLE = 110  # characters of the lead's title in the subject


def put(issue: Issue) -> None:
    """Store the letter of an issue, in the transaction that stores the issue.

    Its key is what names an issue for its reader, so that one that is compiled again
    after a backup was put back is not mailed again.
    """
    key = f"{issue.reader_id}-{issue.number}"
    letters.put(KIND, key, reader=issue.reader, due_at=issue.compiled_at)


def made(letter: Letter) -> Mail | None:
    """The mail of an issue; None where its reader gets none, or none any more."""
    reader = letter.reader
    if reader is None or not may_mail(reader):
        return None
    number = int(letter.key.rpartition("-")[2])
    issue = Issue.objects.filter(reader=reader, number=number).first()
    if issue is None:
        return None
    issue.reader = reader  # at hand already
    return mail(issue)


def mail(issue: Issue) -> Mail:
    """The mail; without the digests where it would be so long that it is cut."""
    page = issue_page(issue)
    whole = _mail(issue, page, digests=True)
    if len(whole.text) + len((whole.html or "").encode()) < MOST_BYTES:
        return whole
    return _mail(issue, page, digests=False)


def _mail(issue: Issue, page: IssuePage, *, digests: bool) -> Mail:
    email = issue.reader.email
    name, url = settings.SITE_NAME, settings.SITE_URL
    leave = unsubscribe_address(issue.reader)
    context = {
        "page": page,
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
            digests=digests,
        ),
        html=render_to_string("issues/mail.html", context),
        headers=list_headers(issue.reader),
    )


def _subject(issue: Issue) -> str:
    """The issue and its lead."""
    alone = f"{settings.SITE_NAME}, issue {issue.number}"
    lead = issue.articles.first()
    if lead is None:
        return alone
    return f"{alone}: {shorten(lead.title, TITLE, placeholder=' …')}"
