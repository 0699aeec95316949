"""What readers of a site ask for: made of what is in the catalogue.

    python -m bench.load_profile prepare    prints the requests as JSON
    python -m bench.load_profile forget     erases the readers made for them

`prepare` makes READERS readers with a session and an issue each, in the catalogue that
the environment names; a reader may write only so many notes in an hour.
"""

import json
import os
import random
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from urllib.parse import urlencode

import django
from django.conf import settings
from django.test import Client

from bench.browsed import KINDS, Draw
from bench.child import python
from bench.load_client import Request

READERS = 60
EACH = 400  # requests of a kind, drawn anew in any order
ADDRESS = "load{}@merrow.test"
SHARES = {
    "article": 45,
    "search": 20,
    "topic": 10,
    "journal": 10,
    "issue": 8,
    "note": 4,
    "front": 3,
}  # in a hundred


class Profile:
    """Draws requests in those shares; the same ones in the same order each time."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        made = python("bench.load_profile", "prepare", environment=environment)
        self._requests = {
            kind: [Request(kind, *each) for each in some]
            for kind, some in json.loads(made.output).items()
        }
        self._dice = random.Random(1)
        self._numbers = count()

    def __call__(self) -> Request:
        [kind] = self._dice.choices(list(SHARES), list(SHARES.values()))
        request = self._dice.choice(self._requests[kind])
        if kind != "note":
            return request
        text = f"Nothing to add, as in note {next(self._numbers)} of this load."
        return request._replace(
            form=urlencode({"text": text, "kind": "comment", "audience": "private"})
        )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    {"prepare": prepare, "forget": forget}[sys.argv[1]]()


def prepare() -> None:
    """Print lists of path and session by kind."""
    from ownjournal.catalogue.checking import live_pmids

    dice = random.Random(2)
    pmids = dice.sample(list(live_pmids()), EACH)
    draw = Draw(Client(SERVER_NAME="127.0.0.1"))
    readers = _readers(draw)
    requests: dict[str, list[tuple[str, str | None]]] = {
        "article": [(f"/articles/{pmid}", _some(readers, dice)) for pmid in pmids],
        "search": [(path, _some(readers, dice)) for path in _searches()],
        "topic": [(KINDS["topic"](draw), None) for _ in range(EACH)],
        "journal": [(KINDS["journal"](draw), None) for _ in range(EACH)],
        "issue": [(f"/issues/{number}", session) for session, number in readers],
        "note": [
            (f"/articles/{pmid}/notes", session)
            for pmid, (session, _) in zip(pmids, readers, strict=False)
        ],
        "front": [("/", None)],
    }
    print(json.dumps(requests))


def _some(readers: list[tuple[str, int]], dice: random.Random) -> str | None:
    """The session of one half; the others are not signed in."""
    return dice.choice(readers)[0] if dice.random() < 0.5 else None


def _searches() -> list[str]:
    made = python("bench.mixed_queries", EACH, environment=dict(os.environ))
    return [
        f"/search?{urlencode({'q': query})}" for _, query in json.loads(made.output)
    ]


def _readers(draw: Draw) -> list[tuple[str, int]]:
    """Session and number of the newest issue of each."""
    from ownjournal.cli.compile import compile_for
    from ownjournal.issues.pools import Pools
    from ownjournal.readers.models import Interest, Reader

    pools, found = Pools(), []
    for number in range(READERS):
        address = ADDRESS.format(number)
        reader, new = Reader.objects.get_or_create(
            email=address, defaults={"next_issue_at": datetime(2100, 1, 1, tzinfo=UTC)}
        )
        if new:
            heading = draw.headings()[0]
            reader.interests.create(
                kind=Interest.Kind.TOPIC, value=heading.ui, label=heading.name
            )
            compile_for(reader, pools)
        newest = reader.issues.order_by("-number").first()
        client = Client()
        client.force_login(reader)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        found.append((session, newest.number if newest else 1))
    return found


def forget() -> None:
    """Leave nothing of them."""
    from ownjournal.readers.leaving.erasing import erase
    from ownjournal.readers.models import Reader

    for number in range(READERS):
        for reader in Reader.objects.filter(email=ADDRESS.format(number)):
            erase(reader)


if __name__ == "__main__":
    main()
