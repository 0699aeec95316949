"""Django's backend for SMTP, which can also tell whether a mail may have arrived.

Between the first byte of a mail and the server's answer to its last dot nobody
knows; a connection lost then is a doubt (RFC 1047), at any other time it is none.
A server must prove by its certificate that it is the one it should be.
"""

import re
import smtplib
from typing import TYPE_CHECKING, Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

if TYPE_CHECKING:
    AnySmtp = smtplib.SMTP
else:
    AnySmtp = object


class _Telling(AnySmtp):
    """For a client of smtplib: notes when the outcome is not known."""

    in_doubt = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """One mail of whole lines; the answer to its last dot."""
        self.putcmd("data")
        code, said = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, said)
        self.in_doubt = True
        self.send(LEADING_DOT.sub(b"..", msg) + b".\r\n")
        answer = self.getreply()
        self.in_doubt = False
        return answer


class _Smtp(_Telling, smtplib.SMTP):
    pass


class _SmtpSsl(_Telling, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    """The server of MAIL_URL, over one connection for many mails."""

    @property
    def connection_class(self) -> Any:
        return _SmtpSsl if self.use_ssl else _Smtp

    @property
    def in_doubt(self) -> bool:
        """Whether the mail that failed last may have arrived nevertheless."""
        return bool(getattr(self.connection, "in_doubt", False))

    def discard(self) -> None:
        """Drop the connection without a word: after a fault nobody listens."""
        for name in ("_partial_connection", "connection"):
            connection = getattr(self, name)
            if connection is not None:
                connection.close()
            setattr(self, name, None)
