"""Everything about a file that needs no database: check, read, judge, pack.

`prepare` runs in a process of its own, so that files are made ready on every
core while one process writes. What it has read waits in a spool file, a row
a line of MessagePack, so that memory does not grow with the file.
"""

import gc
import signal
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ownjournal.appraisal.judge import judge_all
from ownjournal.appraisal.model import (
    RULES_ALONE,
    Models,
    ModelUnusable,
    load_models,
)
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.appraisal.yields import Yield
from ownjournal.catalogue import packing
from ownjournal.catalogue.merging import OUT_OF_SCOPE, TAKEN_BACK, Version
from ownjournal.catalogue.scope import Scope
from ownjournal.pubmed.article import Article, Deletion, Journal
from ownjournal.pubmed.files import check, open_xml
from ownjournal.pubmed.records import Counts, Rejected, read_records
from ownjournal.pubmed.retraction_list import dois_of

ROWS_A_CHUNK = 500
RAW_KEPT = 1_000_000  # bytes of a quarantined record that are kept
NLM_ID, ISSN, HEADING_UI = 16, 9, 10  # characters that the columns of models take

_encoder = msgspec.msgpack.Encoder()
_chunk_decoder = msgspec.msgpack.Decoder(list[Version])
_LENGTH = struct.Struct("<I")


class Order(Struct, frozen=True):
    """One file to make ready, and how."""

    path: Path
    spool: Path  # written by `prepare`, removed by whoever applied it
    dictionary: bytes | None = None
    scope: Scope = Scope()
    md5: str | None = None  # the sum that NLM published, where it is known
    applied_md5: str | None = None  # of the same name, when it was last applied
    yields: Mapping[str, Yield] = {}  # of journals, see `yields`
    models: Path | None = None  # folder of trained models; they may not be there


class Prepared(Struct, frozen=True):
    """A file made ready: its rows in `spool`, in file order, and what else it said."""

    name: str
    file_key: int
    md5: str
    verified: bool
    spool: Path
    articles: int
    deletions: int
    out_of_scope: int
    duplicates: int
    skipped: frozenset[int]  # row numbers that a later row of the file replaces
    rejected: tuple[Rejected, ...]
    journals: dict[str, Journal]  # by NLM id
    headings: dict[str, str]  # MeSH UI to name
    unknown: dict[str, int]
    warnings: tuple[str, ...]


def begin() -> None:
    """Begin a process that makes files ready, without Django.

    Ctrl-C is for the process that applies them; it ends the others. And what is
    there at the start stays, so the collector need not look at it again.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()


def prepare(order: Order) -> Prepared | None:
    """Make a file ready to be applied; None when just this file was applied before.

    Raises FileRefused when the file cannot be taken whole; nothing is left
    behind then.
    """
    checked = check(order.path, md5=order.md5, unpack=False)
    if checked.md5 == order.applied_md5:
        return None
    reading = _Reading(checked.key, order)
    warnings = [*checked.warnings]
    try:
        with (
            open_xml(order.path, warnings=warnings) as file,
            order.spool.open("wb") as spool,
        ):
            for chunk in reading.chunks(file):
                data = _encoder.encode(chunk)
                spool.write(_LENGTH.pack(len(data)) + data)
    except BaseException:
        order.spool.unlink(missing_ok=True)
        raise
    return Prepared(
        name=checked.name,
        file_key=checked.key,
        md5=checked.md5,
        verified=checked.verified,
        spool=order.spool,
        articles=reading.articles,
        deletions=reading.deletions,
        out_of_scope=reading.out_of_scope,
        duplicates=len(reading.skipped),
        skipped=frozenset(reading.skipped),
        rejected=tuple(reading.rejected),
        journals=reading.journals,
        headings=reading.headings,
        unknown=dict(reading.counts.unknown),
        warnings=(*warnings, *reading.warnings()),
    )


def read_spool(path: Path) -> Iterator[list[Version]]:
    """The rows of a spool file, a chunk at a time, in file order."""
    with path.open("rb") as spool:
        while head := spool.read(_LENGTH.size):
            yield _chunk_decoder.decode(spool.read(_LENGTH.unpack(head)[0]))


def _fits(journal: Journal) -> bool:
    lengths = ((journal.nlm_id, NLM_ID), (journal.issn_linking, ISSN))
    return all(len(value or "") <= longest for value, longest in lengths)


class _Reading:
    """One pass over a file, and what it noticed on the way."""

    def __init__(self, file_key: int, order: Order) -> None:
        self.file_key = file_key
        self.scope = order.scope
        self.everything = order.scope == Scope()
        self._warnings: list[str] = []
        self.models = replace(self._trained(order.models), yields=order.yields)
        self.packer = packing.Packer(order.dictionary)
        self.counts = Counts()
        self.articles = self.deletions = self.out_of_scope = self.rows = 0
        self.skipped: set[int] = set()
        self.rejected: list[Rejected] = []
        self.journals: dict[str, Journal] = {}
        self.headings: dict[str, str] = {}
        self._row_of: dict[tuple[int, int], int] = {}

    def _trained(self, folder: Path | None) -> Models:
        if folder is None:
            return RULES_ALONE
        try:
            return load_models(folder)
        except ModelUnusable as fault:
            self._warnings.append(f"The rules judged without a model. {fault}")
            return RULES_ALONE

    def chunks(self, file: BinaryIO) -> Iterator[list[Version]]:
        """Rows in file order; a chunk is judged at once, as models are faster so."""
        chunk: list[Article | Version] = []
        for record in read_records(file, self.counts):
            row = self._row(record)
            if row is None:
                continue
            self._note_duplicate(row)
            chunk.append(row)
            if len(chunk) == ROWS_A_CHUNK:
                yield self._judged(chunk)
                chunk = []
        if chunk:
            yield self._judged(chunk)

    def _judged(self, chunk: list[Article | Version]) -> list[Version]:
        articles = [each for each in chunk if isinstance(each, Article)]
        appraisals = iter(judge_all(articles, self.models))
        return [
            self._version(each, next(appraisals)) if isinstance(each, Article) else each
            for each in chunk
        ]

    def warnings(self) -> tuple[str, ...]:
        """What was left out of records that were taken, in sentences."""
        wrong = self.counts.bad_orcids
        if not wrong:
            return tuple(self._warnings)
        told = f"The file has wrong ORCIDs, which are left out: {wrong:,}."
        return (*self._warnings, told)

    def _row(self, record: Article | Deletion | Rejected) -> Article | Version | None:
        if isinstance(record, Article):
            self.articles += 1
            return self._article_row(record)
        if isinstance(record, Deletion):
            self.deletions += 1
            return Version(record.pmid, record.version, self.file_key, TAKEN_BACK)
        self.rejected.append(
            Rejected(record.reason, record.raw[:RAW_KEPT], record.pmid)
        )
        return None

    def _article_row(self, article: Article) -> Article | Version:
        if not self.everything and not self.scope.has(article):
            self.out_of_scope += 1
            return Version(article.pmid, article.version, self.file_key, OUT_OF_SCOPE)
        self._note_names(article)
        return article

    def _version(self, article: Article, appraisal: Appraisal) -> Version:
        encoded = packing.encode(article)
        return Version(
            article.pmid,
            article.version,
            self.file_key,
            packing.content_hash(encoded, model=appraisal.model),
            appraisal.quality,
            appraisal.significance,
            self.packer.pack(packing.join(encoded, appraisal)),
            dois_of(article.identifiers),
        )

    def _note_duplicate(self, row: Article | Version) -> None:
        """The last row of a (PMID, version) in a file is the one that counts."""
        earlier = self._row_of.get((row.pmid, row.version))
        if earlier is not None:
            self.skipped.add(earlier)
        self._row_of[row.pmid, row.version] = self.rows
        self.rows += 1

    def _note_names(self, article: Article) -> None:
        """Of journals and headings, but for numbers that are longer than NLM's are:
        such an article is kept, and nothing is listed under its number.
        """
        journal = article.journal
        if journal is not None and journal.nlm_id is not None and _fits(journal):
            self.journals[journal.nlm_id] = journal
        for heading in article.mesh:
            if heading.ui is not None and len(heading.ui) <= HEADING_UI:
                self.headings[heading.ui] = heading.name
