"""Making and opening a folder of the engine's, and its errors in words of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import tantivy

from ownjournal.search import columns
from ownjournal.search import folder as folders
from ownjournal.search.folder import State
from ownjournal.search.index import IndexUnusable


def create(folder: Path) -> Path:
    """An empty index in a folder of indexes, not yet live."""
    path = folder / folders.BUILDING
    rmtree(path, ignore_errors=True)
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

    It panics over some of them, which reaches Python as a BaseException that
    cannot be imported.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexUnusable(f"The index in {path} cannot be read: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnusable(f"The index in {path} is damaged.") from error


def total(result: tantivy.SearchResult) -> int:
    """How many there are, where they were counted."""
    count: int = result.count  # type: ignore[attr-defined]  # the stubs forget it
    return count
