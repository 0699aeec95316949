"""A backend of Django's that writes each mail into the outbox, a folder.

For a site without a mail server, and for looking at mails. A file is there whole
or not at all, and only its owner may read what somebody reads.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from ownjournal.readers.files.folder import write_whole


class EmailBackend(BaseEmailBackend):
    """Files in OUTBOX_DIR; the same letter again replaces its file."""

    in_doubt = False  # an unfinished file is no mail

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.OUTBOX_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in email_messages:
            name = getattr(each, "file_name", f"{uuid4().hex}.eml")
            write_whole(folder / name, [each.message().as_bytes()])
        return len(email_messages)
