"""What a clock that is wrong is asked to do; run below `faketime`.

python -m bench.clocked readers             add the readers
python -m bench.clocked doors               make a code, a link and a session
python -m bench.clocked open CODE LINK KEY  which of the three are open, as JSON
python -m bench.clocked counted START DAYS MOMENT …   the tally, as JSON
"""

import json
import os
import sys
from collections import Counter
from datetime import datetime
from typing import Any

import django

ZONES = (
    "Africa/Cairo",
    "America/Havana",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Chatham",
)
HOURS = (0, 1, 2, 3)
INTEREST = "fever"
ADDRESS = "doors@merrow.test"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    word, *rest = sys.argv[1:]
    asked = {"readers": readers, "doors": doors, "open": is_open, "counted": counted}
    told: Any = asked[word](*rest)  # type: ignore[operator]
    print(json.dumps(told))


def readers() -> int:
    """A reader for each zone and hour, with an issue every day."""
    from django.utils import timezone

    from ownjournal.readers import registry
    from ownjournal.readers.schedule import next_issue

    now = timezone.now()
    for zone in ZONES:
        for hour in HOURS:
            name = f"{zone}-{hour}".replace("/", "-").lower()
            address = f"{name}@merrow.test"
            reader = registry.add(address, words=[INTEREST], time_zone=zone)
            reader.cadence, reader.issue_hour = "daily", hour
            reader.next_issue_at = next_issue(reader, now)
            reader.save()
    return len(ZONES) * len(HOURS)


def doors() -> tuple[str, str, str]:
    """The number of a code, the token of a link, the key of a session."""
    from django.utils import timezone

    from ownjournal.readers import signin
    from ownjournal.readers.accounts import codes
    from ownjournal.readers.accounts.sessions import SessionStore
    from ownjournal.readers.models import Reader

    now = timezone.now()
    reader = Reader.objects.filter(email=ADDRESS).first()
    reader = reader or Reader.objects.create_reader(ADDRESS)
    session = SessionStore()
    session["_auth_user_id"] = str(reader.pk)
    session.create()
    code = codes.ask("sign-in", ADDRESS, now)
    link = signin.make_link(reader, now).rsplit("/", 1)[1]
    return code.number, link, str(session.session_key)


def is_open(code: str, link: str, key: str) -> dict[str, bool]:
    """Each as a request would find it."""
    from django.utils import timezone

    from ownjournal.readers import signin
    from ownjournal.readers.accounts import codes
    from ownjournal.readers.accounts.models import MailedCode
    from ownjournal.readers.accounts.sessions import SessionStore

    now = timezone.now()
    row = MailedCode.objects.filter(number=code).first()
    return {
        "code": row is not None and codes.is_open(row, now),
        "link": signin.is_open(link, now),
        "session": "_auth_user_id" in SessionStore(key).load(),
    }


def counted(start: str, days: str, *moments: str) -> dict[str, int]:
    """Issues made twice and periods without one; the same of a naive worker."""
    from made.years import periods_served
    from ownjournal.readers.models import Reader

    right = [datetime.fromisoformat(each) for each in moments]
    first = datetime.fromisoformat(start)
    tally = Counter[str]()
    for reader in Reader.objects.filter(cadence="daily").exclude(email=ADDRESS):
        made = Counter(reader.issues.values_list("period", flat=True))
        wanted = periods_served(reader, first, int(days), right)
        naive = Counter(_naive(reader, right))
        tally["periods"] += len(wanted)
        tally["twice"] += made.total() - len(made)
        tally["missed"] += len(wanted - set(made))
        tally["naive"] += naive.total() - len(naive) + len(wanted - set(naive))
    return tally


def _naive(reader: Any, right: list[datetime]) -> list[str]:
    """The control: an issue whenever the clock on the wall shows the hour."""
    from zoneinfo import ZoneInfo

    shown = [each.astimezone(ZoneInfo(reader.time_zone)) for each in right]
    return [f"daily {each.date()}" for each in shown if each.hour == reader.issue_hour]


if __name__ == "__main__":
    main()
