"""Which addresses a link or a picture may have, and what is shown of them.

Allowed are http, https, mailto, `pmid:` and `doi:`; pictures are shown only from
/media/. Whatever else is asked for, there is no address, and the text stays text.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote

from ownjournal.pubmed.fulltext import doi_url, record_address

MAX_ADDRESS = 2_000  # characters
MAX_HOST = 253
MAX_PORT = 65_535
_ASCII = re.ASCII | re.IGNORECASE

SHORT = re.compile(  # of a PMID or a DOI within a text
    r"pmid: ?[1-9][0-9]{0,7}(?![0-9])"
    r"|doi: ?10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\[\]\"<>]{1,400}",
    re.IGNORECASE,
)
_PMID = re.compile(r"[1-9][0-9]{0,7}")
_MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", _ASCII)
_WEB = re.compile(
    r"(?P<scheme>https?)://"
    r"(?:[^/?#@\\]*@)?"  # a name and a password, which pretend to be a host
    r"(?P<host>[^/?#@:\[\]\\]+|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[0-9]{0,5}))?"
    r"(?P<rest>[/?#][^\\<>\"]*)?",
    _ASCII,
)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]")
_MEDIA = re.compile(r"/media(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f\ufffd]")
_AS_TYPED = "".join(map(chr, range(0x21, 0x7F)))  # `%` too


@dataclass(frozen=True)
class Address:
    """Where a link leads."""

    href: str  # of the outside world, also of a PMID
    host: str | None  # None for an e-mail address
    foreign: bool = False  # the host is written in punycode, as it is not ASCII
    pmid: int | None = None
    doi: str | None = None

    @property
    def picture(self) -> bool:
        """Whether a picture can be there, as far as one can see."""
        return self.host is not None and self.pmid is None and self.doi is None


def address(typed: str) -> Address | None:
    """Where what was typed leads; None where no link may lead."""
    if len(typed) > MAX_ADDRESS or _UNREADABLE.search(typed):
        return None
    scheme, _, rest = typed.partition(":")
    match scheme.lower():
        case "http" | "https":
            return _web(typed)
        case "mailto":
            return _mailto(rest)
        case "pmid":
            return _pmid(rest)
        case "doi":
            return _doi(rest)
    return None


def picture_path(typed: str) -> str | None:
    """The path of a picture of our own, or None."""
    return typed if len(typed) <= MAX_ADDRESS and _MEDIA.fullmatch(typed) else None


def _pmid(digits: str) -> Address | None:
    if not _PMID.fullmatch(digits):
        return None
    pmid = int(digits)
    return Address(record_address(pmid), "pubmed.ncbi.nlm.nih.gov", pmid=pmid)


def _doi(doi: str) -> Address | None:
    href = doi_url(doi)
    return None if href is None else Address(href, "doi.org", doi=doi)


def _mailto(rest: str) -> Address | None:
    """Without a subject, a copy or a text, which another would have chosen."""
    mailbox = rest.partition("?")[0]
    if not _MAILBOX.fullmatch(mailbox):
        return None
    return Address(f"mailto:{quote(mailbox, safe='@!$&*+=~')}", None)


def _web(typed: str) -> Address | None:
    """With the host in ASCII, and without a name and a password."""
    found = _WEB.fullmatch(typed)
    host = None if found is None else _ascii(found["host"])
    if found is None or host is None or int(found["port"] or 0) > MAX_PORT:
        return None
    port = f":{found['port']}" if found["port"] else ""
    rest = quote(found["rest"] or "", safe=_AS_TYPED)
    foreign = host != found["host"].lower() or "xn--" in host
    return Address(f"{found['scheme'].lower()}://{host}{port}{rest}", host, foreign)


def _ascii(host: str) -> str | None:
    """The host as it is asked for; None for what is no host."""
    if not host.isascii():
        host = normalize("NFKC", host[:MAX_HOST]).replace("\u3002", ".")
    host = ".".join(map(_ascii_label, host.lower().split(".")))
    return host if len(host) <= MAX_HOST and _HOST.fullmatch(host) else None


def _ascii_label(label: str) -> str:
    """In punycode, RFC 3492, as no page shows letters that look like others."""
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()
