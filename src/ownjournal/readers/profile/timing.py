"""When a reader's issues come and how long they are: as typed, checked, stored."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from ownjournal.readers.models import MOST_ARTICLES, Cadence, Reader
from ownjournal.readers.profile.places import countries, is_zone
from ownjournal.readers.schedule import WEEKDAYS, next_issue

CADENCES = {value: str(label) for value, label in Cadence.choices}
PROBLEMS = {
    "country": "Please choose a country from the list, or none.",
    "time_zone": "This is no time zone that we know. Please choose one from the list.",
    "day": "Please choose a day of the week.",
    "hour": "Please choose an hour from 0 to 23.",
    "cadence": "Please choose how often an issue comes.",
    "length": f"An issue has 1 to {MOST_ARTICLES} articles.",
}
LONGEST = 64  # characters of a field


class WrongTiming(ValueError):
    """What was typed cannot be kept; a sentence for each field, by its name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(*problems.values())
        self.problems = problems


class Timing(Struct, frozen=True):
    """The fields as a form has them, each a text."""

    country: str  # ISO 3166-1; "" for none
    time_zone: str  # IANA; "" for that of the country
    day: str  # 0 is Monday
    hour: str  # 0 to 23
    cadence: str
    length: str


def of_reader(reader: Reader) -> Timing:
    """As it is stored."""
    return Timing(
        country=reader.country or "",
        time_zone=reader.time_zone,
        day=str(reader.issue_weekday),
        hour=str(reader.issue_hour),
        cadence=reader.cadence,
        length=str(reader.issue_length),
    )


def typed(form: Mapping[str, str]) -> Timing:
    """As a form was sent."""
    return Timing(
        **{
            name: form.get(name, "").strip()[:LONGEST]
            for name in Timing.__struct_fields__
        }
    )


def put(reader: Reader, timing: Timing, now: datetime) -> None:
    """Store it and plan the next issue. Raises WrongTiming; nothing is changed then."""
    problems = _problems(timing)
    if problems:
        raise WrongTiming(problems)
    country = countries().get(timing.country)
    reader.country = country.code if country else None
    if timing.time_zone or country:
        reader.time_zone = timing.time_zone or (country.time_zone if country else "")
    reader.issue_weekday = int(timing.day)
    reader.issue_hour = int(timing.hour)
    reader.cadence = timing.cadence
    reader.issue_length = int(timing.length)
    reader.next_issue_at = next_issue(reader, now)
    reader.save(
        update_fields=[
            "country",
            "time_zone",
            "issue_weekday",
            "issue_hour",
            "cadence",
            "issue_length",
            "next_issue_at",
        ]
    )


def finish(reader: Reader, now: datetime) -> None:
    """The reader has been asked; the next issue is planned if none was."""
    if reader.next_issue_at is None:
        reader.next_issue_at = next_issue(reader, now)
    if reader.profiled_at is None:
        reader.profiled_at = now
    reader.save(update_fields=["next_issue_at", "profiled_at"])


def told(reader: Reader) -> str:
    """In words: "every week, on Monday at 06:00"."""
    often = CADENCES[reader.cadence].lower()
    at = f"at {reader.issue_hour:02}:00"
    if reader.cadence == Cadence.DAILY:
        return f"{often} {at}"
    return f"{often}, on {WEEKDAYS[reader.issue_weekday]} {at}"


def _problems(timing: Timing) -> dict[str, str]:
    fine = {
        "country": not timing.country or timing.country in countries(),
        "time_zone": not timing.time_zone or is_zone(timing.time_zone),
        "day": _within(timing.day, 0, 6),
        "hour": _within(timing.hour, 0, 23),
        "cadence": timing.cadence in CADENCES,
        "length": _within(timing.length, 1, MOST_ARTICLES),
    }
    return {name: PROBLEMS[name] for name, is_fine in fine.items() if not is_fine}


def _within(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and least <= int(text[:9]) <= most
