"""Give XML as UTF-8, whatever of the accepted encodings it came in.

Accepted are UTF-8 and US-ASCII, ISO-8859-1, and UTF-16 with a byte order mark or
recognisable by its first characters. Anything else is refused: NLM has only
ever sent UTF-8, and a wrong guess would change names without a sign.
"""

import codecs
import re
from collections.abc import Iterable, Iterator

from ownjournal.pubmed.refusal import FileRefused

_DECLARED = re.compile(
    rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{0,40})["']"""
)
_BY_NAME = {
    "utf-8": None,
    "utf8": None,
    "us-ascii": None,
    "ascii": None,
    "iso-8859-1": "iso-8859-1",
    "iso_8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
}
_UTF_16 = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}


def utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same text in UTF-8 without a byte order mark.

    An XML declaration stays as it was, so who parses this must be told that it
    is UTF-8. Raises FileRefused with the code ENCODING.
    """
    blocks = iter(chunks)
    first = _beginning(blocks)
    codec = _codec(first)
    if codec is None:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from blocks
    else:
        yield from _recoded(codec, first, blocks)


def _beginning(blocks: Iterator[bytes]) -> bytes:
    """Enough bytes to see the declaration, if there are as many."""
    first = b""
    for block in blocks:
        first += block
        if len(first) >= 300:
            break
    return first


def _codec(first: bytes) -> str | None:
    """The codec to decode with; None for UTF-8."""
    if first.startswith(codecs.BOM_UTF8):
        return None
    if codec := _UTF_16.get(first[:2]):
        return codec
    declared = _DECLARED.match(first)
    name = declared.group(1).decode("ascii") if declared else "utf-8"
    if name.lower() not in _BY_NAME:
        raise FileRefused(
            "ENCODING",
            f"The file says that it is written in {name or 'no encoding'}; only UTF-8,"
            " ISO-8859-1 and UTF-16 are read.",
        )
    return _BY_NAME[name.lower()]


def _recoded(codec: str, first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        yield decoder.decode(first).encode()
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as fault:
        raise FileRefused(
            "ENCODING", f"The file is not in {codec.upper()}, as it says it is."
        ) from fault
