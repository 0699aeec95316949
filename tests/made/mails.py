"""The mail of an issue, as its reader's program reads it."""

import email
from email.message import EmailMessage
from email.policy import default

from ownjournal.issues import mail
from ownjournal.issues.models import Issue
from ownjournal.readers.post.message import Sendable
from ownjournal.readers.post.models import Letter


def letter_of(issue: Issue) -> Letter:
    """The letter that was stored with the issue."""
    key = f"{issue.reader_id}-{issue.number}"
    return Letter.objects.get(kind=mail.KIND, key=key)


def bytes_of(issue: Issue) -> bytes:
    """The whole mail as it leaves."""
    data = Sendable(letter_of(issue), mail.mail(issue)).message().as_bytes()
    assert isinstance(data, bytes)
    return data


def mail_of(issue: Issue) -> EmailMessage:
    read = email.message_from_bytes(bytes_of(issue), policy=default)
    assert isinstance(read, EmailMessage)
    return read
