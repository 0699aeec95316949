"""Catalogues to measure: loaded by the product's own command, in folders of ours."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.child import Cost, run
from bench.inputs import FOLDER, corpus
from made.postgres import postgres


@contextmanager
def data_folder() -> Iterator[Path]:
    """A data folder of its own, on the disk that holds the inputs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="data-") as folder:
        run(ownjournal("migrate"), environment={"DATA_DIR": folder})
        yield Path(folder)


def ingest(folder: Path, paths: list[Path], *, one_core: bool = False) -> Cost:
    """`ownjournal ingest`, to the end of indexing."""
    return run(
        [*ownjournal("ingest"), *paths],
        environment={"DATA_DIR": str(folder)},
        one_core=one_core,
    )


def ownjournal(command: str) -> list[str]:
    return [sys.executable, "-m", "ownjournal.cli.main", command]


def stored_bytes(folder: Path) -> int:
    """Bytes of everything in the data folder."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def kept_catalogue(files: int) -> Path:
    """The data folder of a catalogue with this many files, made once and kept.

    A second call loads what is missing and brings the index to its newest form,
    so that an interrupted load goes on where it was.
    """
    folder = FOLDER / f"catalogue-{files}"
    folder.mkdir(parents=True, exist_ok=True)
    run(ownjournal("migrate"), environment={"DATA_DIR": str(folder)})
    ingest(folder, corpus(files))
    return folder


@contextmanager
def store(database: str, folder: Path) -> Iterator[dict[str, str]]:
    """An empty store and index; the environment that names them."""
    shutil.rmtree(folder, ignore_errors=True)
    environment = {"DATA_DIR": str(folder)}
    if database == "SQLite":
        run(ownjournal("migrate"), environment=environment)
        yield environment
    else:
        with postgres() as url:
            environment["DATABASE_URL"] = url
            run(ownjournal("migrate"), environment=environment)
            yield environment
