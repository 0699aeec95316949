"""Compile many readers' issues as the worker does, in a process of its own.

    prepare N   N readers of three interests, in the catalogue of DATA_DIR, all due
    work        make all that is due, once; prints JSON
    profile     the same under the profiler; what took longest goes to stderr

`bench.compiling` starts it. A reader follows two topics and a journal, or a
topic, words and what five articles are like: each of the 400 commonest topics.
"""

import cProfile
import json
import os
import pstats
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import django

COMMON = 400  # topics and journals that readers choose from
SEEDS = 5
WAITS = 300.0  # seconds for the other worker
LONG_AGO = datetime(2020, 1, 6, 6, tzinfo=UTC)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    {"prepare": prepare, "work": work, "profile": profile}[sys.argv[1]]()


def prepare() -> None:
    """Readers whose interests are among what the newest articles are about."""
    from ownjournal.catalogue import store
    from ownjournal.issues.pools import Window, received
    from ownjournal.readers.models import Interest, Reader

    dice = Random(3)
    found = [each.candidate for each in received(Window(0, store.revision()))]
    topics = _common(ui for each in found for ui in each.mesh_major or each.mesh)
    journals = _common(each.journal for each in found if each.journal)
    words = _common(word for each in found for word in each.title.lower().split()[-2:])
    readers = Reader.objects.bulk_create(
        Reader(email=f"reader{number}@merrow.test", next_issue_at=LONG_AGO)
        for number in range(int(sys.argv[2]))
    )
    rows = []
    for reader in readers:
        chosen = [("topic", dice.choice(topics))]
        if reader.pk % 2:
            chosen += [
                ("topic", dice.choice(topics)),
                ("journal", dice.choice(journals)),
            ]
        else:
            chosen.append(("words", dice.choice(words)))
            chosen += [("seed", str(each.pmid)) for each in dice.sample(found, SEEDS)]
        rows += [
            Interest(reader=reader, kind=kind, value=value, label=value)
            for kind, value in dict.fromkeys(chosen)
        ]
    Interest.objects.bulk_create(rows)


def _common(values: object) -> list[str]:
    return [value for value, _ in Counter(values).most_common(COMMON)]  # type: ignore[call-overload]


def work() -> None:
    """Seconds of the worker's step; the pool is a part of it, and told apart."""
    from ownjournal.issues import compile, making
    from ownjournal.issues.pools import Pools

    pools = Pools()
    started = time.perf_counter()
    window = compile.next_window(None, now=datetime.now(UTC), pools=pools)
    articles = len(pools.of(window).pool)
    pool_seconds = time.perf_counter() - started
    _together(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    making.Pools = lambda: pools  # type: ignore[assignment, misc]
    started, cpu = time.perf_counter(), time.process_time()
    made = list(making.make_due(lambda: False))
    print(
        json.dumps(
            {
                "articles": articles,
                "issues": sum(each.issue is not None for each in made),
                "faults": sum(each.fault is not None for each in made),
                "seconds": time.perf_counter() - started,
                "cpu_seconds": time.process_time() - cpu,
                "pool_seconds": pool_seconds,
                "ended": time.time(),
            }
        )
    )


def _together(workers: int) -> None:
    """Wait until so many workers have their pool."""
    folder = Path(os.environ["DATA_DIR"])
    (folder / f"ready-{os.getpid()}").touch()
    ends = time.monotonic() + WAITS
    while len(list(folder.glob("ready-*"))) < workers:
        if time.monotonic() > ends:
            raise TimeoutError("the other worker does not come")
        time.sleep(0.005)


def profile() -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    work()
    profiler.disable()
    stats = pstats.Stats(profiler, stream=sys.stderr)
    stats.sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
