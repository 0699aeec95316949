"""Where a note stands, as a path of this site."""

from ownjournal.notes.models import Note


def place_of(note: Note) -> str:
    """Its own page, whatever it is about."""
    return f"/notes/{note.pk}"
