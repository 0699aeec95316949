"""Read lists of institutions: our own, and the forms in which others publish them.

    JSON    an array of objects with `name` and an address:
            `openurl_base`            a link resolver
            `url` with `$@` in it     a proxy prefix (Library Proxy URL Database)
            `url` without             a link resolver (Zotero's directory)
            `kind` and `template`     ours, as `institutions export` writes it
            and `country`, `other_names` where they are known
    CSV     the same names as its first line; other names are set apart by "|"
    wiki    Zotero's directory as its wiki has it: ==== Country ====, and lines
            | Name | %%address%% |

An address by http is taken as one by https where it names no port of its own;
whether https works there is found out by checking it.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ownjournal.pubmed.exports.clean import one_line
from ownjournal.pubmed.libraries import BadTemplate, checked

MOST_BYTES = 10_000_000
MOST_ENTRIES = 50_000
LONGEST_NAME, LONGEST_COUNTRY = 200, 80

# Of a line without spaces at its ends; no two parts can take the same signs.
_HEADING = re.compile(r"(={4,5})([^=]+)\1")
_ROW = re.compile(r"\|([^|]+)\|[^|%]*%%([^|]+)%%[^|%]*\|")
_PLAIN_HTTP = re.compile(r"http://([^/?#:@]+)(?::80)?(?=[/?#]|$)", re.IGNORECASE)
_PORT = re.compile(r"http://[^/?#@]+:[0-9]+", re.IGNORECASE)


class NoList(ValueError):
    """What was given is no list of institutions; a sentence for the operator."""


class Listed(Struct, frozen=True):
    """An entry that can be used."""

    name: str
    kind: str
    template: str  # libraries.checked
    country: str | None = None
    other_names: tuple[str, ...] = ()
    was_http: bool = False


class Unusable(Struct, frozen=True):
    """An entry that cannot, and why."""

    name: str
    address: str
    reason: str


def read(content: bytes) -> list[Listed | Unusable]:
    """Every entry of a list, in its order. Raises NoList."""
    if len(content) > MOST_BYTES:
        raise NoList(f"The list is longer than {MOST_BYTES:,} bytes.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NoList("The list is not in UTF-8.") from fault
    if text.lstrip().startswith(("[", "{")):
        rows = _of_json(text)
    elif "%%" in text and "====" in text:
        rows = list(_of_wiki(text))
    else:
        rows = _of_csv(text)
    if len(rows) > MOST_ENTRIES:
        raise NoList(f"The list has more than {MOST_ENTRIES:,} entries.")
    if not rows:
        raise NoList("There are no institutions in this list.")
    return [_entry(row) for row in rows]


def _of_json(text: str) -> list[Mapping[str, Any]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise NoList(f"The list is no JSON: {fault}.") from fault
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NoList("The list is no array of objects.")
    return rows


def _of_csv(text: str) -> list[Mapping[str, Any]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    columns = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    if "name" not in columns:
        raise NoList("The first line of the list has no column `name`.")
    reader.fieldnames = columns
    try:
        return list(reader)
    except csv.Error as fault:
        raise NoList(f"The list is no CSV: {fault}.") from fault


def _of_wiki(text: str) -> Iterator[Mapping[str, Any]]:
    place: str | None = None
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line.strip()):
            # a continent, of five signs, holds countries; its own lines have none
            place = heading[2].strip() if len(heading[1]) == 4 else None
        elif row := _ROW.fullmatch(line.strip()):
            yield {"name": row[1], "url": row[2], "country": place}


def _entry(row: Mapping[str, Any]) -> Listed | Unusable:
    name = one_line(_text(row, "name"))
    kind, address = _link(row)
    if not name:
        return Unusable("", address, "There is no name.")
    if len(name) > LONGEST_NAME:
        reason = f"The name is longer than {LONGEST_NAME} characters."
        return Unusable(name[:LONGEST_NAME], address, reason)
    try:
        template, was_http = _by_https(kind, address)
    except BadTemplate as problem:
        return Unusable(name, address, str(problem))
    country = one_line(_text(row, "country"))[:LONGEST_COUNTRY] or None
    return Listed(name, kind, template, country, _other_names(row, name), was_http)


def _link(row: Mapping[str, Any]) -> tuple[str, str]:
    """Kind and address as they stand there."""
    base, url = _text(row, "openurl_base"), _text(row, "url")
    if base:
        return "openurl", base
    if url:
        return ("proxy" if "$@" in url else "openurl"), url
    return _text(row, "kind"), _text(row, "template")


def _by_https(kind: str, address: str) -> tuple[str, bool]:
    """The template, and whether it was one by http. Raises BadTemplate."""
    changed = _PLAIN_HTTP.sub(r"https://\1", address, count=1)
    if changed == address and _PORT.match(address):
        raise BadTemplate(
            "The address is by http at a port of its own, where https is not expected."
        )
    return checked(kind, changed), changed != address


def _other_names(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = row.get("other_names") or ()
    names = given.split("|") if isinstance(given, str) else given
    if not isinstance(names, list | tuple):
        return ()
    lines = (one_line(each)[:LONGEST_NAME] for each in names if isinstance(each, str))
    return tuple(dict.fromkeys(each for each in lines if each and each != name))


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""
