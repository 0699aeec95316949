"""What becomes of collections when a reader leaves, and what she takes along.

What she keeps with others stays with them. What she keeps alone goes with her, public
or not: nobody is left to answer for it, and what it says is hers. Before that she can
ask somebody to keep it.
"""

from collections.abc import Iterable, Iterator

import msgspec
from django.db.models import Count

from ownjournal.collections.addresses import shared_path, slug_of, whole
from ownjournal.collections.curating import INVITING
from ownjournal.collections.models import Collection
from ownjournal.collections.order import in_order
from ownjournal.collections.suggesting import SUGGESTING
from ownjournal.readers.limits import forget
from ownjournal.readers.models import Reader


def see_off(reader: Reader, keeps_notes: bool) -> None:
    """Within the erasure: collections that nobody else keeps."""
    mine = _held(reader)
    counted = Collection.objects.filter(pk__in=mine).annotate(kept_by=Count("curators"))
    alone = counted.filter(kept_by=1).values_list("pk", flat=True)
    Collection.objects.filter(pk__in=list(alone)).delete()
    for limit in (INVITING, SUGGESTING):
        forget(limit, str(reader.pk))


def _held(reader: Reader) -> list[int]:
    """Those that she keeps; until she is gone nobody else comes in or leaves."""
    kept = Collection.objects.filter(curators__reader=reader).values("pk")
    rows = Collection.objects.select_for_update().filter(pk__in=kept)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def files(reader: Reader) -> Iterator[tuple[str, Iterable[str]]]:
    """Each collection that she keeps, with its lines and sections, as JSON."""
    for each in Collection.objects.filter(curators__reader=reader).order_by("pk"):
        name = f"collections/{each.pk}-{slug_of(each.title)}.json"
        yield name, [msgspec.json.format(_told(each)).decode()]


def _told(collection: Collection) -> bytes:
    return msgspec.json.encode(
        {
            "title": collection.title,
            "description": collection.description,
            "address": whole(shared_path(collection)),
            "visibility": collection.visibility,
            "created_at": collection.created_at,
            "updated_at": collection.updated_at,
            "curators": [str(each) for each in collection.curators.all()],
            "articles": [
                {
                    "pmid": row.pmid,
                    "section": row.section.name if row.section else None,
                    "line": row.line,
                    "added_at": row.added_at,
                }
                for row in in_order(collection)
            ],
        }
    )
