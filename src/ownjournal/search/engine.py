"""Making and opening a folder of the engine's, and its errors in words of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage, rmtree

import tantivy

from ownjournal.search import columns
from ownjournal.search import folder as folders
from ownjournal.search.folder import State
from ownjournal.search.index import IndexAway, IndexUnusable

NO_ROOM = ("No space left", "os error 28", "Disk quota exceeded")
LITTLE = 1_000_000  # bytes of room; threads of the engine die without saying why
FULL = "The disk of the index in {} is full. Make room; it goes on by itself."


def create(folder: Path) -> Path:
    """An empty index in a folder of indexes, not yet live."""
    path = folder / folders.BUILDING
    rmtree(path, ignore_errors=True)
    with trouble_told(path):
        path.mkdir(parents=True)
        tantivy.Index(columns.SCHEMA, str(path))
        state = State(columns.SCHEMA_VERSION, 0, 0, 0, folders.settings_crc(path))
        folders.write_state(path, state)
    return path


def open_engine(path: Path) -> tantivy.Index:
    """The index of a folder; it sees what was committed last when it is told to."""
    index = tantivy.Index.open(str(path))
    columns.register(index)
    index.config_reader("manual")
    return index


@contextmanager
def trouble_told(path: Path) -> Iterator[None]:
    """Say IndexUnusable for whatever the engine meets in damaged files.

    On a full disk nothing is wrong with what is there: IndexAway.

    It panics over some of them, which reaches Python as a BaseException that
    cannot be imported.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        if _is_full(path, str(error)):
            raise IndexAway(FULL.format(path)) from error
        raise IndexUnusable(f"The index in {path} cannot be read: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnusable(f"The index in {path} is damaged.") from error


def _is_full(path: Path, said: str) -> bool:
    if any(words in said for words in NO_ROOM):
        return True
    try:
        return disk_usage(path.parent).free < LITTLE
    except OSError:
        return False


def total(result: tantivy.SearchResult) -> int:
    """How many there are, where they were counted."""
    count: int = result.count  # type: ignore[attr-defined]  # the stubs forget it
    return count
