"""Time pages of articles of the catalogue that the environment names, in process.

    python -m bench.pages '/articles/{}' [600]

Prints JSON: milliseconds of server time and bytes as sent, compressed, over
articles drawn at random; the first ones only warm caches up.
"""

import json
import os
import random
import sys
import time

import django

WARMING_UP = 100


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.test import Client

    from ownjournal.catalogue.checking import live_pmids

    address = sys.argv[1]
    asked = int(sys.argv[2]) if len(sys.argv) > 2 else 600
    client = Client(SERVER_NAME="127.0.0.1")
    dice = random.Random(1)
    times, sizes = [], []
    for pmid in dice.sample(list(live_pmids()), WARMING_UP + asked):
        started = time.perf_counter()
        answer = client.get(address.format(pmid), headers={"accept-encoding": "gzip"})
        times.append((time.perf_counter() - started) * 1000)
        sizes.append(len(answer.content) / 1000)
        assert answer.status_code == 200, (pmid, answer.status_code)
    print(
        json.dumps(
            {
                "ms": _quantiles(times[WARMING_UP:]),
                "kB": _quantiles(sizes[WARMING_UP:]),
            }
        )
    )


def _quantiles(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    named = {f"p{q}": ordered[len(ordered) * q // 100] for q in (50, 95, 99)}
    return {**named, "most": ordered[-1]}


if __name__ == "__main__":
    main()
