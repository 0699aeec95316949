"""What was done to a collection, kept and told: /collections/ID/…/history.

Whoever may see a collection may see what changed in it, and when; who did it is told
only of curators, by the name that they have there.
"""

from collections.abc import Iterable
from datetime import datetime

from ownjournal.collections.models import Change, Collection
from ownjournal.readers.models import Reader

WORDS = {
    "made": "Made",
    "added": "Added",
    "removed": "Taken out",
    "line": "A new line",
    "moved": "Moved",
    "title": "New title",
    "description": "New description",
    "visibility": "Who may read it",
    "section": "Section",
    "curator": "Curators",
    "retracted": "Retracted or withdrawn",
    "concern": "An expression of concern",
    "corrected": "Corrected",
    "gone": "No longer in PubMed",
    "cleared": "Nothing is known against it any more",
}
SILENT = frozenset({"moved"})
"""What changes no date: putting in order is no news."""
MOST = 5_000  # rows of one collection; older ones go


def note(
    collection: Collection,
    what: str,
    at: datetime,
    *,
    by: Reader | None = None,
    pmid: int | None = None,
    detail: str | None = None,
) -> None:
    """Keep one thing; `what` is of WORDS. The collection's date follows."""
    note_many(collection, [Change(what=what, pmid=pmid, detail=detail)], at, by=by)


def note_many(
    collection: Collection,
    changes: Iterable[Change],
    at: datetime,
    *,
    by: Reader | None = None,
) -> None:
    """Keep several of one moment; of each `what`, `pmid` and `detail` are given."""
    rows = list(changes)
    for row in rows:
        row.collection, row.at, row.by = collection, at, by
        row.detail = row.detail[:200] if row.detail else None
    Change.objects.bulk_create(rows, batch_size=500)
    if any(row.what not in SILENT for row in rows):
        collection.updated_at = at
        Collection.objects.filter(pk=collection.pk).update(updated_at=at)
    _forget_old(collection)


def _forget_old(collection: Collection) -> None:
    last = collection.changes.order_by("-id").values_list("pk", flat=True)
    beyond = last[MOST : MOST + 1].first()
    if beyond is not None:
        collection.changes.filter(pk__lte=beyond).delete()
