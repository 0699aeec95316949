"""What a fault while sending means for the letter, and for the mail server.

One letter may be refused for good, or not be taken now, or be in doubt; or the
server cannot be used at all, and every letter waits.
"""

import re
import smtplib
from typing import Literal

from msgspec import Struct

from ownjournal.readers.post.models import Bounce

Verdict = Literal["sent", "dropped", "refused", "later", "doubtful", "trouble"]
STATUS = re.compile(r"\b([245])\.([0-9]{1,3})\.([0-9]{1,3})\b")  # RFC 3463
NO_MAILBOX = {550, 551, 553}
TOO_LARGE = 552
CLOSING = 421
OF_ONE_MAIL = {400, 406, 413, 422}  # statuses of HTTP that blame what was sent
SAID = 500  # characters kept of what a server said


class Outcome(Struct, frozen=True):
    """What became of one try."""

    verdict: Verdict
    said: str | None = None  # by the server, or by the fault
    bounce: Bounce.Kind | None = None  # of what was refused


SENT = Outcome("sent")


def of_fault(fault: Exception, *, in_doubt: bool) -> Outcome:
    """The outcome of a try that ended with this fault."""
    said = told(fault)
    match fault:
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(fault.recipients.values()))
            return of_answer(code, _text(answer))
        case smtplib.SMTPDataError() | smtplib.SMTPSenderRefused(smtp_code=552):
            return of_answer(fault.smtp_code, _text(fault.smtp_error))
        case smtplib.SMTPException() | OSError():
            return Outcome("doubtful" if in_doubt else "trouble", said)
        case _:
            return _of_provider(fault, said)


def of_answer(code: int, answer: str) -> Outcome:
    """The outcome of a server's answer about one mail."""
    said = f"{code} {answer}"[:SAID]
    if code == CLOSING:
        return Outcome("trouble", said)
    if 500 <= code < 600:
        return Outcome("refused", said, bounce_kind(code, answer))
    return Outcome("later", said)


def bounce_kind(code: int, answer: str) -> Bounce.Kind:
    """Hard where the mailbox is not there; a full one or a rule may change.

    The status of RFC 3463 decides where there is one: 5.1.x is the address, and
    5.2.1 a mailbox that was closed.
    """
    status = STATUS.search(answer)
    if status is None:
        return Bounce.Kind.HARD if code in NO_MAILBOX else Bounce.Kind.SOFT
    return status_kind(*(int(each) for each in status.groups()))


def status_kind(kind: int, subject: int, detail: int) -> Bounce.Kind:
    """Of the three numbers of a status."""
    gone = kind == 5 and (subject == 1 or (subject, detail) == (2, 1))
    return Bounce.Kind.HARD if gone else Bounce.Kind.SOFT


def told(fault: BaseException) -> str:
    """A fault in one line that an operator can look up."""
    return " ".join(f"{type(fault).__name__}: {fault}".split())[:SAID]


def _text(answer: bytes | str) -> str:
    raw = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(raw.split())


def _of_provider(fault: Exception, said: str) -> Outcome:
    """Of a backend of anymail, known by its fault's status; RFC 9110 says which.

    Without a status there was no answer, so the mail may be on its way.
    """
    names = {each.__name__ for each in type(fault).__mro__}
    if "AnymailRecipientsRefused" in names:
        return Outcome("refused", said, Bounce.Kind.HARD)
    if "AnymailError" not in names:
        return Outcome("later", said)
    status = getattr(fault, "status_code", None)
    if status is None and "AnymailAPIError" in names:
        return Outcome("doubtful", said)
    if status in OF_ONE_MAIL:
        return Outcome("refused", said, Bounce.Kind.SOFT)
    return Outcome("trouble", said)
