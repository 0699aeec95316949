"""Pools kept as files in the data folder, so that each process need not build them.

To read and count a week of PubMed takes seconds, to load it again a fifth of them. A
file holds public articles alone and may be deleted at any time. Its name says what it
was made from: the window, the state of the catalogue, and the forms of what is in it.
It is there whole or not at all; one that is damaged all the same is built anew.
"""

import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from ownjournal import __version__
from ownjournal.ranking.issue import RULES_VERSION
from ownjournal.ranking.pool import FORMAT, Pool

log = logging.getLogger(__name__)
FEWEST = 3_000  # articles; fewer are read as fast as a file
KEPT = 2  # files of up to 70 MB: the last weeks' and that of first issues
LEFT_SECONDS = 3_600.0  # after which an unfinished file is one of a process that died


def load(name: str) -> Pool | None:
    """The pool of this name; None where it is not there, or damaged."""
    path = _path(name)
    try:
        pool = Pool.load(path)
        os.utime(path)  # it was used
    except FileNotFoundError:
        return None
    except Exception as fault:  # damage shows itself in many ways
        log.warning("%s is built anew: %s", path.name, fault)
        return None
    return pool


def save(name: str, pool: Pool) -> None:
    """Keep a pool for others, and forget those not used for longest.

    Where there is no room for it nothing is kept, and nothing is wrong.
    """
    if len(pool) < FEWEST:
        return
    path = _path(name)
    unfinished = path.with_suffix(f".{uuid4().hex}.part")  # ids of processes repeat
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pool.save(unfinished)
        unfinished.replace(path)
        _forget_old(path.parent)
    except OSError as fault:
        log.warning("A pool of articles could not be kept: %s", fault)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _path(name: str) -> Path:
    forms = f"{__version__}-{RULES_VERSION}-{FORMAT}"
    return Path(settings.DATA_DIR) / "pools" / f"{name}-{forms}.npz"


def _forget_old(folder: Path) -> None:
    """Another process may forget the same ones."""
    with suppress(FileNotFoundError):
        files = sorted(folder.iterdir(), key=lambda each: -each.stat().st_mtime)
        old = [each for each in files if each.suffix == ".npz"][KEPT:]
        before = time.time() - LEFT_SECONDS
        old += [e for e in files if e.suffix == ".part" and e.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
