"""Index the same articles with our index and with SQLite FTS5.

    python -m bench.indexed FOLDER

Takes the articles of the catalogue that the environment names. Prints JSON: for
each its CPU seconds, merging and the last commit included, and its bytes.
Making the documents counts for neither. FTS5 gets the same texts, as whole words
with their places; facts are a table of their own, without places, as with us.
"""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import django

from ownjournal.search.document import Document, document
from ownjournal.search.embedded import EmbeddedIndex

AT_ONCE = 5_000  # articles made ready while the clock stands still


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    folder = Path(sys.argv[1])
    measured = {}
    for name, build in (("ours", ours), ("FTS5", fts5)):
        place = folder / name
        place.mkdir()
        articles, seconds = build(place)
        size = sum(each.stat().st_size for each in place.rglob("*") if each.is_file())
        measured[name] = {"articles": articles, "cpu_seconds": seconds, "bytes": size}
    print(json.dumps(measured))


def documents() -> Iterator[Document]:
    """Every live article, as an index takes it in."""
    from ownjournal.catalogue import store

    for _, revision, content in store.changes(0, store.revision()):
        if content is not None:
            yield document(content.article, content.appraisal, revision)


def batches() -> Iterator[list[Document]]:
    """The documents, some at a time."""
    every = documents()
    while some := list(islice(every, AT_ONCE)):
        yield some


def ours(place: Path) -> tuple[int, float]:
    """With one thread beside ours that inverts and merges."""
    articles, seconds = 0, 0.0
    index = EmbeddedIndex.open(place)
    with index.writing() as writer:
        for some in batches():
            started = time.process_time()
            for each in some:
                writer.put(each)
            seconds += time.process_time() - started
            articles += len(some)
        started = time.process_time()
        writer.commit(1)
    return articles, seconds + time.process_time() - started


def fts5(place: Path) -> tuple[int, float]:
    """Durable in the same way: one transaction, on the disk at its end."""
    articles, seconds = 0, 0.0
    database = sqlite3.connect(place / "index.sqlite3")
    database.executescript(
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE VIRTUAL TABLE texts USING fts5(
            title, text, names, addresses, keywords, vernacular, interests,
            content='', tokenize="unicode61 remove_diacritics 2");
        CREATE VIRTUAL TABLE facts USING fts5(
            codes, content='', detail=none, tokenize="ascii tokenchars ':_/=.-'");
        CREATE TABLE places (pmid INTEGER PRIMARY KEY, sorted_on INTEGER);
        """
    )
    for some in batches():
        started = time.process_time()
        _insert(database, some)
        seconds += time.process_time() - started
        articles += len(some)
    started = time.process_time()
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return articles, seconds + time.process_time() - started


def _insert(database: sqlite3.Connection, some: list[Document]) -> None:
    database.executemany(
        "INSERT INTO texts (rowid, title, text, names, addresses, keywords,"
        " vernacular, interests) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((each.pmid, *map("\n".join, _texts(each))) for each in some),
    )
    database.executemany(
        "INSERT INTO facts (rowid, codes) VALUES (?, ?)",
        ((each.pmid, " ".join(each.codes)) for each in some),
    )
    database.executemany(
        "INSERT INTO places VALUES (?, ?)", ((each.pmid, _day(each)) for each in some)
    )


def _texts(each: Document) -> tuple[tuple[str, ...], ...]:
    return (
        *(each.title, each.texts, each.names, each.addresses),
        *(each.keywords, each.vernacular, each.interests),
    )


def _day(each: Document) -> int | None:
    return each.sorted_on.toordinal() if each.sorted_on is not None else None


if __name__ == "__main__":
    main()
