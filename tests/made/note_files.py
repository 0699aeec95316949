"""Zips of notes, good and bad."""

import io
import zipfile
from collections.abc import Iterable, Mapping

from ownjournal.notes.files import archive
from ownjournal.readers.models import Reader


def zip_of(reader: Reader) -> bytes:
    """The reader's own export."""
    file = io.BytesIO()
    archive.write(file, reader)
    return file.getvalue()


def names_in_zip(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def zipped(
    files: Mapping[str, bytes | str] | Iterable[tuple[str, bytes | str]],
) -> bytes:
    """A zip of these."""
    out = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in pairs:
            made.writestr(name, content)
    return out.getvalue()


def note_file(text: str = "Fever has many causes.", **values: object) -> str:
    """A file as a person would write it; a value of None is left out."""
    lines = {"kind": "pearl", "article": 99_400_001} | values
    told = "".join(
        f"{name.replace('_', ' ')}: {value}\n"
        for name, value in lines.items()
        if value is not None
    )
    return f"---\n{told}---\n{text}"
