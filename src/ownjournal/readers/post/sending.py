"""Send what is due, each letter once.

A letter is marked in the database before its first byte leaves, so that whatever
happens then at most that one is in doubt. It goes out once more after each doubt,
under the same Message-ID, until too many have died over it. Two statements in one
transaction are all that a mail costs: they settle the one before and mark this one.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from ownjournal.readers.post import claims, settling, trouble
from ownjournal.readers.post.letters import URGENT, make, prepare
from ownjournal.readers.post.line import Line
from ownjournal.readers.post.message import Sendable
from ownjournal.readers.post.models import Letter
from ownjournal.readers.post.outcomes import Outcome, told
from ownjournal.readers.post.sent_log import sent_log
from ownjournal.readers.post.settling import Settling

TURN_SECONDS = 60.0
LOOK_SECONDS = 1.0  # how long something urgent waits for the others
CRASHES = 5  # tries of a letter during which its worker died

State = Letter.State
log = logging.getLogger(__name__)


def send_due(now: datetime, stopped: Callable[[], bool]) -> dict[str, int]:
    """One turn: a batch of letters at most; how many came to which verdict.

    {} when nothing was due, or mail waits (`trouble.problems` says why). Ends
    after the letter in hand once `stopped` says so, and gives back the others.
    """
    if trouble.server(now) is not None:
        return {}
    letters = claims.claim(now, urgent_only=trouble.halted())
    if not letters:
        return {}
    if not sent_log().follow(now) and letters[0].kind not in URGENT:
        claims.release(letters)  # a batch is urgent or is not
        return {}
    prepare(letters)
    turn, left = _Turn(now), deque(letters)
    try:
        with _quick_commits():
            while left:
                letter = left.popleft()
                turn.take(letter)
                if stopped() or turn.is_over(urgent=letter.kind in URGENT):
                    break
    finally:
        turn.end()
        claims.release(list(left))
    turn.settling.bounces(now)
    return turn.settling.counts


class _Turn:
    """One open line, and what became of the letters it carried."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._line = Line()
        self._sent_log = sent_log()
        self._ends = time.monotonic() + TURN_SECONDS
        self._look = time.monotonic() + LOOK_SECONDS
        self.settling = Settling(now)

    def take(self, letter: Letter) -> None:
        """Bring one letter as far as it goes now."""
        outcome = self._without_sending(letter)
        if outcome is None:
            mail = _made(letter)
            outcome = mail if isinstance(mail, Outcome) else self._send(letter, mail)
        if outcome is not None:
            self.settling.add(letter, outcome)

    def is_over(self, *, urgent: bool) -> bool:
        """Whether the rest must wait: the server fails, or something cannot wait."""
        clock = time.monotonic()
        if self._line.down or clock > self._ends or self.settling.is_hopeless():
            return True
        if urgent or clock < self._look:
            return False
        self._look = clock + LOOK_SECONDS
        return claims.due(self._now, urgent_only=True).exists()

    def end(self) -> None:
        self._line.close()
        self.settling.write()
        if self._line.down is not None:
            trouble.server_fails(self._line.down, self._now)
        elif self._line.worked:
            trouble.server_works()

    def _without_sending(self, letter: Letter) -> Outcome | None:
        """What is known before: it left already, or nobody wants it any more."""
        if self._sent_log.has(letter):
            return Outcome("sent", "It had left before, by the notes of what was sent.")
        if letter.state == State.SENDING and letter.tries >= CRASHES:
            return Outcome("sent", "Its worker died each time; it may have arrived.")
        if letter.reader is None or letter.kind in URGENT:
            return None
        if not letter.reader.is_active or hasattr(letter.reader, "suppression"):
            return Outcome("dropped", "Mail does not go to this reader.")
        return None

    def _send(self, letter: Letter, mail: Sendable) -> Outcome | None:
        """None where the claim was lost meanwhile."""
        if not self.settling.begin(letter):
            return None
        outcome = self._line.send(mail)
        if outcome.verdict == "sent":
            self._sent_log.note(letter, self._now)
        return outcome


def _made(letter: Letter) -> Sendable | Outcome:
    """The mail; a maker that fails is tried again later, and the log says why."""
    try:
        mail = make(letter)
        return Outcome("dropped") if mail is None else Sendable(letter, mail)
    except Exception as fault:  # one letter's fault is not the others'
        log.exception("The mail of letter %s cannot be made", letter.pk)
        return Outcome("later", told(fault))


@contextmanager
def _quick_commits() -> Iterator[None]:
    """Commits that outlive a killed process at once, and a power cut a little later.

    A batch is claimed and in the end settled to the disk; were each letter, the
    disk would allow a hundred a second. After a power cut some of one batch may be
    mailed twice.
    """
    quick, usual = settling.COMMITS[connection.vendor]
    if connection.in_atomic_block:  # its commit is its owner's
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(quick)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(usual)
