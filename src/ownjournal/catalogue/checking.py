"""Whether the catalogue is what its files make it, and the index follows it."""

import hashlib
from collections.abc import Iterable

from django.db import connection, transaction

from ownjournal.catalogue.models import Article, OtherVersion

ROWS_AT_ONCE = 10_000
STATE = ("pmid", "version", "file_key", "content_hash", "live")


def state_hash() -> str:
    """A hash of what the catalogue holds, in hex: equal for equal sets of files.

    Covers each version of each PMID with the file that wrote it and its
    content; leaves out when it was received, which is not NLM's.
    """
    digest = hashlib.sha256()
    with transaction.atomic():
        for model in (Article, OtherVersion):
            rows = model.objects.order_by("pmid", "version").values_list(*STATE)
            for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
                digest.update(repr(row).encode())
    return digest.hexdigest()


def live_pmids() -> Iterable[int]:
    """The PMIDs that an index at the store's revision must hold, in order."""
    rows = Article.objects.filter(live=True).order_by("pmid")
    return rows.values_list("pmid", flat=True).iterator(chunk_size=ROWS_AT_ONCE)


def database_problem() -> str | None:
    """What the database says of its own integrity; None when all is well.

    PostgreSQL checks its pages itself when they are read; SQLite is asked.
    """
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        answer = str(cursor.fetchone()[0])
    return None if answer == "ok" else answer
