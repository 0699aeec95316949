"""Countries, and the time zone to suppose for each; the zones this machine knows."""

from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec import Struct

TABLE = Path(__file__).with_name("countries.tsv")
AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


class Country(Struct, frozen=True):
    """A country, and the time zone in which most of its people live."""

    code: str  # ISO 3166-1
    name: str
    time_zone: str  # IANA


class Area(Struct, frozen=True):
    """The time zones of a part of the world, by name."""

    name: str
    zones: tuple[str, ...]  # "Europe/Berlin"


@cache
def countries() -> dict[str, Country]:
    """By code, in the order of their names."""
    lines = TABLE.read_text("utf-8").splitlines()
    rows = (Country(*line.split("\t")) for line in lines if not line.startswith("#"))
    return {each.code: each for each in rows}


@cache
def areas() -> tuple[Area, ...]:
    """Every time zone that is named for a place, with the old names of some."""
    known = sorted(available_timezones())
    found = (
        Area(area, tuple(name for name in known if name.startswith(f"{area}/")))
        for area in AREAS
    )
    return tuple(area for area in found if area.zones)


def is_zone(name: str) -> bool:
    """Whether issues can be planned by this zone's clock."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
