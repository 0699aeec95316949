"""An issue as a mail, and as a file in the outbox.

The mail says everything in text and again in HTML. It loads nothing and counts
nothing: no image, no redirect, links straight to the site. Its Message-ID and
every other byte follow from the stored issue and the catalogue, so a mail that
had to be sent twice is recognised as one. `message` is what a sender sends.
"""

import os
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from textwrap import shorten
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from ownjournal.readers.post.headers import UnsafeMessage, check, header_text, survives
from ownjournal.issues.mail_styles import DARK, STYLES
from ownjournal.issues.mail_text import mail_text
from ownjournal.issues.models import Issue
from ownjournal.issues.pages import IssuePage, issue_page

MOST_BYTES = 100_000  # providers cut a longer mail and hide the rest
TITLE = 110  # characters of the lead's title in the subject


def message(issue: Issue) -> EmailMessage:
    """The mail, checked. Raises UnsafeMessage."""
    return _checked(issue)[0]


def pending() -> QuerySet[Issue]:
    """Issues whose mail is still to be made, oldest first.

    An issue is stored before its mail is made. Whoever makes mails begins with
    these, so that a stop in between costs a delay and no mail.
    """
    return Issue.objects.filter(mailed_at=None).select_related("reader").order_by("pk")


def write(issue: Issue, folder: Path) -> Path:
    """Put the mail into the outbox, whole or not at all; again replaces it.

    Raises UnsafeMessage, OSError.
    """
    _, data = _checked(issue)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"issue-{issue.reader_id}-{issue.number}.eml"
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    unfinished.unlink(missing_ok=True)
    try:
        # only the owner may read what somebody reads
        file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    Issue.objects.filter(pk=issue.pk).update(mailed_at=timezone.now())
    return path


def _checked(issue: Issue) -> tuple[EmailMessage, bytes]:
    """The mail and its bytes; without the digests where it would be too long."""
    page, headers = issue_page(issue), _headers(issue)
    for digests in (True, False):
        made = _made(issue, page, headers, digests=digests)
        data = check(made, headers)
        if len(data) < MOST_BYTES:
            return made, data
    raise UnsafeMessage(f"{issue} is a mail of more than {MOST_BYTES:,} bytes")


def _made(
    issue: Issue, page: IssuePage, headers: dict[str, str], *, digests: bool
) -> EmailMessage:
    email = issue.reader.email
    name, url = settings.SITE_NAME, settings.SITE_URL
    text = mail_text(page, site_name=name, site_url=url, email=email, digests=digests)
    context = {
        "page": page,
        "site_name": name,
        "site_url": url,
        "email": email,
        "digests": digests,
        "style": STYLES,
        "dark": DARK,
    }
    html = render_to_string("issues/mail.html", context)
    made = EmailMessage(policy=SMTP)
    for header, value in headers.items():
        made[header] = value
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    # quoted-printable never has "=_", so the line cannot stand in a body
    made.set_boundary(f"=_issue-{issue.pk}")
    return made


def _headers(issue: Issue) -> dict[str, str]:
    host = _host()
    name, address = parseaddr(header_text(settings.MAIL_FROM))
    return {
        "From": str(Address(name, addr_spec=address)),
        "To": str(Address(addr_spec=issue.reader.email)),
        "Subject": _subject(issue),
        "Date": format_datetime(issue.compiled_at),
        "Message-ID": f"<issue-{issue.pk}.{issue.compiled_at:%Y%m%d%H%M%S}@{host}>",
        "List-Id": f"<issues.{host}>",
        "Auto-Submitted": "auto-generated",
    }


def _subject(issue: Issue) -> str:
    """The issue and its lead; the issue alone where the title cannot be a header."""
    alone = f"{header_text(settings.SITE_NAME)}, issue {issue.number}"
    lead = issue.articles.first()
    if lead is None:
        return alone
    title = shorten(lead.title, TITLE, placeholder=" …")
    whole = header_text(f"{alone}: {title}")
    return whole if survives(whole) else alone


def _host() -> str:
    """The site's name for Message-ID and List-Id, which take no IPv6 address."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return host if re.fullmatch(r"[a-z0-9.-]+", host) else "localhost"
