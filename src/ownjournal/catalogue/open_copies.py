"""Free copies of the articles that are opened here, looked up in the background.

A page reads what is known, and at most leaves a note that its DOI is wanted; the
worker asks Unpaywall. So nothing is asked for that nobody reads, and no page
waits for a stranger. Off unless the operator allows it; what was found before is
not shown then either, since nobody looks whether it is still true.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.utils import timezone

from ownjournal.catalogue import turns
from ownjournal.catalogue.models import OpenCopy as Row
from ownjournal.catalogue.waiting import not_waiting
from ownjournal.pubmed import fulltext
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.asking import NoAnswer
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.open_copy import OpenCopy, Version, is_web_address
from ownjournal.pubmed.unpaywall import FINDER, Unpaywall

RULES = turns.Rules(
    "unpaywall", timedelta(seconds=0.2), most=50_000, window=timedelta(days=1)
)
LONGEST_DOI = 255  # characters; what a column holds
FOUND_FOR = timedelta(days=60)  # then it is looked up again, when it is next opened
NOTHING_FOR = timedelta(days=30)
CLAIM = timedelta(minutes=10)
FIRST_FAILURE_FOR = timedelta(hours=1)  # it doubles with each further
LONGEST_FAILURE_FOR = timedelta(days=30)
AT_ONCE = 100  # DOIs in one step of the worker
LONGEST_WAIT = timedelta(seconds=5)  # for a turn

log = logging.getLogger(__name__)


def copy_of(article: Article) -> OpenCopy | None:
    """The free copy that is known, for an article whose record names none.

    The worker is asked to look where nothing is known, or only old things.
    """
    doi = article.identifiers.doi
    if not settings.UNPAYWALL or doi is None or not _is_wanted(article):
        return None
    doi, now = doi.casefold(), timezone.now()
    row = Row.objects.filter(pk=doi).first()
    if row is None or (row.due_at is None and _is_old(row, now)):
        _want(doi, now)
    return None if row is None else _copy(row)


def look_up(
    stopped: Callable[[], bool] = lambda: False,
    wait: Callable[[float], object] = time.sleep,
) -> int:
    """Ask for the copies that are wanted; how many were asked for.

    stopped  whether to end before the next one
    wait     for a turn
    """
    if not settings.UNPAYWALL:
        return 0
    unpaywall = Unpaywall(
        settings.UNPAYWALL_URL,
        email=settings.CONTACT_EMAIL or "",  # never empty where this is allowed
    )
    asked = 0
    for doi, due_at in _due(timezone.now()):
        if stopped():
            break
        try:
            wait(turns.take(RULES, timezone.now(), longest_wait=LONGEST_WAIT))
        except turns.Closed:
            break
        if _claimed(doi, due_at, timezone.now()):
            _ask(unpaywall, doi)
            asked += 1
    return asked


def _is_wanted(article: Article) -> bool:
    """Whether a copy would help: the record itself leads to nothing free."""
    doi = article.identifiers.doi
    if is_example(article.pmid) or doi is None or len(doi) > LONGEST_DOI:
        return False
    free = any(link.free for link in fulltext.links(article))
    return not free and fulltext.doi_url(doi) is not None


def _is_old(row: Row, now: datetime) -> bool:
    lasts = NOTHING_FOR if row.url is None else FOUND_FOR
    return row.checked_at is None or row.checked_at < now - lasts


def _want(doi: str, now: datetime) -> None:
    """Leave a note for the worker; not now, if a writer is in the way."""
    with not_waiting():
        Row.objects.bulk_create([Row(pk=doi, due_at=now)], ignore_conflicts=True)
        Row.objects.filter(pk=doi, due_at=None).update(due_at=now)


def _copy(row: Row) -> OpenCopy | None:
    """The copy in a row; the address is looked at once more before it is a link."""
    if row.url is None or row.checked_at is None or not is_web_address(row.url):
        return None
    return OpenCopy(
        row.url,
        "publisher" if row.host == "publisher" else "repository",
        cast(Version | None, row.version),
        row.licence,
        FINDER,
        row.checked_at.date(),
    )


def _due(now: datetime) -> list[tuple[str, datetime]]:
    """DOIs and since when they are wanted, the longest waiting first."""
    rows = Row.objects.filter(due_at__lte=now).order_by("due_at", "doi")
    return [
        (doi, due_at)
        for doi, due_at in rows.values_list("doi", "due_at")[:AT_ONCE]
        if due_at is not None
    ]


def _claimed(doi: str, due_at: datetime, now: datetime) -> bool:
    """Whether it is ours to ask; of two workers one is."""
    return bool(Row.objects.filter(pk=doi, due_at=due_at).update(due_at=now + CLAIM))


def _ask(unpaywall: Unpaywall, doi: str) -> None:
    now = timezone.now()
    try:
        copy = unpaywall.look_up(doi, now.date())
    except NoAnswer as fault:
        log.warning("No copy of %s was looked up. %s", doi, fault)
        turns.failed(RULES, timezone.now(), asked=fault.pause())
        _put_off(doi, now)
        return
    turns.worked(RULES)
    Row.objects.filter(pk=doi).update(
        due_at=None,
        checked_at=now,
        url=copy.url if copy else None,
        host=copy.host if copy else None,
        version=copy.version if copy else None,
        licence=copy.licence if copy else None,
        failures=0,
    )


def _put_off(doi: str, now: datetime) -> None:
    """Try again later; what was known before stays."""
    row = Row.objects.get(pk=doi)
    pause = FIRST_FAILURE_FOR * 2 ** min(row.failures, 10)
    row.due_at = now + min(pause, LONGEST_FAILURE_FOR)
    row.failures = min(row.failures + 1, 1_000)
    row.save(update_fields=["due_at", "failures"])
