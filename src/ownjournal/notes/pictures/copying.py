"""Copy pictures from elsewhere into a note, once, when it is saved.

Only where the operator wishes it (NOTE_REMOTE_PICTURES): else a picture's address
elsewhere is shown as a link. What is asked for is judged as the links of libraries
are (`readers.institutions.asking`): https alone, every address of the name must be a
public one, the connection goes to the address that was judged, and so it is at each
redirect. What comes back is taken like any upload, and refused like one.
"""

import re
import time
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from ownjournal.notes.pictures.cleaning import LARGEST, Refused
from ownjournal.notes.pictures.keeping import address_of, take
from ownjournal.readers.institutions.asking import Asker, NotAsked
from ownjournal.readers.models import Reader

MOST = 5  # pictures of one note that are copied at one time
REDIRECTS = 3
SECONDS = 8.0  # for one picture, with all its redirects
ALL_SECONDS = 20.0  # after which no other is begun
ELSEWHERE = re.compile(
    r"(?<!\\)(?P<before>!\[(?:\\.|[^\]\\\n])+\]\()<?(?P<address>https://[^\s<>()\"]+)>?"
    r"(?=[ \n\t)])"
)


class Copied(NamedTuple):
    """A text whose pictures are here now, as far as they could be had."""

    text: str
    problems: tuple[str, ...]  # a sentence for each that could not


def copy(
    reader: Reader, text: str, now: datetime, *, asker: Asker | None = None
) -> Copied:
    """The text with the addresses of copies; as it is where that is switched off."""
    if not settings.NOTE_REMOTE_PICTURES:
        return Copied(text, ())
    mine = asker or Asker(seconds=SECONDS)
    try:
        here, problems = _fetched(reader, _addresses(text), now, mine)
    finally:
        if asker is None:
            mine.close()

    def local(match: re.Match[str]) -> str:
        copied = here.get(match["address"])
        return match["before"] + copied if copied else match[0]

    return Copied(ELSEWHERE.sub(local, text), tuple(problems))


def _addresses(text: str) -> Iterator[str]:
    """Each once, in their order."""
    yield from dict.fromkeys(match["address"] for match in ELSEWHERE.finditer(text))


def _fetched(
    reader: Reader, addresses: Iterator[str], now: datetime, asker: Asker
) -> tuple[dict[str, str], list[str]]:
    """Where each is now, and why some are not."""
    here: dict[str, str] = {}
    problems = []
    ends = time.monotonic() + ALL_SECONDS
    for number, address in enumerate(addresses):
        if number >= MOST or time.monotonic() > ends:
            problems.append("Some pictures were not copied; save again to go on.")
            break
        try:
            data = asker.content(address, LARGEST, redirects=REDIRECTS)
            here[address] = address_of(take(reader, data, now, copied_from=address))
        except (NotAsked, Refused) as reason:
            host = urlsplit(address).hostname
            problems.append(f"The picture from {host} was not copied. {reason}")
    return here, problems
