"""All of a reader's notes as files: in a zip of their own, and in the whole export.

README.txt                 what is in it, in the zip of notes alone
notes/*.md                 a note each, what it is above its text
notes/history/*.md         what it said before each edit
notes/pictures/*           those that the notes show
notes/articles.csl.json    the articles, for reference managers
notes/articles.ris
notes/annotations.jsonld   the notes once more, as W3C Web Annotations

The names are the same in both, so both can be brought back.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO

from django.conf import settings
from django.template.loader import render_to_string

from ownjournal.catalogue import relations
from ownjournal.catalogue.downloads import exported
from ownjournal.catalogue.titles import title_of
from ownjournal.notes.files import annotations, formed
from ownjournal.notes.models import Note
from ownjournal.notes.pictures.keeping import names_in, place_of
from ownjournal.notes.pictures.models import Picture
from ownjournal.notes.seeing import kept
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.pubmed.exports.formats import FORMATS
from ownjournal.readers.files.kept import files as kept_files
from ownjournal.readers.models import Reader

AT_ONCE = 200  # articles
Files = Iterable[tuple[str, Iterable[str | bytes]]]


def write(file: IO[bytes], reader: Reader) -> None:
    """Write the zip."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in files(reader):
            with archive.open(name, "w") as out:
                for piece in pieces:
                    out.write(piece.encode() if isinstance(piece, str) else piece)
        readme = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        archive.writestr("README.txt", render_to_string("notes/readme.txt", readme))


def files(reader: Reader) -> Files:
    """Names and contents; nothing of who has written none. For `slots.export_too`."""
    notes = list(mine(reader))
    if not notes:
        return
    pmids = sorted({note.pmid for note in notes if note.pmid is not None})
    yield from _texts(notes, _titles(pmids))
    yield from _pictures(reader, notes)
    yield "notes/articles.csl.json", FORMATS["csl-json"].write(_articles(pmids))
    yield "notes/articles.ris", FORMATS["ris"].write(_articles(pmids))
    told = annotations.collection(reader, notes)
    whole = json.dumps(told, ensure_ascii=False, indent=1)
    yield "notes/annotations.jsonld", [whole + "\n"]


def mine(reader: Reader) -> Iterable[Note]:
    """The reader's notes that are not deleted, the oldest first."""
    return kept().filter(author=reader).prefetch_related("versions")


def _texts(notes: list[Note], titles: dict[int, str]) -> Files:
    for note in notes:
        for name, content in formed.files_of(note, titles.get(note.pmid or 0)):
            yield name, [content]


def _pictures(reader: Reader, notes: list[Note]) -> Files:
    """Those of the reader's own that the notes show, or showed before an edit."""
    texts = [text for note in notes for text in (note.text, *_earlier(note))]
    wanted = {name for text in texts for name in names_in(text)}
    rows = Picture.objects.filter(reader=reader).order_by("name")
    for name in rows.values_list("name", flat=True):
        if name in wanted:
            with suppress(FileNotFoundError):
                data = kept_files().get(place_of(name))
                yield f"notes/pictures/{name}", [data]


def _earlier(note: Note) -> Iterator[str]:
    for version in note.versions.all():
        yield version.text


def _titles(pmids: list[int]) -> dict[int, str]:
    return {
        pmid: title_of(found.article)
        for start in range(0, len(pmids), AT_ONCE)
        for pmid, found in relations.get_many(pmids[start : start + AT_ONCE]).items()
    }


def _articles(pmids: list[int]) -> Iterator[Exported]:
    for start in range(0, len(pmids), AT_ONCE):
        some = pmids[start : start + AT_ONCE]
        found = relations.get_many(some)
        yield from (exported(found[pmid]) for pmid in some if pmid in found)
