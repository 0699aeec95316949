"""Who was erased, kept outside the database: a restored backup stays erased.

A line is a keyed hash of a reader's number and of the moment they joined, and another
one where they left their public notes here. It names nobody, and tells nothing to
anybody without the site's secret; whoever joins again with the same address is
another reader.
"""

from django.utils.crypto import salted_hmac

from ownjournal.readers.files.kept import files
from ownjournal.readers.models import Reader

FOLDER = "erased"
NAME = "readers"
AT_ONCE = 1_000


def note(reader: Reader, *, keeps_notes: bool = False) -> None:
    """Write a reader down, lastingly; again it changes nothing."""
    line = hash_of(reader, keeps_notes=keeps_notes)
    if line not in read():
        files().append(f"{FOLDER}/{NAME}", line)


def read() -> frozenset[str]:
    """The hashes; half a line, left by a power cut, is no hash."""
    names = [each.name for each in files().listed(FOLDER)]
    return frozenset(
        line
        for name in names
        if name.startswith(f"{FOLDER}/{NAME}")  # one, or one of each process
        for line in files().get(name).decode("ascii", "replace").split("\n")
    )


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
