"""Get an article that is not here from NLM, once, when somebody opens its page.

Off unless the operator allows it. A record that comes is a file without an NLM
number: anything NLM's own files say of it later wins, and it is no news, so it
enters nobody's issue. What the site's scope leaves out is left out here too: its
operator has said what is kept, and the next update file would take it away again.

Nobody can make this site a proxy of NLM's: a number is asked for by one request
however many wait for it, an answer is remembered, all requests of a site
together are few, and a service that fails is left alone.
"""

import logging
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from ownjournal.catalogue import turns
from ownjournal.catalogue.appraising import MODELS
from ownjournal.catalogue.ingest import Loading, ingest
from ownjournal.catalogue.models import AppliedFile, AskedNumber
from ownjournal.catalogue.models import Article as Row
from ownjournal.catalogue.replica import read_fresh
from ownjournal.catalogue.site_scope import UnknownTopic, site_scope
from ownjournal.pubmed.asking import NoAnswer
from ownjournal.pubmed.eutils import A_SECOND, A_SECOND_WITH_KEY, Eutils
from ownjournal.pubmed.example import FIRST_PMID

MOST_AN_HOUR = 100
PLACES = BoundedSemaphore(2)  # of a process's few threads, for those who wait for NLM
LONGEST_WAIT = timedelta(seconds=1)  # for a turn
TOGETHER_SECONDS, LOOK_SECONDS = 3.0, 0.1  # to wait for what another asks for
CLAIM = timedelta(seconds=30)  # longer than any request
GIVEN_OUT = 41_000_000  # PMIDs at the end of 2025
AHEAD = 3_000_000  # more than two years of new ones

ABSENT_FOR = timedelta(days=30)
SOON_GIVEN_OUT_FOR = timedelta(days=1)  # a number above all that are known
FIRST_FAILURE_FOR = timedelta(minutes=1)  # it doubles with each further
LONGEST_FAILURE_FOR = timedelta(hours=6)
REMEMBERED = timedelta(days=30)  # after an answer has run out

log = logging.getLogger(__name__)

OFF = "This site does not keep an article with this number."
NOT_GIVEN_OUT = "PubMed has not given out this number."
BUSY = "NLM is being asked just now. Load the page again in a moment."
SPENT = "This site has asked NLM often enough for now. Try again in an hour."
TOLD = {
    "none": "PubMed has no article with this number.",
    "failed": "NLM gave no answer just now. Try again in a few minutes.",
    "set aside": "NLM has a record with this number that cannot be read.",
    "left out": "This site keeps a part of PubMed, and this article is not in it.",
}
"""What became of a number, as it is stored, and a sentence for whoever asked."""


class NoArticle(Http404):
    """There is no article with this number here; `told` says why in a sentence."""

    def __init__(self, pmid: int, told: str) -> None:
        super().__init__(f"no article {pmid}: {told}")
        self.pmid = pmid
        self.told = told
        self.may_exist = told not in {NOT_GIVEN_OUT, TOLD["none"]}  # in PubMed


def fetch(pmid: int) -> None:
    """Have the article here when this returns; raises NoArticle where it is not.

    For a number that has no row in the catalogue. Takes ten seconds at most.
    """
    read_fresh()
    if _is_here(pmid):  # and was not in a replica yet
        return
    now = timezone.now()
    _refuse_at_once(pmid, now)
    if not PLACES.acquire(blocking=False):
        raise NoArticle(pmid, BUSY)
    try:
        if _claimed(pmid, now):
            _ask(pmid, now)
        else:
            _wait(pmid)
    finally:
        PLACES.release()


def _refuse_at_once(pmid: int, now: datetime) -> None:
    """Raise NoArticle for what one look at the database decides."""
    if not settings.FETCH_UNKNOWN:
        raise NoArticle(pmid, OFF)
    if not 0 < pmid <= max(_greatest(), GIVEN_OUT) + AHEAD or pmid >= FIRST_PMID:
        raise NoArticle(pmid, NOT_GIVEN_OUT)
    known = AskedNumber.objects.filter(pk=pmid, again_at__gt=now).first()
    if known is not None and known.outcome is not None:
        raise NoArticle(pmid, TOLD[known.outcome])
    try:
        turns.look(_rules(), now)
    except turns.Closed as closed:
        raise _not_now(pmid, closed) from closed


def _not_now(pmid: int, closed: turns.Closed) -> NoArticle:
    return NoArticle(pmid, SPENT if closed.spent else TOLD["failed"])


def _greatest() -> int:
    """The greatest PMID of a real article that is known here, 0 where none is."""
    real = Row.objects.filter(pk__lt=FIRST_PMID).order_by("-pk")
    return real.values_list("pk", flat=True).first() or 0


def _claimed(pmid: int, now: datetime) -> bool:
    """Whether it is ours to ask for this number; another may be asking already."""
    AskedNumber.objects.filter(again_at__lt=now - REMEMBERED).delete()
    AskedNumber.objects.bulk_create(
        [AskedNumber(pmid=pmid, again_at=now)], ignore_conflicts=True
    )
    rows = AskedNumber.objects.filter(pk=pmid, again_at__lte=now)
    return bool(rows.update(again_at=now + CLAIM, outcome=None))


def _wait(pmid: int) -> None:
    """Wait for what another has asked for. Raises NoArticle where nothing came."""
    ends = time.monotonic() + TOGETHER_SECONDS
    while time.monotonic() < ends:
        if _is_here(pmid):
            return
        known = AskedNumber.objects.filter(pk=pmid).first()
        if known is not None and known.outcome is not None:
            raise NoArticle(pmid, TOLD[known.outcome])
        time.sleep(LOOK_SECONDS)
    raise NoArticle(pmid, BUSY)


def _ask(pmid: int, now: datetime) -> None:
    """Ask NLM in our turn, and keep what comes of it."""
    rules = _rules()
    try:
        time.sleep(turns.take(rules, now, longest_wait=LONGEST_WAIT))
    except turns.Closed as closed:
        AskedNumber.objects.filter(pk=pmid).delete()
        raise _not_now(pmid, closed) from closed
    outcome = _outcome(pmid, rules)
    if outcome is not None:
        _remember(pmid, outcome)
        raise NoArticle(pmid, TOLD[outcome])
    AskedNumber.objects.filter(pk=pmid).delete()


def _rules() -> turns.Rules:
    a_second = A_SECOND_WITH_KEY if settings.EUTILS_KEY else A_SECOND
    apart = timedelta(seconds=1.2) / a_second  # requests overtake each other
    return turns.Rules("eutils", apart, MOST_AN_HOUR, timedelta(hours=1))


def _outcome(pmid: int, rules: turns.Rules) -> str | None:
    """None where the article is here now, else a key of TOLD."""
    eutils = Eutils(
        settings.EUTILS_URL,
        email=settings.CONTACT_EMAIL or "",  # never empty where this is allowed
        key=settings.EUTILS_KEY,
    )
    try:
        xml = eutils.fetch(pmid)
    except NoAnswer as fault:
        log.warning("PMID %s was not fetched. %s", pmid, fault)
        turns.failed(rules, timezone.now(), asked=fault.pause())
        return "failed"
    turns.worked(rules)
    if xml is None:
        return "none"
    try:
        return _put(pmid, xml)
    except (UnknownTopic, OSError) as fault:  # settings or a disk, not NLM
        log.error("PMID %s was fetched and cannot be kept: %s", pmid, fault)
        return "failed"


def _put(pmid: int, xml: bytes) -> str | None:
    """Apply the record as a file of its own; None where the article is here now."""
    spool = settings.DATA_DIR / "spool"
    spool.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=spool, prefix="fetched-") as folder:
        path = Path(folder) / f"{AppliedFile.FETCHED}{pmid}.xml"
        path.write_bytes(xml)
        loading = Loading(
            spool=Path(folder),
            workers=1,
            scope=site_scope(),
            models=settings.DATA_DIR / MODELS,
        )
        with transaction.atomic():  # never for a moment is it news
            [outcome] = ingest([path], loading)
            if outcome.applied is not None:
                revision = outcome.applied.revision
                new = Row.objects.filter(pk=pmid, first_revision=revision)
                new.update(first_revision=0)
    if _is_here(pmid):
        return None
    left_out = outcome.applied is not None and outcome.applied.out_of_scope
    return "left out" if left_out else "set aside"


def _is_here(pmid: int) -> bool:
    return Row.objects.filter(pk=pmid, live=True).exists()


def _remember(pmid: int, outcome: str) -> None:
    """Keep the answer for as long as it is likely to stay the same."""
    row = AskedNumber.objects.get_or_create(
        pk=pmid, defaults={"again_at": timezone.now()}
    )[0]
    if outcome == "failed":
        lasts = min(FIRST_FAILURE_FOR * 2 ** min(row.failures, 10), LONGEST_FAILURE_FOR)
        row.failures = min(row.failures + 1, 1_000)
    else:
        lasts = SOON_GIVEN_OUT_FOR if pmid > _greatest() else ABSENT_FOR
        row.failures = 0
    row.outcome, row.again_at = outcome, timezone.now() + lasts
    row.save()
