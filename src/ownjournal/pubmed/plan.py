"""Which of NLM's files to fetch, decided from two lists: published and applied.

Pure: the same lists give the same plan, and a plan that is carried out half
is made again from what is there then. Files are ordered by year and number,
never by date.

NLM makes a new baseline each December. It replaces all that came before, and
starts again at number 1 under a new year; the update files follow it in one
series, from the next number on. While that happens either folder may be empty,
which says nothing about the files of yesterday.
Source: https://www.nlm.nih.gov/databases/download/pubmed_medline.html
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from ownjournal.pubmed.files import YEAR, file_key

Kind = Literal["baseline", "update"]
ROW = re.compile(
    r'href="(?P<name>pubmed[0-9]{2}n[0-9]{4,5}\.xml\.gz)"[^>]*>[^<]*</a>'
    r"(?:\s|</?td[^>]*>)*"
    r"(?:(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<hour>[0-9]{2}:[0-9]{2})"
    r"(?:\s|</?td[^>]*>)*(?:(?P<size>[0-9]{1,12}(?:\.[0-9])?)(?P<unit>[KMG]?))?)?"
)
INDEX = ("Index of ", "Parent Directory")
UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
SLACK = timedelta(days=1)  # a folder's times are local ones of somewhere


class Published(Struct, frozen=True):
    """A file in one of NLM's folders; its kind is the folder, no name tells it."""

    name: str
    kind: Kind
    modified_at: datetime | None = None  # by the folder's clock, see SLACK
    about_bytes: int | None = None  # as rounded as the folder shows it

    @property
    def key(self) -> int:
        """Its place in NLM's order."""
        return file_key(self.name)


class Listing(Struct, frozen=True):
    """Both folders, each in order."""

    baseline: tuple[Published, ...] = ()
    updates: tuple[Published, ...] = ()


class Applied(Struct, frozen=True):
    """A file that the catalogue has taken."""

    name: str
    md5: str
    applied_at: datetime


class Plan(Struct, frozen=True):
    """What to do now."""

    fetch: tuple[Published, ...]  # download and apply, in this order
    recheck: tuple[Published, ...]  # applied, but perhaps published anew since
    gaps: tuple[str, ...]  # neither applied nor published, between those that are
    notices: tuple[str, ...] = ()  # sentences for the operator


def read_listing(page: str, kind: Kind) -> tuple[Published, ...] | None:
    """The files that a folder's page lists, in order; None if it is no such page."""
    found = {row["name"]: _published(row, kind) for row in ROW.finditer(page)}
    if not found and not any(sign in page for sign in INDEX):
        return None
    return tuple(sorted(found.values(), key=lambda file: file.key))


def _published(row: re.Match[str], kind: Kind) -> Published:
    try:
        modified_at = datetime.fromisoformat(f"{row['day']}T{row['hour']}+00:00")
    except ValueError:
        modified_at = None
    size = row["size"]
    about = round(float(size) * UNITS[row["unit"]]) if size else None
    return Published(row["name"], kind, modified_at, about)


def plan(
    listing: Listing, applied: Sequence[Applied], *, newest: int | None = None
) -> Plan:
    """Decide what to fetch.

    newest  None for all of PubMed. A number for a site without the baseline:
            it begins with that many of the newest files and from then on takes
            every update file, so that it has no holes after its first.
    """
    if newest is not None and newest < 1:
        raise ValueError(f"{newest} newest files are none")
    have = {each.name: each for each in applied}
    wanted = _newest(listing, have, newest) if newest else _everything(listing)
    fetch = tuple(file for file in wanted if file.name not in have)
    return Plan(
        fetch=fetch,
        recheck=_republished(listing, have),
        gaps=gaps([*have, *(file.name for file in wanted)]),
        notices=_notices(listing),
    )


def gaps(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are missing between the first and the last of each year."""
    years: dict[int, set[int]] = {}
    for key in map(file_key, names):
        if key:
            years.setdefault(key // YEAR, set()).add(key % YEAR)
    return tuple(
        f"pubmed{year:02}n{number:04}.xml.gz"
        for year, numbers in sorted(years.items())
        for number in range(min(numbers), max(numbers))
        if number not in numbers
    )


def _everything(listing: Listing) -> list[Published]:
    """The newest baseline and what follows it; update files before it are in it."""
    year = _year(listing.baseline)
    return sorted(
        (
            file
            for file in (*listing.baseline, *listing.updates)
            if file.key // YEAR >= year
        ),
        key=lambda file: file.key,
    )


def _newest(
    listing: Listing, have: Mapping[str, Applied], count: int
) -> list[Published]:
    """Update files from the first one of this site on, at least the `count` newest.

    A site that has nothing yet fills up from the end of the baseline where there
    are too few update files, as in December.
    """
    before_updates = _last(listing.baseline)
    begun = [
        key
        for key in map(file_key, have)
        if key > before_updates or 0 < key // YEAR < before_updates // YEAR
    ]
    files = list(listing.updates)
    if not begun:
        files = _everything(listing)
    first = min([*begun, *(file.key for file in files[-count:])], default=0)
    return [file for file in files if file.key >= first]


def _republished(
    listing: Listing, have: Mapping[str, Applied]
) -> tuple[Published, ...]:
    return tuple(
        file
        for file in (*listing.baseline, *listing.updates)
        if file.name in have
        and file.modified_at
        and file.modified_at + SLACK > have[file.name].applied_at
    )


def _notices(listing: Listing) -> tuple[str, ...]:
    empty = [
        folder
        for folder, files in (
            ("baseline", listing.baseline),
            ("update", listing.updates),
        )
        if not files
    ]
    return tuple(
        f"NLM lists no {folder} files, as happens while it makes a new baseline."
        for folder in empty
    )


def _last(files: Sequence[Published]) -> int:
    return files[-1].key if files else 0


def _year(files: Sequence[Published]) -> int:
    return _last(files) // YEAR
