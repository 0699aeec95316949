"""A site to attack: readers with something to hide, and articles, in DATA_DIR.

    python -m bench.attacked    # make it, and print who may come in, as JSON

Every text of a reader has words that no other text of the site has (`made.everything`).
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from bench.child import python
from made import served
from made.loopback import free_port

PMID = 99_100_001  # that of `made.everything`
WAITS = 180.0  # seconds for the site to answer
ANNA, BORIS, OVER, GONE = (7_100_000_001 + 1_000 * place for place in range(4))


@dataclass(frozen=True)
class Attacked:
    """The site's folder, and what each reader has: a session, words."""

    folder: Path
    environment: dict[str, str]
    cookie: str  # its name
    sessions: dict[str, str]
    words: dict[str, list[str]]


@contextmanager
def attacked(**settings: str) -> Iterator[Attacked]:
    """A new site in a folder of its own, by the settings given."""
    with TemporaryDirectory(prefix="ownjournal-attacked-") as name:
        environment = {
            "DATA_DIR": name,
            "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
            **settings,
        }
        told = json.loads(python("bench.attacked", environment=environment).output)
        yield Attacked(Path(name), environment, **told)


@contextmanager
def serving(site: Attacked, **settings: str) -> Iterator[int]:
    """`ownjournal serve` on the site, by further settings; the port it is at."""
    port = free_port()
    environment = {**os.environ, **site.environment, **settings, "BIND_PORT": str(port)}
    with served.serving(environment, waits=WAITS):
        yield port


def main() -> None:
    """Fill the site of DATA_DIR."""
    django.setup()
    call_command("migrate", verbosity=0)
    from msgspec.structs import replace

    from made.everything import leave_traces, words_of
    from made.shelf import shelve
    from made.trials import trials
    from ownjournal.catalogue import following
    from ownjournal.readers.membership.models import Member, Trial

    shelve(
        *[replace(each, pmid=PMID + place) for place, each in enumerate(trials(1, 12))]
    )
    following.follow(following.index())
    numbers = {"anna": ANNA, "boris": BORIS, "over": OVER, "gone": GONE}
    sessions = {}
    for tag, number in numbers.items():
        reader = leave_traces(tag, number)
        reader.is_operator = False
        reader.save()
        client = Client()
        client.force_login(reader)
        sessions[tag] = client.cookies[settings.SESSION_COOKIE_NAME].value
    Member.objects.filter(reader=OVER).delete()
    past = datetime.now(UTC) - timedelta(days=30)
    Trial.objects.filter(reader=OVER).update(began_at=past, ends_at=past)
    client.logout()  # the last: a session that was ended
    told = {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": sessions,
        "words": {tag: words_of(tag) for tag in numbers},
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
