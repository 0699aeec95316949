"""Keep pictures: each file once, under a hash of what is in it.

The hash is keyed with the site's secret. So nobody who has a picture can find out
whether it is here, no address can be guessed, and a file that comes back by an
import under its own name was made here and need not be made again.

A picture is there for the notes of the reader who brought it. One that none of them
shows is removed: a day after it was brought, or within an hour of the note.
"""

import io
import logging
import re
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.crypto import salted_hmac
from PIL import Image

from ownjournal.notes.models import Draft, Note, Version
from ownjournal.notes.pictures import apart
from ownjournal.notes.pictures.cleaning import Cleaned, Refused
from ownjournal.notes.pictures.models import Picture
from ownjournal.readers.files.kept import FilesAway, files
from ownjournal.readers.models import Reader

log = logging.getLogger(__name__)
NAME = r"[0-9a-f]{40}\.(?:jpg|png|webp)"
ADDRESS = re.compile(rf"/media/({NAME})")
UNUSED = timedelta(days=1)
EVERY = timedelta(hours=1)
AT_ONCE = 500  # pictures looked at, and files
QUOTA = 200 * 1024 * 1024  # bytes of one reader
FOLDER = "media"
SWEPT = f"{FOLDER}/swept"  # when it was written, files of no row were looked for
AWAY = "Pictures cannot be kept at the moment. Your text stays; try again later."
FULL = "Your pictures fill the 200 MB they may have. Delete notes with some of them."


def place_of(name: str) -> str:
    """Under which name a picture's file is kept; the name is one of `NAME`."""
    return f"{FOLDER}/{name[:2]}/{name}"


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
    """Keep what was made here, the file first.

    Raises Refused where there is no room, or where the files cannot be reached.

    A second time it is the same picture, wanted anew.
    """
    name = name_of(cleaned.kind, cleaned.data)
    facts = {"brought_at": now, "checked_at": now}
    if Picture.objects.filter(reader=reader, name=name).update(**facts):
        return Picture.objects.get(reader=reader, name=name)
    used = Picture.objects.filter(reader=reader).aggregate(all=Sum("size"))["all"]
    if (used or 0) + len(cleaned.data) > QUOTA:
        raise Refused(FULL)
    _write(name, cleaned.data, anew=True)
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
    _write(
        name, cleaned.data, anew=False
    )  # if it went with another's last row just now
    return picture


def _write(name: str, data: bytes, *, anew: bool) -> None:
    """Whole or not at all; anew, so that it counts as new, or where it is missing."""
    try:
        if anew or not files().exists(place_of(name)):
            files().put(place_of(name), data)
    except FilesAway as fault:
        log.warning("A picture was not kept: %s", fault)
        raise Refused(AWAY) from fault


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
            gone += _remove(picture, brought_at=picture.brought_at)
    return gone


def remove(picture: Picture) -> int:
    """Remove it for its reader, and the file with the last row; how many went."""
    return _remove(picture)


def _remove(picture: Picture, **as_seen: datetime) -> int:
    """The same where the row is as it was seen: not if it was brought again since."""
    gone, _ = Picture.objects.filter(pk=picture.pk, **as_seen).delete()
    if gone and not Picture.objects.filter(name=picture.name).exists():
        place = place_of(picture.name)
        # robust: what cannot be deleted now, `forget_files` deletes
        transaction.on_commit(lambda: files().delete(place), robust=True)
    return gone


def forget_files(now: datetime) -> None:
    """Once a day: remove what a crash or an outage left between file and row."""
    kept, old = files(), now - UNUSED
    if kept.exists(SWEPT) and kept.get_modified_time(SWEPT) > old:
        return
    kept.put(SWEPT, b"")
    found = [each.name for each in kept.listed(FOLDER) if each.modified_at < old]
    found = [name for name in found if name != SWEPT]
    for start in range(0, len(found), AT_ONCE):
        some = {place.rpartition("/")[2]: place for place in found[start:][:AT_ONCE]}
        rows = Picture.objects.filter(name__in=list(some))
        known = set(rows.values_list("name", flat=True))
        for name in some.keys() - known:
            kept.delete(some[name])
