"""Load a few files and write notes; the statements that SQLite was given, in order.

    python -m bench.traced FILE …       in the migrated store that the environment names

What the product does, by the product: each statement as SQLite itself tells it, with
its values. Prints JSON: the words that a connection begins with, and the statements.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

NOTES = 3  # after each file


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    from ownjournal.catalogue.ingest import Loading, ingest
    from ownjournal.readers.models import Reader

    connection.ensure_connection()
    statements: list[str] = []
    connection.connection.set_trace_callback(statements.append)
    loading = Loading(spool=settings.DATA_DIR / "spool", workers=1)
    reader = Reader.objects.create_reader("writer@example.org")
    for number, path in enumerate(sys.argv[1:]):
        ingest([Path(path)], loading)
        _write_notes(reader.pk, number)
    connection.connection.set_trace_callback(None)
    told = connection.settings_dict["OPTIONS"]["init_command"]
    kept = [each for each in statements if not each.startswith("--")]  # a trigger's
    print(json.dumps({"begins": told, "statements": kept}))


def _write_notes(reader_id: int, number: int) -> None:
    from ownjournal.notes.posting import post
    from ownjournal.notes.subjects import Subject
    from ownjournal.notes.typed import Typed
    from ownjournal.readers.models import Reader

    reader = Reader.objects.get(pk=reader_id)
    subject = Subject(1, None, "/articles/1", "An article")
    for each in range(NOTES):
        hours = number * NOTES + each  # no limit of notes is met
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
        post(reader, subject, Typed(f"Note {each} after file {number}"), now)


if __name__ == "__main__":
    main()
