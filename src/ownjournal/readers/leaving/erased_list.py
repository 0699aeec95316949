"""Who was erased, kept outside the database: a restored backup stays erased.

A line is a keyed hash of a reader's number and of the moment they joined, and another
one where they left their public notes here. It names nobody, and tells nothing to
anybody without the site's secret; whoever joins again with the same address is
another reader.
"""

import os
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from ownjournal.readers.models import Reader

AT_ONCE = 1_000


def path() -> Path:
    return Path(settings.DATA_DIR) / "erased" / "readers"


def note(reader: Reader, *, keeps_notes: bool = False) -> None:
    """Write a reader down, lastingly; again it changes nothing."""
    line = hash_of(reader, keeps_notes=keeps_notes)
    if line in read():
        return
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(file, "ab", buffering=0) as out:
        out.write(f"{line}\n".encode())
        os.fsync(out.fileno())


def read() -> frozenset[str]:
    """The hashes; half a line, left by a power cut, is no hash."""
    if not path().is_file():
        return frozenset()
    return frozenset(path().read_text("ascii", "replace").split("\n"))


def hash_of(reader: Reader, *, keeps_notes: bool = False) -> str:
    named = f"{reader.pk} {reader.created_at.isoformat()}"
    named += " leaves notes" if keeps_notes else ""
    return salted_hmac("erased reader", named, algorithm="sha256").hexdigest()


def come_back() -> list[tuple[Reader, bool]]:
    """Readers who are in the database and were erased: it was restored since.

    With each, whether the public notes were to stay.
    """
    erased = read()
    if not erased:
        return []
    found = []
    for reader in Reader.objects.order_by("pk").iterator(chunk_size=AT_ONCE):
        keeps = hash_of(reader, keeps_notes=True) in erased
        if keeps or hash_of(reader) in erased:
            found.append((reader, keeps))
    return found
