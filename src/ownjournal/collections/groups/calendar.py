"""A meeting as a file for calendars (.ics), and its day and hour in words; pure.

Format: RFC 5545. Times are in UTC, which every program understands.
"""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

LONGEST_LINE = 75  # octets, without the line's end


class Event(Struct, frozen=True):
    """What a calendar is told."""

    uid: str  # the same for ever
    title: str
    starts_at: datetime
    minutes: int
    place: str | None
    text: str
    address: str  # of its page
    made_at: datetime
    changes: int


def ics(event: Event) -> bytes:
    """The file, with one event."""
    lines = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Ownjournal//Groups//EN"),
        ("METHOD", "PUBLISH"),
        ("BEGIN", "VEVENT"),
        ("UID", event.uid),
        ("DTSTAMP", _time(event.made_at)),
        ("SEQUENCE", str(event.changes)),
        ("DTSTART", _time(event.starts_at)),
        ("DTEND", _time(event.starts_at + timedelta(minutes=event.minutes))),
        ("SUMMARY", _text(event.title)),
        *([("LOCATION", _text(event.place))] if event.place else []),
        ("DESCRIPTION", _text(event.text)),
        ("URL", event.address),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]
    return b"".join(_folded(f"{name}:{value}") for name, value in lines)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Escaped; controls are left out."""
    plain = "".join(c for c in text if c.isprintable() or c == "\n")
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Lines of at most 75 octets, never cut within a letter."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST_LINE:
            parts.append(part)
            part = " "
        part += letter
    return "".join(f"{each}\r\n" for each in [*parts, part]).encode()


def told(starts_at: datetime, zone: str) -> str:
    """ "Tuesday 1 December 2026, 17:30 (Europe/Berlin)"."""
    local = starts_at.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} ({zone})"


def distance(day: date, today: date) -> str:
    """How far off a day is: "today", "in 6 days", "3 days ago"."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"
