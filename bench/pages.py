"""Time article pages of the catalogue that the environment names, in process.

Prints milliseconds of server time: p50, p95 and p99 over pages drawn at random.
"""

import json
import os
import random
import time

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.test import Client

    from ownjournal.catalogue.checking import live_pmids

    client = Client(SERVER_NAME="127.0.0.1")
    dice = random.Random(1)
    pmids = dice.sample(list(live_pmids()), 600)
    times = []
    for pmid in pmids:
        started = time.perf_counter()
        answer = client.get(f"/articles/{pmid}", headers={"accept-encoding": "gzip"})
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, (pmid, answer.status_code)
    times = sorted(times[100:])  # the first ones warm caches up
    print(json.dumps({f"p{q}": times[len(times) * q // 100] for q in (50, 95, 99)}))


if __name__ == "__main__":
    main()
