"""The line to the mail server: one connection for many mails.

Made by Django's mail backend of the settings. A server may close a connection
after as many mails as it likes; then it is opened again, once.
"""

import smtplib
from contextlib import suppress

from django.core.mail import EmailMessage, get_connection

from ownjournal.readers.post.outcomes import SENT, Outcome, of_fault


class Line:
    """Opened by the first mail. `down` says why it cannot be used, if so."""

    def __init__(self) -> None:
        self._backend = get_connection()
        self._carried = 0  # mails since it was opened
        self.down: str | None = None
        self.worked = False

    def send(self, mail: EmailMessage) -> Outcome:
        """Hand over one mail and say what became of it; raises nothing."""
        is_used, outcome = self._carried > 0, self._try(mail)
        if outcome.verdict == "trouble" and is_used:
            outcome = self._try(mail)
        if outcome.verdict == "trouble":
            self.down = outcome.said or "no reason was given"
        else:
            self.worked = True
        self._carried += outcome.verdict == "sent"
        return outcome

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._backend.close()

    def _try(self, mail: EmailMessage) -> Outcome:
        try:
            self._backend.open()
            self._backend.send_messages([mail])
        except Exception as fault:  # what it means: outcomes.py
            in_doubt = getattr(self._backend, "in_doubt", False)
            outcome = of_fault(fault, in_doubt=in_doubt)
            if outcome.verdict in ("trouble", "doubtful"):
                self._discard()
            return outcome
        return SENT

    def _discard(self) -> None:
        """A connection after a fault carries nothing any more."""
        discard = getattr(self._backend, "discard", self.close)
        discard()
        self._carried = 0
