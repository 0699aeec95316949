"""More than the site can answer: `make drill PART=flood`.

What it can answer is measured first, by as many requests as it takes at once. Then
three times as many come, at a fixed rate, and at last a few, to see when all is well
again. Every answer must be a page or 503, each must come, and the site must say
meanwhile that it is alive. The control turns nobody away.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.figures import QUICK, Row, proof
from bench.load_client import Answer, Request, at_rates, in_turn, percentile
from bench.load_profile import Profile
from bench.load_site import broken, copied, serving
from bench.loads import kept_catalogue

AREA = "reliability"
AT_ONCE = 8
MEASURED = 100 if QUICK else 400  # requests, of which the capacity is told
TIMES = 3
SECONDS = 10.0 if QUICK else 30.0
AFTER = (5.0, 15.0)  # requests a second, seconds
SOON = 1.0  # seconds: well again
FLOOR = 5.0  # seconds to be well
HEALTH = (2.0, SECONDS)


class Flood(NamedTuple):
    """What became of a flood."""

    rate: float
    during: list[Answer]
    after: list[Answer]
    health: list[Answer]


def rows() -> Iterator[Row]:
    """Answers of the flood, and the seconds after it."""
    with copied(kept_catalogue(1)) as folder:
        profile = Profile({"DATA_DIR": str(folder)})
        flood = flooded(folder, profile, None)
        control = flooded(folder, profile, "unshed")
    lost = unanswered(control.during)
    slow = percentile(control.during, 99)
    if not lost and slow < FLOOR:
        raise AssertionError(f"a flood without a limit harms nobody: p99 {slow:.1f} s")
    told = f"without the limit {len(lost)} time-outs, p99 {slow:.0f} s"
    served = [each for each in flood.during if each.status != 503]
    name = f"{TIMES} times what the site can answer for {SECONDS:.0f} s"
    yield proof(
        AREA,
        f"{name}: neither a page nor 503 with Retry-After",
        len(unanswered(flood.during)),
        promise="beyond its capacity the site turns away, and answers",
        tries=len(flood.during),
        control=told,
        note=f"{flood.rate:.0f} a second; {len(served):,} answered, "
        f"p99 {percentile(served, 99):.1f} s",
    )
    yield proof(
        AREA,
        f"{name}: a question whether it is alive fails",
        sum(each.status != 200 for each in flood.health),
        promise="a busy site is alive",
        tries=len(flood.health),
        control=told,
    )
    yield Row(
        AREA,
        f"{name}: seconds until all is well",
        round(recovered(flood.after), 1),
        "s",
        "lower",
        FLOOR,
        FLOOR,
        promise="it recovers",
        tries=len(flood.after),
        control=f"{recovered(control.after):.0f} s without the limit",
    )


def flooded(folder: Path, profile: Profile, fault: str | None) -> Flood:
    """Measure what the site can answer, and send much more."""
    command = broken(fault) if fault else None
    with serving(folder, command=command) as site, ThreadPoolExecutor() as threads:
        capacity(site.port, profile, AT_ONCE)  # caches fill
        rate = TIMES * capacity(site.port, profile, MEASURED)
        alive = Request("health", "/health/live")
        health = threads.submit(at_rates, site.port, lambda: alive, [HEALTH])
        answers = at_rates(site.port, profile, [(rate, SECONDS), AFTER])
    flood = round(rate * SECONDS)
    return Flood(rate, answers[:flood], answers[flood:], health.result())


def capacity(port: int, profile: Profile, requests: int) -> float:
    """Requests a second, when as many as it works at are always in hand."""
    one_at_a_time = threading.Lock()

    def make() -> Request:
        with one_at_a_time:
            return profile()

    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        ask = partial(in_turn, port, make, requests // AT_ONCE)
        for each in [threads.submit(ask) for _ in range(AT_ONCE)]:
            each.result()
    return requests / (time.monotonic() - began)


def unanswered(answers: Sequence[Answer]) -> list[Answer]:
    """Those that got neither a page nor a refusal that says when to come back."""
    return [
        each
        for each in answers
        if each.status is None
        or (each.status >= 400 and not (each.status == 503 and each.retry_after))
    ]


def recovered(after: Sequence[Answer]) -> float:
    """Seconds from the first of these until the last that was not answered well."""
    unwell = [
        each.due
        for each in after
        if each.status is None or each.status >= 400 or each.seconds > SOON
    ]
    return max(unwell) - after[0].due if unwell else 0.0
