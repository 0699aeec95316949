"""The address of a search cluster, as SEARCH_URL gives it.

    https://name:password@one:9200,two:9200/ownjournal?shards=6&replicas=1&ca=/etc/ca.pem

The path is what names of indexes begin with, so that sites can share a cluster.
"""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import Struct

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_HOST = re.compile(r"(?P<host>\[[0-9a-f:]+\]|[a-z0-9_.-]+)(?::(?P<port>[0-9]{1,5}))?")
_NUMBERS = {"shards": (1, 200), "replicas": (0, 10), "timeout": (1, 600)}


class BadAddress(ValueError):
    """An address that says nothing, and why, in a sentence."""


class Address(Struct, frozen=True):
    """Where a cluster is, and how an index of ours lies in it."""

    hosts: tuple[tuple[str, int], ...]
    secure: bool
    user: str | None = None
    password: str | None = None
    name: str = "ownjournal"
    shards: int = 3
    replicas: int = 1
    timeout: int = 10  # seconds, of one request
    ca: str | None = None  # a file of certificates to trust

    def __str__(self) -> str:
        """Without the password."""
        scheme = "https" if self.secure else "http"
        hosts = ",".join(f"{host}:{port}" for host, port in self.hosts)
        return f"{scheme}://{hosts}/{self.name}"


def read_address(text: str) -> Address:
    """Read SEARCH_URL. Raises BadAddress."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https"):
        raise BadAddress("SEARCH_URL begins with https:// or http://.")
    login, _, places = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    name = parts.path.strip("/") or "ownjournal"
    if not _NAME.fullmatch(name):
        raise BadAddress(
            f"SEARCH_URL names its indexes {name!r}: small letters, digits, - and _."
        )
    options = dict(parse_qsl(parts.query))
    ca = options.pop("ca", None)
    return Address(
        hosts=tuple(_host(each) for each in places.split(",")),
        secure=parts.scheme == "https",
        user=unquote(user) or None,
        password=unquote(password) or None,
        name=name,
        ca=ca,
        **{option: _number(option, value) for option, value in options.items()},
    )


def _host(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text.lower())
    if found is None or int(found["port"] or 9200) > 65535:
        raise BadAddress(f"SEARCH_URL has no host in {text!r}.")
    return found["host"].strip("[]"), int(found["port"] or 9200)


def _number(option: str, value: str) -> int:
    if option not in _NUMBERS:
        known = ", ".join([*_NUMBERS, "ca"])
        raise BadAddress(f"SEARCH_URL knows no {option!r}: {known}.")
    low, high = _NUMBERS[option]
    if not value.isdecimal() or not low <= int(value) <= high:
        raise BadAddress(f"{option} of SEARCH_URL is a number from {low} to {high}.")
    return int(value)
