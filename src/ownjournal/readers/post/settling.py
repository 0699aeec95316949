"""What became of letters, written down: with the next one's mark, or at the end."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ownjournal.readers.post import returned, trouble
from ownjournal.readers.post.letters import URGENT
from ownjournal.readers.post.models import Bounce, Letter
from ownjournal.readers.post.outcomes import Outcome

COMMITS = {
    "sqlite": ("PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"),
    "postgresql": (
        "SET synchronous_commit TO off",
        "SET synchronous_commit TO DEFAULT",
    ),
}
MOST_TRIES = 12  # over two days
FIRST_WAIT = timedelta(minutes=5)  # then three times as long each time
LONGEST_WAIT = timedelta(hours=6)
URGENT_WAIT = timedelta(seconds=20)  # then twice as long
AFTER_DOUBT = timedelta(minutes=1)

State = Letter.State


class Settling:
    """Outcomes of one turn; those not yet written are written with the next mark."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._waiting: list[tuple[Letter, dict[str, Any]]] = []
        self._bounced: list[tuple[Letter, Outcome]] = []
        self._counts: Counter[str] = Counter()

    @property
    def counts(self) -> dict[str, int]:
        """Letters by verdict."""
        return dict(self._counts)

    def is_hopeless(self) -> bool:
        """Whether all that was tried was refused, so that it may be us."""
        refused = self._counts["refused"]
        return refused >= trouble.FEWEST and not self._counts["sent"]

    def begin(self, letter: Letter) -> bool:
        """Mark a letter as being sent; False where another worker has it now.

        Its mark is in the database when this returns, and so is the outcome of
        the letter before.
        """
        with transaction.atomic():
            self._write()
            found = Letter.objects.filter(
                pk=letter.pk, claimed_by=letter.claimed_by, state=letter.state
            ).update(
                state=State.SENDING,
                tries=letter.tries + 1,
                doubtful=letter.doubtful or letter.state == State.SENDING,
            )
        if found:
            letter.tries += 1
            letter.doubtful = letter.doubtful or letter.state == State.SENDING
            letter.state = State.SENDING
        return bool(found)

    def add(self, letter: Letter, outcome: Outcome) -> None:
        """Note what became of a letter."""
        if letter.state == State.WAITING:  # it could not be made
            letter.tries += outcome.verdict == "later"
        elif outcome.verdict == "later" and letter.tries >= MOST_TRIES:
            outcome = Outcome("refused", outcome.said, Bounce.Kind.SOFT)
        if outcome.verdict == "doubtful" and letter.doubtful:
            outcome = Outcome("sent", outcome.said)  # or it was lost; nobody knows
        self._counts[outcome.verdict] += 1
        self._waiting.append((letter, self._change(letter, outcome)))
        if outcome.bounce is not None:
            self._bounced.append((letter, outcome))

    def write(self) -> None:
        """Write what has not been written yet."""
        with transaction.atomic():
            self._write()

    def bounces(self, now: datetime) -> None:
        """Keep what was refused; after `write`."""
        for letter, outcome in self._bounced:
            assert outcome.bounce is not None
            returned.record(letter, outcome.bounce, outcome.said or "", now)
        self._bounced = []

    def _write(self) -> None:
        for letter, change in self._waiting:
            Letter.objects.filter(pk=letter.pk, claimed_by=letter.claimed_by).update(
                claimed_by=None, claimed_until=None, **change
            )
        self._waiting = []

    def _change(self, letter: Letter, outcome: Outcome) -> dict[str, Any]:
        """The columns of a letter after this outcome."""
        match outcome.verdict:
            case "sent" | "dropped" | "refused" as state:
                return {
                    "state": state,
                    "settled_at": self._now,
                    "problem": outcome.said if letter.reader_id else None,
                    "address": None,
                    **({} if _may_go_again(letter, state) else {"details": {}}),
                }
            case "doubtful":
                wait, doubtful = AFTER_DOUBT, True
            case "later":
                wait, doubtful = _wait(letter), letter.doubtful
            case "trouble":
                wait, doubtful = FIRST_WAIT / 10, letter.doubtful
        return {
            "state": State.WAITING,
            "due_at": self._now + wait,
            "problem": outcome.said,
            "doubtful": doubtful,
            "tries": letter.tries - (outcome.verdict == "trouble"),
        }


def _may_go_again(letter: Letter, state: str) -> bool:
    """Whether the operator may send it again, see trouble.resume.

    A letter without a reader goes nowhere again, and nothing would erase its words.
    """
    is_refused = state == State.REFUSED and letter.kind not in URGENT
    return is_refused and letter.reader_id is not None


def _wait(letter: Letter) -> timedelta:
    """Before the next try of what was not taken."""
    first, times = (URGENT_WAIT, 2) if letter.kind in URGENT else (FIRST_WAIT, 3)
    return min(first * float(times ** max(letter.tries - 1, 0)), LONGEST_WAIT)
