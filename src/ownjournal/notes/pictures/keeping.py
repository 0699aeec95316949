"""Keep pictures: each file once, under a hash of what is in it.

The hash is keyed with the site's secret. So nobody who has a picture can find out
whether it is here, no address can be guessed, and a file that comes back by an
import under its own name was made here and need not be made again.

A picture is there for the notes of the reader who brought it. One that none of them
shows is removed: a day after it was brought, or within an hour of the note.
"""

import io
import os
import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.crypto import salted_hmac
from PIL import Image

from ownjournal.notes.models import Draft, Note, Version
from ownjournal.notes.pictures import apart
from ownjournal.notes.pictures.cleaning import Cleaned, Refused
from ownjournal.notes.pictures.models import Picture
from ownjournal.readers.models import Reader

NAME = r"[0-9a-f]{40}\.(?:jpg|png|webp)"
ADDRESS = re.compile(rf"/media/({NAME})")
UNUSED = timedelta(days=1)
EVERY = timedelta(hours=1)
AT_ONCE = 500  # pictures looked at, and files
QUOTA = 200 * 1024 * 1024  # bytes of one reader
FULL = "Your pictures fill the 200 MB they may have. Delete notes with some of them."


def folder() -> Path:
    return Path(settings.DATA_DIR) / "media"


def path_of(name: str) -> Path:
    """Where a file of that name lies; the name is one of `NAME`."""
    return folder() / name[:2] / name


def name_of(kind: str, data: bytes) -> str:
    hashed = salted_hmac("picture", data, algorithm="sha256").hexdigest()
    return f"{hashed[:40]}.{kind}"


def take(
    reader: Reader, data: bytes, now: datetime, *, copied_from: str | None = None
) -> Picture:
    """Keep the picture in a file for a reader's notes. Raises Refused."""
    return keep(reader, apart.clean(data), now, copied_from=copied_from)


def take_back(reader: Reader, kind: str, data: bytes, now: datetime) -> Picture:
    """Keep a file that was made here, as its own name proves. Raises Refused."""
    with Image.open(io.BytesIO(data)) as image:
        return keep(reader, Cleaned(kind, *image.size, data), now)


def keep(
    reader: Reader, cleaned: Cleaned, now: datetime, *, copied_from: str | None = None
) -> Picture:
    """Keep what was made here, the file first. Raises Refused where there is no room.

    A second time it is the same picture, wanted anew.
    """
    name = name_of(cleaned.kind, cleaned.data)
    facts = {"brought_at": now, "checked_at": now}
    if Picture.objects.filter(reader=reader, name=name).update(**facts):
        return Picture.objects.get(reader=reader, name=name)
    used = Picture.objects.filter(reader=reader).aggregate(all=Sum("size"))["all"]
    if (used or 0) + len(cleaned.data) > QUOTA:
        raise Refused(FULL)
    _write(path_of(name), cleaned.data)
    picture, _ = Picture.objects.get_or_create(
        reader=reader,
        name=name,
        defaults={
            **facts,
            "size": len(cleaned.data),
            "width": cleaned.width,
            "height": cleaned.height,
            "copied_from": copied_from,
        },
    )
    _write(path_of(name), cleaned.data)  # if it went with another's last row just now
    return picture


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; one that is there counts as new again."""
    if path.is_file():
        os.utime(path)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{secrets.token_hex(8)}.part")
    with part.open("xb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def address_of(picture: Picture) -> str:
    """What a note writes."""
    return f"/media/{picture.name}"


def names_in(text: str) -> list[str]:
    """Names of the pictures that a note's text may show, each once."""
    return list(dict.fromkeys(ADDRESS.findall(text)))


def is_wanted(picture: Picture) -> bool:
    """Whether a note or draft of its reader shows it, or did before an edit."""
    notes = Note.objects.filter(author=picture.reader, text__contains=picture.name)
    versions = Version.objects.filter(
        note__author=picture.reader, text__contains=picture.name
    )
    drafts = Draft.objects.filter(reader=picture.reader, text__contains=picture.name)
    return any(rows.exists() for rows in (notes, versions, drafts))


def forget_unused(now: datetime) -> int:
    """Remove pictures that no note shows, and files of no row; how many rows went."""
    due = Picture.objects.filter(checked_at__lt=now - EVERY).select_related("reader")
    gone = 0
    for picture in due.order_by("checked_at")[:AT_ONCE]:
        if picture.brought_at > now - UNUSED or is_wanted(picture):
            Picture.objects.filter(pk=picture.pk).update(checked_at=now)
        else:
            gone += remove(picture)
    return gone


def remove(picture: Picture) -> int:
    """Remove it for its reader, and the file with the last row; how many went."""
    gone, _ = Picture.objects.filter(pk=picture.pk).delete()
    if not Picture.objects.filter(name=picture.name).exists():
        path = path_of(picture.name)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return gone


def forget_files(now: datetime) -> None:
    """Once a day: remove what a crash left between file and row."""
    swept = folder() / "swept"
    old = (now - UNUSED).timestamp()
    if not folder().is_dir() or (swept.exists() and swept.stat().st_mtime > old):
        return
    swept.touch()
    paths = [path for path in folder().glob("*/*") if path.stat().st_mtime < old]
    for start in range(0, len(paths), AT_ONCE):
        some = paths[start : start + AT_ONCE]
        rows = Picture.objects.filter(name__in=[path.name for path in some])
        known = set(rows.values_list("name", flat=True))
        for path in some:
            if path.name not in known:
                path.unlink(missing_ok=True)
