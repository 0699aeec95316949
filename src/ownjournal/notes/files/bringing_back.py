"""Bring notes back from a zip: those that are not here, all of them private.

Publishing is a deed of its own, for each note: a file cannot do it. A note is the
same as one that is here when it is about the same thing and was written at the same
moment; then the one that is here stays as it is.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.db import transaction
from msgspec import Struct

from ownjournal.notes.files import reading
from ownjournal.notes.files.front import NotRead
from ownjournal.notes.files.opening import Left, NoteFile, Opened
from ownjournal.notes.files.reading import Brought
from ownjournal.notes.models import Note, Version, Visibility
from ownjournal.notes.pictures import keeping
from ownjournal.notes.pictures.cleaning import Refused
from ownjournal.notes.pictures.keeping import ADDRESS, names_in
from ownjournal.notes.pictures.models import Picture
from ownjournal.notes.subjects import collection
from ownjournal.readers.models import Reader

MOST_PICTURES = 100  # that are made anew in one go
HERE = "It is here already, and stays as it is here."
NOT_SHARED = "Its collection is not here, or you cannot see it."


class Used(Struct, frozen=True):
    """A note that was brought back."""

    name: str  # of the file
    note: Note
    was_shared: bool


class Outcome(Struct, frozen=True):
    """What became of a zip."""

    used: tuple[Used, ...]
    left: tuple[Left, ...]
    pictures: int  # that were brought


def bring_back(reader: Reader, file: IO[bytes], now: datetime) -> Outcome:
    """Keep the notes of a zip for a reader. Raises opening.NoZip."""
    opened = Opened(file)
    found = list(_new(reader, opened, now))
    pictures = _Pictures(reader, opened, now)
    used = []
    for each, brought in found:
        text = pictures.in_place(brought.text)
        earlier = [pictures.in_place(one.text) for one in brought.earlier]
        note = _keep(reader, brought, text, earlier)
        was_shared = each.values.get("visibility", "private") != Visibility.PRIVATE
        used.append(Used(each.name, note, was_shared))
    opened.rest()
    return Outcome(tuple(used), tuple(opened.left), pictures.count)


def _new(
    reader: Reader, opened: Opened, now: datetime
) -> Iterator[tuple[NoteFile, Brought]]:
    """Those that are no notes of the reader's yet, each once."""
    facts = ("pmid", "collection", "created_at")
    here = set(Note.objects.filter(author=reader).values_list(*facts))
    for file in opened.notes():
        try:
            brought = reading.read(file, now)
            if not _may_stand(brought, reader):
                raise NotRead(NOT_SHARED)
        except NotRead as reason:
            opened.left.append(Left(file.name, str(reason)))
            continue
        key = (brought.pmid, brought.collection, brought.created_at)
        if key in here:
            opened.left.append(Left(file.name, HERE))
            continue
        if "written" in file.values:  # without it any number may be written now
            here.add(key)
        yield file, brought


def _may_stand(brought: Brought, reader: Reader) -> bool:
    return brought.collection is None or (
        collection(brought.collection, reader) is not None
    )


@transaction.atomic
def _keep(reader: Reader, brought: Brought, text: str, earlier: list[str]) -> Note:
    note = Note.objects.create(
        author=reader,
        pmid=brought.pmid,
        collection=brought.collection,
        kind=brought.kind,
        text=text,
        dialect=brought.dialect,
        visibility=Visibility.PRIVATE,
        licence=brought.licence,
        conflict_of_interest=brought.conflict,
        created_at=brought.created_at,
        edited_at=brought.edited_at,
        edits=brought.edits,
        review_on=brought.review_on,
        outdated_at=brought.outdated_at,
        outdated_because=brought.outdated_because,
    )
    Version.objects.bulk_create(
        Version(
            note=note,
            number=number,
            kind=one.kind,
            text=said,
            dialect=one.dialect,
            replaced_at=one.replaced_at,
        )
        for number, (one, said) in enumerate(zip(brought.earlier, earlier, strict=True))
    )
    return note


class _Pictures:
    """Pictures of the zip, kept here as notes come to show them."""

    def __init__(self, reader: Reader, opened: Opened, now: datetime) -> None:
        self._reader, self._opened, self._now = reader, opened, now
        self._addresses: dict[str, str] = {}  # of those whose address is another now
        self._anew = 0
        self.count = 0

    def in_place(self, text: str) -> str:
        """The text with the addresses that its pictures have here."""
        for name in names_in(text):
            if name not in self._addresses:
                self._addresses[name] = self._kept(name) or f"/media/{name}"
        return ADDRESS.sub(lambda match: self._addresses[match[1]], text)

    def _kept(self, name: str) -> str | None:
        """The address of a picture that could be kept."""
        data = self._opened.picture(name)
        if data is None:
            return None
        try:
            picture = self._take(name, data)
        except Refused as reason:
            self._opened.left.append(Left(f"notes/pictures/{name}", str(reason)))
            return None
        self.count += 1
        return keeping.address_of(picture)

    def _take(self, name: str, data: bytes) -> Picture:
        kind = name.rsplit(".", 1)[1]
        if keeping.name_of(kind, data) == name:  # made here: the hash is keyed
            return keeping.take_back(self._reader, kind, data, self._now)
        self._anew += 1
        if self._anew > MOST_PICTURES:
            raise Refused(f"More than {MOST_PICTURES} pictures are too many at a time.")
        return keeping.take(self._reader, data, self._now)
