"""How often a collection is opened, counted without knowing by whom, and told in words.

One number for each collection and day is all that is kept. No cookie, address or
program of who opens a page is looked at but for the names that robots give
themselves; so one who opens it twice counts twice, and the words say "opened", never
"readers". Curators are not counted, nor what a browser fetches in case it is needed.
Two spans of four weeks are called different only where chance would seldom make them
so: by more than twice the square root of their sum.
"""

import math
import re
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest

from ownjournal.collections.models import Collection, Opened

SPAN = timedelta(days=28)
LEAST = 8  # times in both spans together, below which nothing is said of a trend
ROBOTS = re.compile(r"bot\b|bots\b|crawl|spider|slurp|preview|curl/|wget/", re.I)


def count(request: HttpRequest, collection: Collection, today: date) -> None:
    """Count this opening, if a person seems to have made it."""
    asked_ahead = "prefetch" in request.META.get("HTTP_SEC_PURPOSE", "")
    robot = ROBOTS.search(request.META.get("HTTP_USER_AGENT", ""))
    if request.method != "GET" or asked_ahead or robot:
        return
    rows = Opened.objects.filter(collection=collection, on=today)
    if not rows.update(times=F("times") + 1):
        with transaction.atomic():
            row = Opened(collection=collection, on=today, times=0)
            Opened.objects.bulk_create([row], ignore_conflicts=True)
            rows.update(times=F("times") + 1)


def told(collection: Collection, today: date) -> str:
    """How often, and whether that is more or less than it was; one or two sentences."""
    total = _sum(collection, None, today)
    if not total:
        return "Not opened yet."
    now = _sum(collection, today - SPAN, today)
    before = _sum(collection, today - 2 * SPAN, today - SPAN)
    times = "once" if total == 1 else f"{total:,} times"
    if now + before < LEAST or collection.created_at.date() > today - 2 * SPAN:
        return f"Opened {times}, {now:,} of them in the last four weeks."
    return (
        f"Opened {times}; {now:,} of them in the last four weeks, "
        f"{_trend(now, before)} ({before:,})."
    )


def _trend(now: int, before: int) -> str:
    if abs(now - before) <= 2 * math.sqrt(now + before):
        return "about as often as in the four before"
    more = "more" if now > before else "less"
    return f"{more} often than in the four before"


def _sum(collection: Collection, after: date | None, up_to: date) -> int:
    rows = collection.opened.filter(on__lte=up_to)
    if after is not None:
        rows = rows.filter(on__gt=after)
    return rows.aggregate(sum=Sum("times"))["sum"] or 0
