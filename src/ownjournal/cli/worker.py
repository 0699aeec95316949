"""`ownjournal worker`."""

import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

import click
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from ownjournal.catalogue import abbreviations, open_copies, vectors, yields
from ownjournal.catalogue.ingest import Outcome
from ownjournal.catalogue.models import Sync
from ownjournal.catalogue.syncing import keeps_everything
from ownjournal.catalogue.visiting import Stopped, was_cut_off
from ownjournal.catalogue.working import Beat
from ownjournal.cli.index import bring_up_to_date
from ownjournal.cli.loading import line
from ownjournal.cli.sync import told, visit_nlm
from ownjournal.cli.telling import tell
from ownjournal.collections import forgetting, watching
from ownjournal.issues.making import make_due
from ownjournal.notes import outdated
from ownjournal.notes.erasing import erase_deleted
from ownjournal.notes.pictures.keeping import forget_files, forget_unused
from ownjournal.pubmed.plan import Published
from ownjournal.readers.forgetting import forget
from ownjournal.readers.leaving import exporting, farewell, scrubbing
from ownjournal.readers.post.loop import mail_leaves, send_all
from ownjournal.search.index import IndexBusy
from ownjournal.site.moving.halting import why_read_only

PAUSE_SECONDS = 30.0
TRY_AGAIN = timedelta(hours=1)  # after a visit to NLM that failed
BEAT = Beat()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
def command(once: bool) -> None:
    """Do what is due: fetch NLM's files each day, index, compile issues, send mail.

    Mail is sent beside the other work; what somebody waits for leaves in seconds.
    Where it is allowed, free copies of opened articles are looked up as well.
    Any number of workers may run; each piece of work is done by one of them.
    SIGTERM and Ctrl-C end it after the piece in hand. Exit status: 0.

    \b
    Example:
      ownjournal worker
    """
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    farewell.replay()  # the database may be an older one, put back
    if once:
        work(stopping)
        send_all(stopping.is_set)
        _leaving(stopping)  # whose last mail has left now
        return
    with mail_leaves(stopping, lambda: why_read_only() is not None):
        while not stopping.is_set():
            if reason := why_read_only():
                tell(f"Nothing is done. {reason}", err=True)
            else:
                work(stopping)
            stopping.wait(PAUSE_SECONDS)
    BEAT.end()


def work(stopping: threading.Event) -> None:
    """Do all that is due; a fault in one kind of work leaves the others to be done."""
    steps = (
        _sync,
        _index,
        _issues,
        _forget,
        _deleted_notes,
        _leaving,
        _copies,
        _abbreviations,
        _yields,
        _vectors,
        _outdated,
        _collections,
    )
    for step in steps:
        if stopping.is_set():
            return
        try:
            close_old_connections()  # one that the database has ended is made anew
            BEAT.say(timezone.now())
            step(stopping)
        except Stopped:
            return
        except Exception as fault:  # the worker goes on; the log tells the operator
            _say(step.__name__[1:], fault)


def sync_is_due(now: datetime, last: Sync | None, daily_at: time) -> bool:
    """Whether today's hour has come and NLM was not asked since; all in UTC.

    A visit that failed is tried again an hour later, one that was cut off as soon as
    that is known. One that began later than now was made while the clock was ahead,
    and counts as none.
    """
    hour = datetime.combine(now.astimezone(UTC).date(), daily_at, tzinfo=UTC)
    if last is not None and last.started_at > now:
        last = None
    if now < hour or last is None or last.started_at < hour:
        return now >= hour
    failed = last.problem is not None and now >= last.started_at + TRY_AGAIN
    return failed or was_cut_off(last, now)


def _say(what: str, fault: Exception) -> None:
    tell(f"{what}: {type(fault).__name__}: {fault}", err=True)


class _Log:
    """A watcher that writes a line for each file, and ends the visit when told to.

    What was fetched is resumed the next time, and what was applied stays.
    """

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping

    def planned(self, files: Sequence[Published]) -> None:
        tell(f"sync: {len(files)} files to fetch")

    def fetched(self, file: Published, done: int, total: int | None) -> None:
        self.wait(0)

    def finished(self, outcome: Outcome) -> None:
        tell(f"sync: {line(outcome)}")
        self.wait(0)

    def wait(self, seconds: float) -> None:
        """Sleep between two tries; raises Stopped as soon as the worker is to end."""
        BEAT.say(timezone.now())
        if self._stopping.wait(seconds):
            raise Stopped


def _sync(stopping: threading.Event) -> None:
    last = Sync.objects.order_by("-pk").first()
    if not sync_is_due(timezone.now(), last, settings.SYNC_DAILY_AT):
        return
    log = _Log(stopping)
    newest = None if keeps_everything() else settings.SYNC_FILES
    visit = visit_nlm(log, newest, sleep=log.wait)
    for sentence in told(visit):
        tell(f"sync: {sentence}")


def _index(stopping: threading.Event) -> None:
    with suppress(IndexBusy):  # whoever is writing brings it up to date
        bring_up_to_date()


def _issues(stopping: threading.Event) -> None:
    for made in make_due(stopping.is_set):
        if made.fault is not None:  # one reader's fault is not the others'
            _say(f"issue of reader {made.reader.pk}", made.fault)
        elif made.issue is not None:
            number = made.issue.number
            tell(f"issues: reader {made.reader.pk} has issue {number}")


def _forget(stopping: threading.Event) -> None:
    now = timezone.now()
    forget(now)
    if gone := forget_unused(now):
        tell(f"forget: {gone} pictures that no note shows")
    forget_files(now)


def _deleted_notes(stopping: threading.Event) -> None:
    erase_deleted(timezone.now())


def _leaving(stopping: threading.Event) -> None:
    """Exports that wait, readers who leave, and what they leave behind."""
    now = timezone.now()
    exporting.forget_old(now)
    while not stopping.is_set() and exporting.make_waiting(now):
        tell("leaving: an export is made")
    if gone := farewell.see_off(now):
        tell(f"leaving: {gone} readers erased")
    if scrubbing.is_due():
        scrubbing.scrub()


def _copies(stopping: threading.Event) -> None:
    asked = open_copies.look_up(stopped=stopping.is_set, wait=stopping.wait)
    if asked:
        tell(f"copies: {asked} DOIs looked up")


def _abbreviations(stopping: threading.Event) -> None:
    """One file at a time: nothing waits for it."""
    learned = abbreviations.learn(stopping.is_set)
    if learned.articles:
        tell(f"abbreviations: {learned.articles} articles read")


def _yields(stopping: threading.Event) -> None:
    """One file at a time, too."""
    learned = yields.learn(stopping.is_set)
    if learned.articles:
        tell(f"yields: {learned.articles} articles counted by journal")


def _vectors(stopping: threading.Event) -> None:
    made = vectors.make(stopped=stopping.is_set)
    if made:
        tell(f"vectors: {made} articles read for the order by meaning")


def _collections(stopping: threading.Event) -> None:
    forgetting.forget(timezone.now())
    if news := watching.look():
        tell(f"collections: {news} have news of their articles")


def _outdated(stopping: threading.Event) -> None:
    """After indexing: new reviews are asked for in the index."""
    if marked := outdated.look(timezone.now(), stopping.is_set):
        tell(f"notes: {marked} may be outdated")
