"""A standing in words, for its reader."""

from datetime import date

from django.conf import settings

from ownjournal.readers.membership.standing import HAD_BEFORE, Kind, Standing


def told(standing: Standing) -> str:
    """One or two sentences."""
    last = _last_day(standing.until_on)
    match standing.kind, standing.is_over:
        case Kind.OPEN, _ if settings.MEMBERSHIP == "open":
            return "Everybody who reads here gets issues, for as long as they like."
        case Kind.OPEN, _:
            return "You were here before there were trials; your issues go on."
        case Kind.TRIAL, True if standing.way == HAD_BEFORE:
            return "There was a free trial for this address before."
        case Kind.TRIAL, True:
            return f"Your free trial ended with {last}."
        case Kind.TRIAL, False:
            return f"You are on a free trial, to the end of {last}."
        case _, True:
            return f"Your membership ended with {last}."
    end = f", to the end of {last}" if last else ""
    return f"You are a member {standing.way}{end}."


def _last_day(day: date | None) -> str | None:
    """As in “Friday, 25 December 2026”."""
    return f"{day:%A}, {day.day} {day:%B %Y}" if day else None
