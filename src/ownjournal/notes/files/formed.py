"""A note as the text of a file, with its earlier texts beside it."""

from collections.abc import Iterator
from datetime import datetime

from ownjournal.notes.files import front
from ownjournal.notes.models import Note, Version


def files_of(note: Note, title: str | None) -> Iterator[tuple[str, str]]:
    """Name and content: the note, then what it said before each edit."""
    name = name_of(note)
    yield f"notes/{name}.md", front.write(_values(note, title), note.text)
    for version in note.versions.all():
        content = front.write(_of_version(version), version.text)
        yield f"notes/history/{name}.{version.number}.md", content


def name_of(note: Note) -> str:
    """Its day, its kind, what it is about, and its number, which makes it one."""
    about = note.pmid if note.pmid is not None else f"collection-{note.collection}"
    return f"{note.created_at:%Y-%m-%d}-{note.kind}-{about}-{note.pk}"


def _values(note: Note, title: str | None) -> dict[str, str | int | None]:
    return {
        "kind": note.kind,
        "article": note.pmid,
        "collection": note.collection,
        "title": title,  # for people; it is not read back
        "visibility": note.visibility,
        "licence": note.licence,
        "conflict of interest": note.conflict_of_interest,
        "written": _moment(note.created_at),
        "edited": _moment(note.edited_at),
        "edits": note.edits or None,
        "review by": note.review_on.isoformat(),
        "outdated since": _moment(note.outdated_at),
        "outdated because": note.outdated_because,
        "hidden since": _moment(note.hidden_at),  # it is not read back
        "dialect": note.dialect,
    }


def _of_version(version: Version) -> dict[str, str | int | None]:
    return {
        "version": version.number,
        "kind": version.kind,
        "replaced": _moment(version.replaced_at),
        "dialect": version.dialect,
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
