"""What has left, noted outside the database: restored from a backup, it forgets.

A database that was put back to yesterday's state would mail again what went out
since. So each letter to a reader that the mail server took is noted here as well, in
files of the day, as a keyed hash that names nobody. The notes of eight days are kept.
They also settle what a killed worker could not write down.

Where the notes lie in a bucket and it cannot be reached, only what somebody waits for
leaves: the rest would perhaps leave twice.
"""

import logging
from datetime import date, datetime, timedelta
from functools import cache

from django.utils.crypto import salted_hmac

from ownjournal.readers.files.kept import FilesAway, files
from ownjournal.readers.post.models import Letter

KEPT = timedelta(days=8)
FOLDER = "sent"
DAY = "%Y-%m-%d"
log = logging.getLogger(__name__)


class SentLog:
    """The notes of one place, read once and followed while others add to them."""

    def __init__(self) -> None:
        self._read: dict[str, int] = {}  # bytes
        self._known: dict[str, set[str]] = {}  # by file
        self._problem: str | None = None

    def follow(self, now: datetime) -> bool:
        """Read what was added since, and delete notes that are too old.

        False where they cannot be reached; the log says so once.
        """
        oldest = (now - KEPT).date()
        for name in [each for each in self._known if _day(each) < oldest]:
            del self._known[name]
            self._read.pop(name, None)
        try:
            for found in list(files().listed(FOLDER)):
                if _day(found.name) < oldest:
                    files().delete(found.name)
                elif found.size > self._read.get(found.name, 0):
                    self._add(found.name)
        except FilesAway as fault:
            if str(fault) != self._problem:
                log.warning("Only urgent mail leaves: %s", fault)
            self._problem = str(fault)
            return False
        self._problem = None
        return True

    def has(self, letter: Letter) -> bool:
        """Whether the letter was noted; False of what is never noted."""
        noted = _hash(letter)
        return any(noted in each for each in self._known.values())

    def note(self, letter: Letter, now: datetime) -> None:
        """Write it down; from then on a kill of this process does not lose it.

        Where that cannot be, the log says so, and the database knows alone.
        """
        noted = _hash(letter)
        if noted is None:
            return
        name = f"{FOLDER}/{now.strftime(DAY)}.log"
        self._known.setdefault(name, set()).add(noted)
        try:
            files().append(name, noted, synced=False)
        except FilesAway as fault:
            log.warning("What was mailed is in the database alone: %s", fault)

    def _add(self, name: str) -> None:
        before = self._read.get(name, 0)
        with files().open(name) as file:
            file.seek(before)
            whole = file.read().rpartition(b"\n")[0]
        known = self._known.setdefault(name, set())
        known.update(whole.decode("ascii").split("\n"))
        self._read[name] = before + len(whole) + bool(whole)


@cache
def of_place(place: str) -> SentLog:
    return SentLog()


def sent_log() -> SentLog:
    """The notes of this site."""
    return of_place(files().place)


def _hash(letter: Letter) -> str | None:
    """By kind, key and reader, but no number that a restored database may repeat."""
    if letter.reader is None:
        return None
    made = letter.reader.created_at.isoformat()
    named = " ".join((letter.kind, letter.key, letter.reader.email, made))
    return salted_hmac("sent log", named, algorithm="sha256").hexdigest()[:32]


def _day(name: str) -> date:
    """Of a file that is none of ours: the last day, so that it stays."""
    try:
        day = name.rpartition("/")[2].partition(".")[0]
        return datetime.strptime(day, DAY).date()  # noqa: DTZ007 (a day)
    except ValueError:
        return date.max
