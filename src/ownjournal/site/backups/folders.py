"""What of the data folder is kept, what is not, and one at a time.

Not kept: index/ and pools/ (made anew), exports/ (a day old at most), nlm/, spool/ and
example/ (work in hand).
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from ownjournal.site.backups.problem import BackupProblem

KEPT = ("media", "models", "erased", "sent")
LISTS = ("erased", "sent")
"""What a restore adds to and never takes from: who was erased, what was mailed."""

SECRET = "secret_key"
SETTINGS = "ownjournal.env"
LOCK = "backup.lock"
WORK = "backup.work"


def data_folder() -> Path:
    return Path(settings.DATA_DIR)


def kept() -> Iterator[tuple[str, Path]]:
    """The files that go into a backup beside the database, with their names in it.

    Mails that were written as files are among them where that is how mail leaves.
    """
    root = data_folder()
    if (root / SETTINGS).is_file():
        yield SETTINGS, root / SETTINGS
    outbox = Path(settings.OUTBOX_DIR) == root / "outbox"
    written = settings.EMAIL_BACKEND.startswith("ownjournal.")
    for folder in (*KEPT, *(["outbox"] if outbox and written else [])):
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            plain = name.isprintable() and "\\" not in name  # as all of ours are
            if plain and path.is_file() and not path.is_symlink():
                yield name, path


@contextmanager
def alone() -> Iterator[Path]:
    """An empty folder to work in, removed in the end; nobody else has one meanwhile.

    It lies in the data folder, so nothing unencrypted is written elsewhere. What a
    killed process left in it goes first. Raises BackupProblem.
    """
    root = data_folder()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (root / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupProblem("Another backup or restore is at work.") from None
        work = root / WORK
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
