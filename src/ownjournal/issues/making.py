"""Make what is due, some readers at a time: claimed, compiled, planned anew."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from ownjournal.issues import due
from ownjournal.issues.compile import Outcome, Wanted, compile_several
from ownjournal.issues.due import Claim
from ownjournal.issues.pools import Pools

AT_ONCE = 32
"""Readers whose issues are made together: what they share is read once, and a worker
that is to end has not long to go on."""


def make_due(stopped: Callable[[], bool]) -> Iterator[Outcome]:
    """Make the issues that are due now, the longest waiting first.

    It ends early, between two lots of readers, once `stopped`. A reader whose issue
    could not be made has another try when the claim runs out.
    """
    started = timezone.now()
    due.plan_anew(started)
    pools = Pools()
    while not stopped():
        now = timezone.now()
        # by both clocks: one that is set back meanwhile makes nobody due again
        claims = due.claim_next(AT_ONCE, min(started, now), now)
        if claims is None:
            return
        yield from make(claims, pools)


def make(claims: list[Claim], pools: Pools) -> list[Outcome]:
    """Compile what is wanted of some claims, and plan the next issue of each."""
    now = timezone.now()
    wanted = [
        Wanted(each.reader, each.period, each.makes_up_since)
        for each in claims
        if each.wanted
    ]
    outcomes = compile_several(wanted, now=now, pools=pools)
    failed = {each.reader.pk for each in outcomes if each.fault is not None}
    with transaction.atomic():
        due.finish([e for e in claims if e.reader.pk not in failed], now)
    return outcomes
