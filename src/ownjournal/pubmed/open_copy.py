"""A free copy of an article outside PMC, as somebody else has found it."""

import re
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

LONGEST_ADDRESS = 2_000
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
OWN_NETWORK = (".local", ".localhost", ".internal", ".lan", ".home", ".home.arpa")
"""Names that RFC 6761, RFC 8375 and custom keep for a network of one's own."""

_ADDRESS = re.compile(r"[!-~]+")  # printable ASCII, as RFC 3986 has it

Version = Literal["published", "accepted", "submitted"]
VERSIONS: dict[Version, str] = {
    "published": "the published text",
    "accepted": "the authors' accepted manuscript",
    "submitted": "the preprint, before peer review",
}
"""What a copy can be, best first, and how a sentence names it."""


class OpenCopy(Struct, frozen=True):
    """Where a copy is, what it is, and who says so since when."""

    url: str  # one that `is_web_address` lets through
    host: Literal["publisher", "repository"]
    version: Version | None  # None where it is not stated
    licence: str | None  # "CC BY"; None where none is stated
    finder: str  # "Unpaywall"
    checked_on: date


def is_web_address(text: str) -> bool:
    """Whether this may stand in a link: https, a public name, no user, no port.

    A name that could mean a machine of the reader's own network is refused, and
    so is anything that browsers and we might read differently.
    """
    if len(text) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(text) or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        text.startswith("https://")
        and parts.netloc.casefold() == host
        and port is None
        and _HOST.fullmatch(host) is not None
        and not host.endswith(OWN_NETWORK)
    )
