"""Read PubMed XML: baseline files, update files and answers of E-utilities.

`read_records` turns an open file into a stream of articles, deletions and
rejected records, in file order. One block of a file is in memory at a time, so a
file of 30,000 records needs no more than one of ten.

A file is taken whole or not at all: FileRefused can come after records have been
given, and who has taken them must then drop them.

Nothing here touches the network. A DOCTYPE is allowed, as every real file has
one, but no DTD is loaded, and a file that declares entities is refused.

Form: https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd
Odd records: tests/pubmed/data/, one a file.
"""

from collections.abc import Iterator
from typing import BinaryIO

from ownjournal.pubmed import lxml_reader, pattern_reader
from ownjournal.pubmed.article import Article, Deletion
from ownjournal.pubmed.cutting import DELETIONS, Piece, Root, cut
from ownjournal.pubmed.outcome import Counts, NotKept, Rejected

__all__ = ["Counts", "Rejected", "read_records"]

Outcome = Article | Deletion | Rejected


def read_records(file: BinaryIO, counts: Counts | None = None) -> Iterator[Outcome]:
    """Everything a file of XML holds, in its order; `counts` is added to.

    Raises FileRefused, at the first fault, for a file that is not well-formed,
    declares entities, is in an unknown encoding, holds no record, or passes a
    limit.
    """
    counts = Counts() if counts is None else counts
    for root, piece in cut(file, counts):
        if piece.name in DELETIONS:
            yield from _deletions(root, piece, counts)
        else:
            yield _record(root, piece, counts)


def _record(root: Root, piece: Piece, counts: Counts) -> Article | Rejected:
    counts.seen += 1
    try:
        article = _read(root, piece, counts)
    except NotKept as fault:
        counts.rejected += 1
        return Rejected(fault.reason, piece.raw, fault.pmid)
    if article.book:
        counts.books += 1
    else:
        counts.articles += 1
    return article


def _read(root: Root, piece: Piece, counts: Counts) -> Article:
    if piece.name == b"PubmedArticle" and not (piece.odd or b"=" in root.start):
        article = pattern_reader.read(piece.raw)
        if article is not None:
            return article
    return lxml_reader.read(lxml_reader.parse(root, piece), counts)


def _deletions(
    root: Root, piece: Piece, counts: Counts
) -> Iterator[Deletion | Rejected]:
    for outcome in lxml_reader.deletions(lxml_reader.parse(root, piece), counts):
        counts.seen += 1
        if isinstance(outcome, Deletion):
            counts.deletions += 1
        else:
            counts.rejected += 1
        yield outcome
