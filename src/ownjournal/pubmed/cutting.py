"""Cut a PubMed file into the bytes of its records, in constant memory.

`cut` finds where records begin and end without parsing them, has libxml2 look at
every byte up to there, and only then hands the records on. A record that holds
a comment, CDATA, a processing instruction or anything else that could mislead a
search for its end tag is cut by counting tags, and marked as `odd`.

libxml2 may still wait for the end of something, as of a quote that is never
closed. So who reads a piece must take nothing for granted: what is no record in
itself is refused by lxml, which parses it, and by strict patterns, which do not
match.

Roots: a set of articles or books, or one record alone.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from msgspec import Struct

from ownjournal.pubmed.encodings import utf8
from ownjournal.pubmed.outcome import Counts
from ownjournal.pubmed.refusal import FileRefused
from ownjournal.pubmed.wellformed import Check

BLOCK = 1 << 20  # bytes read at a time
MAX_RECORD = 32 << 20  # bytes; the largest known record has 5
MAX_RECORDS = 200_000  # in one file; NLM's have 30,000

SETS = frozenset(
    {b"PubmedArticleSet", b"PubmedBookArticleSet", b"BookDocumentSet"}
    | {b"MedlineCitationSet"}
)
RECORDS = frozenset(
    {b"PubmedArticle", b"PubmedBookArticle", b"BookDocument", b"MedlineCitation"}
)
DELETIONS = frozenset({b"DeleteCitation", b"DeleteDocument"})

# groups are not repeated possessively: Python before 3.11.5 matches that wrongly
_ATTRIBUTES = rb"""[^>"'<]*(?:(?:"[^"<]*"|'[^'<]*')[^>"'<]*)*"""
_DOCTYPE = rb"""<!DOCTYPE[^>"'\[]*(?:(?:"[^"]*"|'[^']*')[^>"'\[]*)*"""
_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->|" + _DOCTYPE + rb">)*", re.DOTALL)
_SUBSET = re.compile(_DOCTYPE + rb"\[")
_WEB_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][^\s/>]*)" + _ATTRIBUTES + rb">")
_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|</(?P<end>[^\s>]+)\s*>"
    rb"|<(?P<start>[^!?/\s>]+)" + _ATTRIBUTES + rb">",
    re.DOTALL,
)
_START = re.compile(rb"\s*<(" + rb"|".join(RECORDS | DELETIONS) + rb")>")


class Piece(Struct, frozen=True):
    """The XML of one record."""

    name: bytes  # of its element
    raw: bytes
    odd: bool  # whether it may hold comments, CDATA and the like
    offset: int  # of its first byte, in UTF-8


class Root(Struct, frozen=True):
    """What stands around the records: `start` is b"" for a record alone."""

    name: bytes
    start: bytes


def cut(file: BinaryIO, counts: Counts) -> Iterator[tuple[Root, Piece]]:
    """The records of a file, each as soon as libxml2 has accepted it.

    Raises FileRefused at the first fault; who has taken records before it must
    drop them. Elements that are no records are counted as unknown.
    """
    blocks = _Blocks(file)
    check = Check()
    root, buffer, offset = _root(blocks, check)
    records = 0
    while True:
        pieces, end = _cut(buffer, root, offset, counts)
        check.feed(buffer[:end])
        records += len(pieces)
        if records > MAX_RECORDS:
            raise FileRefused(
                "RECORDS", f"There are more than {MAX_RECORDS:,} records."
            )
        for piece in pieces:
            yield root, piece
        buffer, offset = buffer[end:], offset + end
        more = blocks.more(len(buffer))
        if not more:
            break
        buffer += more
    check.feed(buffer)
    check.close()
    if not records:
        raise FileRefused("EMPTY", "There is no record in the file.")


class _Blocks:
    """The file in blocks of UTF-8, as large as what still waits for its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = BLOCK
        self._blocks = utf8(self._read())

    def _read(self) -> Iterator[bytes]:
        while block := self._file.read(self._size):
            yield block

    def more(self, waiting: int) -> bytes:
        """The next block, b"" at the end.

        It grows with what waits, so that searching a long record again and
        again takes no more than twice the time of searching it once. But it
        never holds much more than the longest record, for the sake of memory.
        """
        if waiting > MAX_RECORD:
            raise FileRefused(
                "RECORD_SIZE", f"A record is longer than {MAX_RECORD:,} bytes."
            )
        self._size = max(BLOCK, min(waiting, MAX_RECORD - waiting))
        return next(self._blocks, b"")


def _root(blocks: _Blocks, check: Check) -> tuple[Root, bytes, int]:
    """The root, the bytes that follow what was checked, and their offset."""
    buffer = b""
    while more := blocks.more(len(buffer)):
        buffer += more
        prolog = _PROLOG.match(buffer)
        begins = prolog.end() if prolog else 0
        if root := _ROOT.match(buffer, begins):
            return _known_root(root, check, buffer)
        if _SUBSET.match(buffer, begins):
            raise FileRefused("ENTITY", "The DOCTYPE declares something of its own.")
        if len(buffer) > BLOCK:
            break
    if not buffer.strip():
        _refuse_blank(blocks)
    _refuse_web_page(buffer)
    check.feed(buffer)
    check.close()
    raise FileRefused("XML", "The file does not begin like XML.")


def _refuse_blank(blocks: _Blocks) -> NoReturn:
    """Refuse a file of which only white space was seen, after a look at its rest.

    So a bomb of white space is told as one, by the file that unpacks it.
    """
    while more := blocks.more(0):
        if more.strip():
            raise FileRefused("XML", "The file does not begin like XML.")
    raise FileRefused("EMPTY", "There is nothing in the file.")


def _known_root(
    found: re.Match[bytes], check: Check, buffer: bytes
) -> tuple[Root, bytes, int]:
    name, alone = found[1], found[1] in RECORDS
    if not alone and name not in SETS:
        _refuse_web_page(buffer)
        shown = name.decode(errors="replace")
        raise FileRefused("XML", f"This is no PubMed file: its root is {shown}.")
    offset = found.start() if alone else found.end()
    check.feed(buffer[:offset])
    return Root(name, b"" if alone else found[0]), buffer[offset:], offset


def _refuse_web_page(buffer: bytes) -> None:
    prolog = re.match(rb"\s*(?:<\?xml.*?\?>)?", buffer, re.DOTALL)
    if _WEB_PAGE.match(buffer, prolog.end() if prolog else 0):
        raise FileRefused("XML", "This looks like a web page, not a PubMed file.")


def _cut(
    buffer: bytes, root: Root, offset: int, counts: Counts
) -> tuple[list[Piece], int]:
    """The complete records at the beginning of a buffer, and where they end."""
    if _opens(buffer, b"!") or _opens(buffer, b"?"):
        return _cut_by_tags(buffer, 0, root, offset, counts)
    pieces: list[Piece] = []
    at = 0
    while start := _START.match(buffer, at):
        end_tag = b"</" + start[1] + b">"
        end = buffer.find(end_tag, start.end())
        if end < 0:
            return pieces, at
        begin, at = start.start(1) - 1, end + len(end_tag)
        pieces.append(Piece(start[1], buffer[begin:at], False, offset + begin))
    more, at = _cut_by_tags(buffer, at, root, offset, counts)
    return pieces + more, at


def _opens(buffer: bytes, sign: bytes) -> bool:
    """Whether a "<" stands before this sign somewhere.

    Looking for the one sign, which is rare in text, takes a tenth of the time
    that looking for both takes.
    """
    at = buffer.find(sign)
    while at >= 0:
        if buffer[at - 1 : at] == b"<":
            return True
        at = buffer.find(sign, at + 1)
    return False


def _cut_by_tags(
    buffer: bytes, at: int, root: Root, offset: int, counts: Counts
) -> tuple[list[Piece], int]:
    """Like `_cut` from `at` on, by counting the tags that open and close."""
    pieces: list[Piece] = []
    depth, begin, position, name = 0, at, at, b""
    while (position := buffer.find(b"<", position)) >= 0:
        token = _TOKEN.match(buffer, position)
        if token is None:
            break
        position = token.end()
        if token["start"]:
            if depth == 0:
                name, begin = token["start"], token.start()
            depth += not token[0].endswith(b"/>")
        elif token["end"]:
            depth -= 1
        else:
            continue
        if depth < 0:
            break
        if depth == 0:
            at = position
            if name in RECORDS or name in DELETIONS:
                pieces.append(Piece(name, buffer[begin:at], True, offset + begin))
            else:
                unknown = f"{root.name.decode()}/{name.decode(errors='replace')}"
                counts.met_unknown(unknown)
    return pieces, at
