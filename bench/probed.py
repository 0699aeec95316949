"""Knock at a door with addresses of readers and of nobody, by turns at random.

    python -m bench.probed sign-up 5000

in the data folder that the environment names, which must be new. Prints JSON: how
many bytes of the answers differ, and the times of both kinds, in milliseconds.
Each probe is a browser of its own that posts the form and fetches the page it is
led to; both answers are compared, and the time of the first counts.
"""

import json
import os
import random
import re
import sys
import time

import django

WARMING_UP = 60
FORMS = {
    "sign-up": ("/sign-up", {}),
    "sign-in": ("/sign-in", {}),
    "password": ("/sign-in/password", {"password": "a guess of somebody's"}),
}
DRAWN = {"Expires", "X-Request-ID"}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    door, probes = sys.argv[1], int(sys.argv[2])
    dice = random.Random(1)
    half = (probes + WARMING_UP) // 2
    known = [f"known{number:05}@merrow.test" for number in range(half)]
    unknown = [f"nobody{number:04}@merrow.test" for number in range(half)]
    make_readers(known)
    turns = [(address, True) for address in known]
    turns += [(address, False) for address in unknown]
    dice.shuffle(turns)
    answers: dict[bool, set[bytes]] = {True: set(), False: set()}
    times: dict[bool, list[float]] = {True: [], False: []}
    for count, (address, is_known) in enumerate(turns):
        milliseconds, answer = probe(door, address, count)
        answers[is_known].add(answer)
        if count >= WARMING_UP:
            times[is_known].append(milliseconds)
    print(
        json.dumps(
            {
                "different_bytes": different(answers[True] | answers[False]),
                "known": times[True],
                "unknown": times[False],
            }
        )
    )


def make_readers(addresses: list[str]) -> None:
    """Half with a password, as both kinds must be alike; limits do not count here."""
    from django.contrib.auth.hashers import make_password

    from ownjournal.readers.accounts import rates
    from ownjournal.readers.limits import Limit
    from ownjournal.readers.models import Reader

    for name in ("MAILS_IN_ALL", "TRIES_IN_ALL"):
        limit = getattr(rates, name)
        setattr(rates, name, Limit(limit.name, 1_000_000, limit.seconds))
    hashed = make_password("Quillfeather & daughters")
    Reader.objects.bulk_create(
        Reader(email=address, password=hashed if number % 2 else make_password(None))
        for number, address in enumerate(addresses)
    )


def probe(door: str, address: str, count: int) -> tuple[float, bytes]:
    """Milliseconds, and all that was answered but the address and the token."""
    from django.test import Client

    path, more = FORMS[door]
    machine = f"10.{count >> 16}.{count >> 8 & 255}.{count & 255}"
    browser = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=machine)
    started = time.perf_counter()
    answer = browser.post(path, {"email": address, **more})
    milliseconds = (time.perf_counter() - started) * 1000
    said = [str(answer.status_code).encode(), told(answer)]
    if answer.status_code == 302:
        said.append(told(browser.get(answer["Location"])))
    whole = b"\n".join(said).replace(address.encode(), b"ADDRESS")
    return milliseconds, TOKEN.sub(b"TOKEN", whole)


def told(answer: object) -> bytes:
    """Head and body; of cookies the names alone, as their values are random.

    The second at which an answer expires is that of the clock, and the number of a
    request is drawn anew for each.
    """
    headers = answer.headers.items()  # type: ignore[attr-defined]
    head = sorted(f"{name}: {value}" for name, value in headers if name not in DRAWN)
    cookies = sorted(answer.cookies)  # type: ignore[attr-defined]
    return f"{head} {cookies}\n".encode() + answer.content  # type: ignore[attr-defined]


def different(answers: set[bytes]) -> int:
    """Bytes by which answers differ from the first of them, at most."""
    first, *others = sorted(answers)
    return max(
        (
            sum(a != b for a, b in zip(first, other, strict=False))
            + abs(len(first) - len(other))
            for other in others
        ),
        default=0,
    )


if __name__ == "__main__":
    main()
