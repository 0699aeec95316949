"""Three years of issues in fifty time zones, with halts and wrong clocks.

    python -m bench.scheduled       in the store that the environment names

A reader for each zone and cadence, 2010 to 2012: years in which Egypt changed its
clocks four times and Samoa left a day out. Prints JSON.
"""

import json
import os
from dataclasses import asdict
from datetime import date, timedelta
from random import Random

import django

FIRST, DAYS = date(2010, 1, 1), 3 * 365 + 1
EVERY = timedelta(hours=4)
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Africa/Tunis",
    "Africa/Windhoek",
    "America/Anchorage",
    "America/Argentina/San_Luis",
    "America/Bogota",
    "America/Caracas",
    "America/Chicago",
    "America/Denver",
    "America/Goose_Bay",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Dhaka",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Asia/Yangon",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
    "Pacific/Marquesas",
]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.db import transaction

    from made.years import simulate

    with transaction.atomic():  # no disk need be waited for
        tally = simulate(ZONES, FIRST, DAYS, EVERY, Random(11))
        careless = simulate(ZONES[:5], FIRST, DAYS, EVERY, Random(11), careless=True)
    print(json.dumps({**asdict(tally), "careless misses": careless.misses}))


if __name__ == "__main__":
    main()
