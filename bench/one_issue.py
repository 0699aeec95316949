"""Time one reader's issue over the newest 30,000 candidates, with a warm pool."""

import json
import os
import statistics
import time

import django

INTERESTS = 3
SEEDS = 10


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from ownjournal.catalogue import store
    from ownjournal.issues.pools import Pools, Window
    from ownjournal.ranking.interest import Interest
    from ownjournal.ranking.issue import compose

    started = time.process_time()
    pool = Pools().of(Window(0, store.revision())).pool
    built = time.process_time() - started
    candidates = pool.candidates
    interests = [
        Interest(
            key=f"topic:{number}",
            name=f"Interest {number}",
            topics=candidates[number].mesh[:2],
            words=tuple(candidates[number].title.split()[:2]),
            seeds=tuple(candidates[number * SEEDS : (number + 1) * SEEDS]),
        )
        for number in range(1, INTERESTS + 1)
    ]
    times = []
    for _ in range(7):
        started = time.perf_counter()
        composition = compose(pool, interests, length=12)
        times.append(time.perf_counter() - started)
    print(
        json.dumps(
            {
                "articles": len(candidates),
                "chosen": len(composition.chosen),
                "pool_cpu_seconds": built,
                "seconds": statistics.median(times[2:]),
            }
        )
    )


if __name__ == "__main__":
    main()
