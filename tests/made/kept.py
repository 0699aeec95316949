"""Where kept files lie on this machine's disk."""

from pathlib import Path

from ownjournal.notes.pictures.keeping import place_of
from ownjournal.readers.files.kept import files


def on_disk(place: str) -> Path:
    """The path of a kept file of the data folder."""
    return Path(files().path(place))


def picture_on_disk(name: str) -> Path:
    return on_disk(place_of(name))
