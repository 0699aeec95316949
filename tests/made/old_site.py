"""A small site of this version as SQL, to be migrated by every later one.

    python -m made.old_site upgrades/0.1.0.sql.gz      in the folder tests

All of it is invented. tests/upgrades/README.md says when to make one.
"""

import gzip
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from made.backups import Site


def make(target: Path) -> None:
    """Write the file; equal databases give equal files."""
    with tempfile.TemporaryDirectory() as name:
        site = Site(Path(name), None)
        site.fill()
        with closing(sqlite3.connect(site.database())) as database:
            lines = "\n".join(database.iterdump())
    target.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


def load(source: Path, place: Path) -> None:
    """Make the database of such a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(place)) as database:
        database.executescript(gzip.decompress(source.read_bytes()).decode())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
