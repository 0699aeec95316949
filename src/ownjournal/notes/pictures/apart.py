"""Clean a picture in a process of its own, which may fail without harm."""

import subprocess
import sys

from ownjournal.notes.pictures import cleaning
from ownjournal.notes.pictures.cleaning import Cleaned, Refused

LONGEST_SECONDS = 30  # on a busy machine; the processor is given less


def clean(data: bytes) -> Cleaned:
    """The same as `cleaning.clean`. Raises Refused, whatever happens there."""
    if len(data) > cleaning.LARGEST:
        raise Refused(cleaning.TOO_LARGE)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", cleaning.__name__],
            input=data,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Refused(cleaning.DAMAGED) from late
    if done.returncode == cleaning.REFUSED:
        raise Refused(done.stdout.decode())
    if done.returncode != 0:
        raise Refused(cleaning.DAMAGED)
    head, _, picture = done.stdout.partition(b"\n")
    kind, width, height = head.decode().split()
    return Cleaned(kind, int(width), int(height), picture)
