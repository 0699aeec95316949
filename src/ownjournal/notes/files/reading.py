"""What a file says of a note, checked: nothing else is taken from it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from msgspec import Struct

from ownjournal.catalogue.views import GREATEST_PMID
from ownjournal.notes.checking import Refused, checked
from ownjournal.notes.dialect import DIALECT
from ownjournal.notes.files.front import NotRead
from ownjournal.notes.files.opening import NoteFile
from ownjournal.notes.models import Kind, Licence
from ownjournal.notes.posting import review_day
from ownjournal.notes.typed import LONGEST_CONFLICT, UNSTORABLE, Typed

GREATEST_ID = 2**63 - 1
FAR = 100  # years


class Earlier(Struct, frozen=True):
    """A text before an edit."""

    kind: str
    text: str
    dialect: int
    replaced_at: datetime


class Brought(Struct, frozen=True):
    """A note that may be kept; whoever keeps it decides who sees it."""

    kind: str
    pmid: int | None
    collection: int | None
    text: str
    dialect: int
    licence: str
    conflict: str | None
    created_at: datetime
    edited_at: datetime | None
    edits: int
    review_on: date
    outdated_at: datetime | None
    outdated_because: str | None
    earlier: tuple[Earlier, ...]


def read(file: NoteFile, now: datetime) -> Brought:
    """The note that a file holds. Raises NotRead."""
    values = file.values
    pmid = _number(values, "article", GREATEST_PMID)
    collection = _number(values, "collection", GREATEST_ID)
    if (pmid is None) == (collection is None):
        raise NotRead("It names no article by its PMID.")
    kind = _one_of(values, "kind", Kind.values)
    written = _moment(values, "written", now) or now
    return Brought(
        kind=kind,
        pmid=pmid,
        collection=collection,
        text=_text(kind, file.text),
        dialect=_dialect(values),
        licence=_one_of(values, "licence", Licence.values, Licence.CC_BY.value),
        conflict=_line(values, "conflict of interest", LONGEST_CONFLICT),
        created_at=written,
        edited_at=_moment(values, "edited", now),
        edits=_number(values, "edits", 10**6) or len(file.earlier),
        review_on=_day(values, now) or review_day(written),
        outdated_at=_moment(values, "outdated since", now),
        outdated_because=_line(values, "outdated because", 500),
        earlier=tuple(_earlier(values, text, now) for values, text in file.earlier),
    )


def _earlier(values: Mapping[str, str], text: str, now: datetime) -> Earlier:
    kind = _one_of(values, "kind", Kind.values)
    replaced = _moment(values, "replaced", now) or now
    return Earlier(kind, _text(kind, text), _dialect(values), replaced)


def _text(kind: str, text: str) -> str:
    """A text that a note of this kind may have."""
    if UNSTORABLE.search(text):
        raise NotRead("Its text has signs that no text has.")
    try:
        checked(Typed(text=text, kind=kind))
    except Refused as refused:
        raise NotRead(refused.problem.told) from refused
    return text


def _dialect(values: Mapping[str, str]) -> int:
    dialect = _number(values, "dialect", DIALECT)
    return DIALECT if dialect is None else dialect


def _number(values: Mapping[str, str], name: str, most: int) -> int | None:
    text = values.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise NotRead(f"“{name}” is no number.")
    if not 1 <= int(text) <= most:
        raise NotRead(f"“{name}” is a number that cannot be: {int(text)}.")
    return int(text)


def _one_of(
    values: Mapping[str, str], name: str, known: list[str], other: str | None = None
) -> str:
    text = values.get(name, other)
    if text not in known:
        raise NotRead(f"“{name}” must be one of: {', '.join(known)}.")
    return text


def _line(values: Mapping[str, str], name: str, most: int) -> str | None:
    text = values.get(name)
    if text is None:
        return None
    if len(text) > most or not text.isprintable() or UNSTORABLE.search(text):
        raise NotRead(f"“{name}” is no line of at most {most} characters.")
    return text


def _moment(values: Mapping[str, str], name: str, now: datetime) -> datetime | None:
    """An aware moment of the last hundred years; what is to come is now."""
    text = values.get(name)
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise NotRead(f"“{name}” is no moment such as 2026-11-30T05:00.") from fault
    if at.year < now.year - FAR:
        raise NotRead(f"“{name}” is too long ago.")
    return min(at, now)


def _day(values: Mapping[str, str], now: datetime) -> date | None:
    text = values.get("review by")
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise NotRead("“review by” is no day such as 2028-11-30.") from fault
    if abs(day.year - now.year) > FAR:
        raise NotRead("“review by” is too far away.")
    return day
