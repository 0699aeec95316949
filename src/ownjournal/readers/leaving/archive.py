"""Write an export: one zip of all that is a reader's, in constant memory.

README.txt          what is in it
data/*.json         every table, every row
articles/*.ris      the articles of each table that names any
reading-log.csv
issues/*.html …     what other parts add (slots.py)
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone

from ownjournal.catalogue import relations
from ownjournal.catalogue.downloads import exported
from ownjournal.pubmed.exports import ris
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.readers.leaving.slots import parts_of
from ownjournal.readers.leaving.tables import rows_of, said_by, tables, told
from ownjournal.readers.log import table as log_table
from ownjournal.readers.models import Reader

AT_ONCE = 200  # rows, and articles


def write(file: IO[bytes], reader: Reader) -> None:
    """Write the zip; the reader's rows as they are while each table is read."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in _files(reader):
            with archive.open(name, "w", force_zip64=True) as out:
                for piece in pieces:
                    out.write(piece.encode() if isinstance(piece, str) else piece)


def rows(reader: Reader) -> int:
    """How much it will be."""
    return sum(
        rows_of(model, said_by(paths), reader.pk).count() for model, paths in tables()
    )


def _files(reader: Reader) -> Iterator[tuple[str, Iterable[str | bytes]]]:
    named = []
    for model, paths in tables():
        found = rows_of(model, said_by(paths), reader.pk)
        if found.exists():
            named.append((f"data/{model._meta.label_lower}.json", model.__doc__ or ""))
            yield named[-1][0], _json(found)
        if _names_articles(model):
            plural = str(model._meta.verbose_name_plural).replace(" ", "-")
            pmids = found.order_by().values_list("pmid", flat=True).distinct()
            if pmids.exists():
                yield f"articles/{plural}.ris", ris.write(_articles(pmids))
    yield "reading-log.csv", log_table.write(reader.log.all())
    yield from parts_of(reader)
    yield "README.txt", [_readme(reader, named)]


def _json(found: "models.QuerySet[Any]") -> Iterator[str]:
    """An array with a row a line."""
    before = "[\n"
    for row in found.iterator(chunk_size=AT_ONCE):
        yield before + json.dumps(told(row), cls=DjangoJSONEncoder, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n"


def _names_articles(model: type[models.Model]) -> bool:
    try:
        return isinstance(model._meta.get_field("pmid"), models.BigIntegerField)
    except FieldDoesNotExist:
        return False


def _articles(pmids: "models.QuerySet[Any, int]") -> Iterator[Exported]:
    """Those that are kept, in the order of their PMIDs."""
    last = 0
    while some := list(pmids.filter(pmid__gt=last).order_by("pmid")[:AT_ONCE]):
        kept = relations.get_many(some)
        yield from (exported(kept[pmid]) for pmid in some if pmid in kept)
        last = some[-1]


def _readme(reader: Reader, named: list[tuple[str, str]]) -> str:
    """Each table with the first sentence of what its model is."""
    context = {
        "email": reader.email,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "at": timezone.now(),
        "tables": [
            (name, " ".join(text.strip().split("\n\n")[0].split()))
            for name, text in named
        ],
    }
    return render_to_string("leaving/readme.txt", context)
