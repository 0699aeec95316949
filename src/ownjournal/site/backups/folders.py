"""What of the data folder and the bucket is kept, what is not, and one at a time.

Not kept: index/ and pools/ (made anew), exports/ (a day old at most), nlm/, spool/ and
example/ (work in hand).
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from ownjournal.readers.files.folder import FolderFiles
from ownjournal.readers.files.kept import Listed, files
from ownjournal.search.locking import hold_lock
from ownjournal.site.backups.problem import BackupProblem

SHARED = ("media", "erased", "sent")  # in the bucket, where there is one
LISTS = ("erased", "sent")
"""What a restore adds to and never takes from: who was erased, what was mailed."""

SECRET = "secret_key"
SETTINGS = "ownjournal.env"
LOCK = "backup.lock"
WORK = "backup.work"


def data_folder() -> Path:
    return Path(settings.DATA_DIR)


def kept() -> Iterator[Listed]:
    """The files that go into a backup beside the database, with their names in it.

    Mails that were written as files are among them where that is how mail leaves.
    May raise FilesAway.
    """
    root, here = data_folder(), FolderFiles()
    if (root / SETTINGS).is_file():
        facts = (root / SETTINGS).stat()
        at = datetime.fromtimestamp(facts.st_mtime, UTC)
        yield Listed(SETTINGS, facts.st_size, at)
    outbox = Path(settings.OUTBOX_DIR) == root / "outbox"
    written = settings.EMAIL_BACKEND.startswith("ownjournal.")
    for folder in (*SHARED, "models", *(["outbox"] if outbox and written else [])):
        for found in (files() if folder in SHARED else here).listed(folder):
            if found.name.isprintable() and "\\" not in found.name:  # as all of ours
                yield found


def opened(name: str) -> IO[bytes]:
    """A file that is kept. May raise FileNotFoundError or FilesAway."""
    shared = name.partition("/")[0] in SHARED
    return (files() if shared else FolderFiles()).open(name)


@contextmanager
def alone() -> Iterator[Path]:
    """An empty folder to work in, removed in the end; nobody else has one meanwhile.

    It lies in the data folder, so nothing unencrypted is written elsewhere. What a
    killed process left in it goes first. Raises BackupProblem.
    """
    root = data_folder()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold_lock(root / LOCK, BackupProblem("Another backup or restore is at work.")):
        work = root / WORK
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
