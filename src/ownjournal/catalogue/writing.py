"""Put one prepared file into the database: all of it, or nothing.

One file is one transaction and one revision. Reading, judging and packing came
before (see `preparing`), so the lock is held for the writing alone. The row in
the registry of files comes last; a file without it was never applied.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F
from msgspec.structs import replace

from ownjournal.catalogue.listings import Listings
from ownjournal.catalogue.merging import (
    OUT_OF_SCOPE,
    UNNUMBERED,
    Version,
    merge,
    wins,
)
from ownjournal.catalogue.models import (
    AppliedFile,
    Clock,
    OtherVersion,
    Quarantined,
    RefusedFile,
)
from ownjournal.catalogue.preparing import Prepared, read_spool

TAKE_REVISION = """
    INSERT INTO catalogue_clock (id, revision, live_articles) VALUES (1, 1, 0)
    ON CONFLICT (id) DO UPDATE SET revision = catalogue_clock.revision + 1
    RETURNING revision
"""
UPSERT_ARTICLE = """
    INSERT INTO catalogue_article (pmid, version, file_key, content_hash, live,
        revision, first_revision, quality, significance, record)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (pmid) DO UPDATE SET
        version = excluded.version,
        file_key = excluded.file_key,
        content_hash = excluded.content_hash,
        live = excluded.live,
        revision = excluded.revision,
        first_revision = CASE WHEN catalogue_article.record IS NULL
            OR catalogue_article.first_revision = 0
            THEN excluded.first_revision ELSE catalogue_article.first_revision END,
        quality = COALESCE(excluded.quality, catalogue_article.quality),
        significance = COALESCE(excluded.significance, catalogue_article.significance),
        record = COALESCE(excluded.record, catalogue_article.record)
"""
STAMP_ARTICLE = "UPDATE catalogue_article SET file_key = %s WHERE pmid = %s"
JUDGED_ANEW = """
    UPDATE catalogue_article SET quality = %s, significance = %s, record = %s,
        revision = %s
    WHERE pmid = %s AND version = %s
"""
OTHER_JUDGED_ANEW = """
    UPDATE catalogue_otherversion SET quality = %s, significance = %s, record = %s
    WHERE pmid = %s AND version = %s
"""
UPSERT_OTHER = """
    INSERT INTO catalogue_otherversion (pmid, version, file_key, content_hash, live,
        quality, significance, record)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (pmid, version) DO UPDATE SET
        file_key = excluded.file_key,
        content_hash = excluded.content_hash,
        live = excluded.live,
        quality = excluded.quality,
        significance = excluded.significance,
        record = excluded.record
"""
UPSERT_JOURNAL = """
    INSERT INTO catalogue_journal (nlm_id, title, abbreviation, issn_linking, country,
        file_key)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (nlm_id) DO UPDATE SET
        title = excluded.title,
        abbreviation = excluded.abbreviation,
        issn_linking = excluded.issn_linking,
        country = excluded.country,
        file_key = excluded.file_key
    WHERE excluded.file_key > catalogue_journal.file_key
       OR (excluded.file_key = catalogue_journal.file_key
           AND COALESCE(excluded.title, '') >= COALESCE(catalogue_journal.title, ''))
"""
UPSERT_HEADING = """
    INSERT INTO catalogue_heading (ui, name, file_key) VALUES (%s, %s, %s)
    ON CONFLICT (ui) DO UPDATE SET name = excluded.name, file_key = excluded.file_key
    WHERE excluded.file_key > catalogue_heading.file_key
       OR (excluded.file_key = catalogue_heading.file_key
           AND excluded.name >= catalogue_heading.name)
"""
SELECT_STORED = """
    SELECT pmid, version, file_key, content_hash FROM catalogue_article
    WHERE pmid IN ({marks})
"""
SELECT_VERSIONED = "SELECT DISTINCT pmid FROM catalogue_otherversion"
SELECT_SHOWN = """
    SELECT pmid, version, file_key, content_hash, quality, significance, record
    FROM catalogue_article WHERE pmid = %s
"""
SELECT_OTHERS = """
    SELECT pmid, version, file_key, content_hash, quality, significance, record
    FROM catalogue_otherversion WHERE pmid = %s
"""


class Stored(NamedTuple):
    """The shown version of a PMID, without its record."""

    pmid: int
    version: int
    file_key: int
    content_hash: int

    @property
    def live(self) -> bool:
        return self.content_hash < OUT_OF_SCOPE


@contextmanager
def change() -> "Iterator[Writing]":
    """One transaction and one revision, for all that is put inside.

    The clock's row is taken first and held until commit, so whoever sees this
    revision sees every one before it.
    """
    with transaction.atomic(), closing(connection.cursor()) as cursor:
        cursor.execute(TAKE_REVISION)
        writing = Writing(cursor, int(cursor.fetchone()[0]))
        yield writing
        Clock.objects.filter(pk=1).update(
            live_articles=F("live_articles") + writing.more_live
        )


class AlreadyApplied(Exception):
    """Just this file was applied before, by another process perhaps a moment ago."""


def apply_prepared(
    prepared: Prepared, *, now: datetime, again: bool = False
) -> AppliedFile:
    """Write a prepared file, and say in the registry what it changed.

    Raises AlreadyApplied where the file of that name that was applied last has the
    same content, unless it is to be applied again.
    """
    with change() as writing:
        if not again and _applied_md5(prepared.name) == prepared.md5:
            raise AlreadyApplied
        row = 0
        for chunk in read_spool(prepared.spool):
            numbered = enumerate(chunk, row)
            skipped = prepared.skipped
            writing.put([each for number, each in numbered if number not in skipped])
            row += len(chunk)
        _put_names(writing.cursor, prepared)
        return _register(prepared, writing, now)


def _applied_md5(name: str) -> str | None:
    """Asked with the clock's row locked, so nobody else is applying it."""
    last = AppliedFile.objects.filter(name=name).order_by("-revision").first()
    return None if last is None else last.md5


def _register(prepared: Prepared, writing: "Writing", now: datetime) -> AppliedFile:
    applied = AppliedFile.objects.create(
        name=prepared.name,
        file_key=prepared.file_key,
        md5=prepared.md5,
        verified=prepared.verified,
        revision=writing.revision,
        applied_at=now,
        articles=prepared.articles,
        deletions=prepared.deletions,
        changed=writing.changed,
        rejected=len(prepared.rejected),
        out_of_scope=prepared.out_of_scope,
        unknown=prepared.unknown,
    )
    Quarantined.objects.bulk_create(
        Quarantined(file=applied, pmid=each.pmid, reason=each.reason, raw=each.raw)
        for each in prepared.rejected
    )
    RefusedFile.objects.filter(name=prepared.name).delete()
    return applied


def _put_names(cursor: CursorWrapper, prepared: Prepared) -> None:
    key = prepared.file_key
    cursor.executemany(
        UPSERT_JOURNAL,
        [
            (
                nlm_id,
                each.title,
                each.abbreviation,
                each.issn_linking,
                each.country,
                key,
            )
            for nlm_id, each in sorted(prepared.journals.items())
        ],
    )
    cursor.executemany(
        UPSERT_HEADING,
        [(ui, name, key) for ui, name in sorted(prepared.headings.items())],
    )


class Writing:
    """A change under way: what is put here is stamped with its revision."""

    def __init__(self, cursor: CursorWrapper, revision: int) -> None:
        self.cursor = cursor
        self.revision = revision
        self.changed = 0
        self.more_live = 0
        cursor.execute(SELECT_VERSIONED)
        self._versioned = {int(pmid) for (pmid,) in cursor.fetchall()}
        self._listings = Listings()

    def put(self, judged: Sequence[Version]) -> None:
        """Write rows that are in file order; most are the only version of a PMID."""
        chunk = self._listings.added(judged)
        stored = self._stored({each.pmid for each in chunk})
        of_pmid: dict[int, list[Version]] = defaultdict(list)
        for each in chunk:
            of_pmid[each.pmid].append(each)
        plain: list[Version] = []
        stamps: list[tuple[int, int]] = []
        for pmid, rows in of_pmid.items():
            old = stored.get(pmid)
            new = rows[0]
            if len(rows) > 1 or pmid in self._versioned:
                self._put_versions(pmid, rows)
            elif old is None:
                if new.content_hash != OUT_OF_SCOPE:
                    plain.append(new)
                    self.more_live += new.live
            elif old.version != new.version:
                self._put_versions(pmid, rows)
            elif wins(new, old):
                if new.content_hash == old.content_hash and not _arrives(new, old):
                    stamps.append((new.file_key, pmid))
                else:
                    plain.append(new)
                    self.more_live += new.live - old.live
        self._upsert(plain)
        if stamps:
            self.cursor.executemany(STAMP_ARTICLE, stamps)

    def judge_anew(self, rows: Sequence[Version], *, shown: bool = True) -> None:
        """Give stored rows the appraisal that these have; their text is the same."""
        stamp = [self.revision] if shown else []
        self.changed += len(rows) if shown else 0
        self.cursor.executemany(
            JUDGED_ANEW if shown else OTHER_JUDGED_ANEW,
            [
                (row.quality, row.significance, row.record, *stamp)
                + (row.pmid, row.version)
                for row in rows
            ],
        )

    def _stored(self, pmids: Iterable[int]) -> dict[int, Stored]:
        wanted = sorted(pmids)
        if not wanted:  # PostgreSQL takes no empty list
            return {}
        marks = ", ".join(["%s"] * len(wanted))
        self.cursor.execute(SELECT_STORED.format(marks=marks), wanted)
        return {row[0]: Stored(*row) for row in self.cursor.fetchall()}

    def _upsert(self, rows: Sequence[Version]) -> None:
        self.changed += len(rows)
        if rows:
            self.cursor.executemany(UPSERT_ARTICLE, [self._values(row) for row in rows])

    def _values(self, row: Version) -> tuple[Any, ...]:
        return (
            row.pmid,
            row.version,
            row.file_key,
            row.content_hash,
            row.live,
            self.revision,
            self.revision,
            row.quality,
            row.significance,
            row.record,
        )

    def _put_versions(self, pmid: int, incoming: Sequence[Version]) -> None:
        """The rare PMID of several versions: read all, merge, write what changed."""
        shown, others = self._all_versions(pmid)
        stored = [*([shown] if shown else []), *others]
        if not stored:
            incoming = [row for row in incoming if row.content_hash != OUT_OF_SCOPE]
        merged = merge(stored, [replace(row, dois=()) for row in incoming])
        if not merged or merged == stored:
            return
        self._versioned.add(pmid)
        first, rest = merged[0], merged[1:]
        self.more_live += first.live - (shown is not None and shown.live)
        if shown is not None and _same(first, shown):
            self.cursor.execute(STAMP_ARTICLE, (first.file_key, pmid))
        else:
            self._upsert([first])
        OtherVersion.objects.filter(pmid=pmid, version=first.version).delete()
        self.cursor.executemany(UPSERT_OTHER, [_other_values(row) for row in rest])

    def _all_versions(self, pmid: int) -> tuple[Version | None, list[Version]]:
        self.cursor.execute(SELECT_SHOWN, [pmid])
        shown = [_version(row) for row in self.cursor.fetchall()]
        self.cursor.execute(SELECT_OTHERS, [pmid])
        return (shown[0] if shown else None), [
            _version(row) for row in self.cursor.fetchall()
        ]


def _arrives(new: Version, old: Stored) -> bool:
    """Whether NLM's own files bring what came by another way: it is news only now."""
    return old.file_key == UNNUMBERED < new.file_key


def _same(one: Version, other: Version) -> bool:
    return (one.version, one.content_hash) == (other.version, other.content_hash)


def _version(row: Sequence[Any]) -> Version:
    """A row as read; PostgreSQL gives a record as a memoryview."""
    pmid, version, file_key, content_hash, quality, significance, record = row
    return Version(
        pmid,
        version,
        file_key,
        content_hash,
        quality,
        significance,
        None if record is None else bytes(record),
    )


def _other_values(row: Version) -> tuple[Any, ...]:
    return (
        row.pmid,
        row.version,
        row.file_key,
        row.content_hash,
        row.live,
        row.quality,
        row.significance,
        row.record,
    )
