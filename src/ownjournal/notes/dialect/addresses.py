"""Which addresses a link or a picture may have, and what is shown of them.

Allowed are http, https, mailto, `pmid:` and `doi:`; pictures are shown only from
/media/. Whatever else is asked for, there is no address, and the text stays text.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote, urlsplit, urlunsplit

from ownjournal.pubmed.fulltext import doi_url, record_address

MAX_ADDRESS = 2_000  # characters
MAX_HOST = 253
SHORT = re.compile(
    r"pmid: ?(?P<pmid>[1-9][0-9]{0,7})(?![0-9])"
    r"|doi: ?(?P<doi>10\.[0-9]{4,9}/[^\s\[\]\"<>]{1,400})",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_PMID = re.compile(r"[1-9][0-9]{0,7}")
_MAILBOX = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.I)
_HOST = re.compile(r"(?!\.)[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)
_MEDIA = re.compile(r"/media(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")
_FORBIDDEN = re.compile(r"[\s\\<>\"\x00-\x20\x7f\ufffd]")
_SAFE = "".join(map(chr, range(0x21, 0x7F)))  # kept as typed, `%` too


@dataclass(frozen=True)
class Address:
    """Where a link leads."""

    href: str  # of the outside world, also of a PMID
    host: str | None  # None for mailto
    foreign: bool = False  # the host is written in punycode, as it is not ASCII
    pmid: int | None = None
    doi: str | None = None


def address(typed: str) -> Address | None:
    """Where what was typed leads; None where no link may lead."""
    if not typed or len(typed) > MAX_ADDRESS or _FORBIDDEN.search(typed):
        return None
    scheme, _, rest = typed.partition(":")
    read = _READERS.get(scheme.lower())
    return read(typed, rest) if read else None


def picture_path(typed: str) -> str | None:
    """The path of a picture of our own, or None."""
    return typed if len(typed) <= MAX_ADDRESS and _MEDIA.fullmatch(typed) else None


def _pmid(_: str, rest: str) -> Address | None:
    if not _PMID.fullmatch(rest):
        return None
    href = record_address(int(rest))
    return Address(href, "pubmed.ncbi.nlm.nih.gov", pmid=int(rest))


def _doi(_: str, rest: str) -> Address | None:
    href = doi_url(rest) if _DOI.fullmatch(rest) else None
    return None if href is None else Address(href, "doi.org", doi=rest)


def _mailto(_: str, rest: str) -> Address | None:
    """Without a subject, a copy or a text, which another would have chosen."""
    mailbox = rest.partition("?")[0]
    if not _MAILBOX.fullmatch(mailbox):
        return None
    return Address(f"mailto:{quote(mailbox, safe='@!$&*+=~')}", None)


def _web(typed: str, _: str) -> Address | None:
    """Without a name and a password, which pretend to be a host."""
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        return None
    host = _ascii(parts.hostname or "")
    if host is None or not parts.netloc:
        return None
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port is not None else ""
    rest = (
        quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment)
    )
    foreign = not (parts.hostname or "").isascii() or "xn--" in host
    return Address(urlunsplit((parts.scheme, place, *rest)), host, foreign)


def _ascii(host: str) -> str | None:
    """The host as it is asked for; None for what is no host."""
    if len(host) > MAX_HOST:
        return None
    if not host.isascii():
        labels = normalize("NFKC", host).lower().replace("\u3002", ".").split(".")
        host = ".".join(map(_ascii_label, labels))
    return host if len(host) <= MAX_HOST and _HOST.fullmatch(host) else None


def _ascii_label(label: str) -> str:
    """In punycode, RFC 3492, as no page shows letters that look like others."""
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()


_READERS = {
    "http": _web,
    "https": _web,
    "mailto": _mailto,
    "pmid": _pmid,
    "doi": _doi,
}
