"""Exports as work: asked for, made by whoever claims them, gone after a day.

Small ones are made while the reader waits. A file is there whole or not at all,
under a name that nobody can guess, and is never served by its name.
"""

import secrets
from datetime import datetime, timedelta
from tempfile import TemporaryFile

from django.conf import settings
from django.core.files import File
from django.db.models import Q
from django.utils import timezone

from ownjournal.readers.files.kept import files
from ownjournal.readers.leaving import archive
from ownjournal.readers.leaving.models import Export
from ownjournal.readers.models import Reader

FOLDER = "exports"
LASTS = timedelta(hours=24)
CLAIM = timedelta(minutes=30)
TRY_AGAIN = timedelta(hours=1)
AT_ONCE = 500  # rows that may be exported within a request


def place_of(file: str) -> str:
    """Under which name the file of an export is kept."""
    return f"{FOLDER}/{file}"


def ask(reader: Reader, now: datetime) -> Export:
    """A new export in place of the one there is; made at once where it is small.

    One that waits already is left to be made.
    """
    waiting = Export.objects.filter(reader=reader, made_at=None).first()
    if waiting is not None:
        return waiting
    forget(reader)
    export, _ = Export.objects.get_or_create(reader=reader, defaults={"asked_at": now})
    if archive.rows(reader) <= AT_ONCE:
        make(export, now)
        export.refresh_from_db()
    return export


def make_waiting(now: datetime) -> int:
    """Make one that waits, if there is any; how many were made."""
    export = Export.objects.filter(_free(now)).order_by("asked_at").first()
    return 0 if export is None else make(export, now)


def make(export: Export, now: datetime) -> int:
    """Make its file if nobody else does; 1 if it was made.

    A fault is kept in the row and raised; it is tried again in an hour.
    """
    mine = Export.objects.filter(_free(now), pk=export.pk)
    if not mine.update(claimed_until=now + CLAIM):
        return 0
    file = f"{secrets.token_hex(16)}.zip"
    try:
        size = _write(file, export.reader)
    except Exception as fault:
        Export.objects.filter(pk=export.pk).update(
            problem=f"{type(fault).__name__}: {fault}", claimed_until=now + TRY_AGAIN
        )
        raise
    done = timezone.now()
    kept = Export.objects.filter(pk=export.pk, made_at=None).update(
        made_at=done,
        expires_at=done + LASTS,
        file=file,
        size=size,
        claimed_until=None,
        problem=None,
    )
    if not kept:  # the reader is gone, or another was quicker
        files().delete(place_of(file))
    return kept


def _free(now: datetime) -> Q:
    return Q(made_at=None) & (Q(claimed_until=None) | Q(claimed_until__lt=now))


def _write(file: str, reader: Reader) -> int:
    """Its bytes; made in a file without a name, so a crash leaves nothing behind."""
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryFile(dir=settings.DATA_DIR) as out:
        archive.write(out, reader)
        size = out.tell()
        files().save(place_of(file), File(out))
    return size


def file_of(export: Export, now: datetime) -> str | None:
    """Under which name its file is kept, while it may be had."""
    if export.file is None or export.expires_at is None or export.expires_at <= now:
        return None
    place = place_of(export.file)
    return place if files().exists(place) else None


def forget(reader: Reader) -> None:
    """Delete the reader's export, the file first."""
    for export in Export.objects.filter(reader=reader):
        _delete(export)


def forget_old(now: datetime) -> None:
    """Delete exports that are a day old, and files that no row knows."""
    for export in Export.objects.filter(expires_at__lte=now):
        _delete(export)
    known = set(Export.objects.exclude(file=None).values_list("file", flat=True))
    for found in list(files().listed(FOLDER)):
        name = found.name.rpartition("/")[2]
        if name not in known and found.modified_at < now - LASTS:
            files().delete(found.name)


def _delete(export: Export) -> None:
    if export.file is not None:
        files().delete(place_of(export.file))
    export.delete()
