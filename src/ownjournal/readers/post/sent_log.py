"""What has left, noted outside the database: restored from a backup, it forgets.

A database that was put back to yesterday's state would mail again what went out
since. So each letter to a reader that the mail server took is noted here as well, in
a file of the day in the data folder, as a keyed hash that names nobody. The notes of
eight days are kept. They also settle what a killed worker could not write down.
"""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from ownjournal.readers.post.models import Letter

KEPT = timedelta(days=8)
FORM = "%Y-%m-%d.log"


class SentLog:
    """The notes of one data folder, read once and followed while others add to them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, int] = {}  # bytes
        self._known: set[str] = set()

    def follow(self, now: datetime) -> None:
        """Read what was added since, and delete notes that are too old."""
        oldest = (now - KEPT).date()
        for path in sorted(self._folder.glob("*.log")):
            if _day(path) < oldest:
                path.unlink(missing_ok=True)
            elif path.stat().st_size > self._read.get(path, 0):
                self._add(path)

    def has(self, letter: Letter) -> bool:
        """Whether the letter was noted; False of what is never noted."""
        return _hash(letter) in self._known

    def note(self, letter: Letter, now: datetime) -> None:
        """Write it down; from then on a kill of this process does not lose it."""
        noted = _hash(letter)
        if noted is None:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / now.strftime(FORM)).open("ab", buffering=0) as file:
            file.write(f"{noted}\n".encode())
        self._known.add(noted)

    def _add(self, path: Path) -> None:
        with path.open("rb") as file:
            file.seek(self._read.get(path, 0))
            whole = file.read().rpartition(b"\n")[0]
        self._known.update(whole.decode("ascii").split("\n"))
        self._read[path] = self._read.get(path, 0) + len(whole) + bool(whole)


@cache
def of_folder(folder: Path) -> SentLog:
    return SentLog(folder)


def sent_log() -> SentLog:
    """The notes of this site."""
    return of_folder(Path(settings.DATA_DIR) / "sent")


def _hash(letter: Letter) -> str | None:
    """By kind, key and reader, but no number that a restored database may repeat."""
    if letter.reader is None:
        return None
    made = letter.reader.created_at.isoformat()
    named = " ".join((letter.kind, letter.key, letter.reader.email, made))
    return salted_hmac("sent log", named, algorithm="sha256").hexdigest()[:32]


def _day(path: Path) -> date:
    """Of a file that is none of ours: today, so that it stays."""
    try:
        return datetime.strptime(path.name, FORM).date()  # noqa: DTZ007 (a day)
    except ValueError:
        return date.max
