"""Whether the catalogue is what its files make it, and the index follows it."""

import hashlib
from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from msgspec import Struct

from ownjournal.catalogue.models import Article, OtherVersion
from ownjournal.search.index import Index, IndexUnusable

ROWS_AT_ONCE = 10_000
STATE = ("pmid", "version", "file_key", "content_hash", "live")

MOST_DRIFT = 100_000
"""Articles; where more differ, building the index anew is the way."""

_LOOKS = 3


class Drift(Struct, frozen=True):
    """In what an index differs from the store: PMIDs, each list in order."""

    missing: tuple[int, ...]  # live, and not in the index
    extra: tuple[int, ...]  # in the index, and not live
    stale: tuple[int, ...]  # in both, but not as of the same change

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.stale)


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


def drift(index: Index) -> Drift:
    """Compare each article of the store with what the index holds, by revision.

    What changed in the store since the index last followed is left out. Looks
    again where the index moved on meanwhile. Raises IndexUnusable, also above
    MOST_DRIFT.
    """
    for _ in range(_LOOKS):
        revision = index.revision
        found = _drift(index, revision)
        if not found or index.revision == revision:
            break
    return found


def _drift(index: Index, up_to: int) -> Drift:
    missing: list[int] = []
    extra: list[int] = []
    stale: list[int] = []
    for pmid, (at, live), held in _side_by_side(_stored(), index.held()):
        if max(at, held or 0) > up_to:
            continue  # it changed while we looked, or is still to come
        if held is None and live:
            missing.append(pmid)
        elif held is not None and not live:
            extra.append(pmid)
        elif live and held != at:
            stale.append(pmid)
        if len(missing) + len(extra) + len(stale) > MOST_DRIFT:
            raise IndexUnusable(
                f"The index differs from the store in over {MOST_DRIFT:,} articles."
            )
    return Drift(tuple(missing), tuple(extra), tuple(stale))


def _stored() -> Iterator[tuple[int, int, bool]]:
    """Each article, with its last change; also those taken back, which are not live."""
    rows = Article.objects.order_by("pmid").values_list("pmid", "revision", "live")
    return rows.iterator(chunk_size=ROWS_AT_ONCE)


def _side_by_side(
    stored: Iterable[tuple[int, int, bool]], held: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, tuple[int, bool], int | None]]:
    """What either has of each PMID; both come in order of PMIDs."""
    its = iter(held)
    other = next(its, None)
    for pmid, revision, live in stored:
        while other is not None and other[0] < pmid:
            yield other[0], (0, False), other[1]
            other = next(its, None)
        if other is not None and other[0] == pmid:
            yield pmid, (revision, live), other[1]
            other = next(its, None)
        else:
            yield pmid, (revision, live), None
    while other is not None:
        yield other[0], (0, False), other[1]
        other = next(its, None)


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
