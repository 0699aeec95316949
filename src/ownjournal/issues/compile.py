"""Make a reader's next issue, and make a stored one again.

An issue is chosen by pure functions from what was first received since the last
one, and stored whole in one transaction with all that chose it. Nothing it
shows was in an earlier issue of this reader. Where nothing is new, none is made.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from django.db import IntegrityError, transaction
from django.db.models import Q
from msgspec import Struct
from msgspec.structs import replace as changed

from ownjournal.catalogue import store
from ownjournal.issues import history, news, snapshots, traces
from ownjournal.issues.history import History
from ownjournal.issues.models import Issue
from ownjournal.issues.pools import Batch, Pools, Window
from ownjournal.issues.storing import Made, store_all
from ownjournal.ranking.duplicates import Trace
from ownjournal.ranking.issue import RULES_VERSION, Chosen, Composition, compose
from ownjournal.ranking.many import standings
from ownjournal.ranking.muted import muted_rows
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.standing import Standing
from ownjournal.readers.interests import Wishes, wishes_of
from ownjournal.readers.models import Reader

FIRST_DAYS = 30  # what a first issue looks back on


class CannotRecompile(Exception):
    """What the issue was made from is no longer as it was; the message says what."""


class Given(Struct, frozen=True):
    """What an issue is chosen from; the same gives the same issue."""

    batch: Batch
    wishes: Wishes
    already_shown: frozenset[int]  # PMIDs, with those of seeds and of what is known
    traces: tuple[Trace, ...]
    length: int

    def composed(self, view: Standing | None = None) -> Composition:
        """Choose; pure. `view` is that of the whole batch, if it is at hand."""
        pool = self.pool
        if view is not None and pool is not self.batch.pool:
            sound = view.sound & pool.allowed
            view = replace(view, allowed=pool.allowed, sound=sound)
        return compose(
            pool,
            self.wishes.interests,
            already_shown=self.already_shown,
            traces=self.traces,
            length=self.length,
            view=view,
        )

    @property
    def pool(self) -> Pool:
        """The batch's, in which what the reader mutes cannot be chosen."""
        pool = self.batch.pool
        muted = muted_rows(pool, self.wishes.muted)
        return replace(pool, allowed=pool.allowed & ~muted) if muted.any() else pool


class Wanted(Struct, frozen=True):
    """An issue to make."""

    reader: Reader
    period: str | None = None  # None: out of turn
    makes_up_since: datetime | None = None  # where earlier ones were missed
    length: int | None = None  # articles at most; None: as the reader set
    mailed: bool = True  # False: the reader has it on the screen


class Outcome(Struct, frozen=True):
    """What became of it: an issue, or nothing new, or a fault."""

    reader: Reader
    issue: Issue | None = None
    fault: Exception | None = None


class _Begun(Struct, frozen=True):
    """An issue whose articles are still to be chosen."""

    wanted: Wanted
    number: int
    given: Given


def compile_issue(
    reader: Reader,
    *,
    now: datetime,
    length: int | None = None,
    pools: Pools | None = None,
    mailed: bool = True,
) -> Issue | None:
    """The reader's next issue out of turn, stored; None where there is nothing new.

    It has at most `length` articles, or as many as its reader set, and goes out by
    mail unless it is not `mailed`, as its reader is looking at it. Two at once
    make one: the second gives back what the first has stored. Whoever compiles
    for many readers gives the same `pools` each time.
    """
    wanted = Wanted(reader, length=length, mailed=mailed)
    [outcome] = compile_several([wanted], now=now, pools=pools or Pools())
    if outcome.fault is not None:
        raise outcome.fault
    return outcome.issue


def compile_several(
    wanted: Sequence[Wanted], *, now: datetime, pools: Pools
) -> list[Outcome]:
    """The issues of some readers, in their order, stored in one transaction.

    What they are chosen from is read and scored together, with the same outcome as
    one by one. One reader's fault is not the others'.
    """
    outcomes = {each.reader.pk: Outcome(each.reader) for each in wanted}
    readers = [each.reader for each in wanted]
    earlier = history.of_readers(readers)
    pools.at_hand.read(readers)
    windows = _windows(now, pools)
    begun = []
    for each in wanted:
        try:
            begun.append(_begin(each, earlier[each.reader.pk], now, pools, windows))
        except Exception as fault:
            outcomes[each.reader.pk] = Outcome(each.reader, fault=fault)
    for issue in _stored(_made(begun, pools), now):
        outcomes[issue.reader_id] = Outcome(issue.reader, issue)
    return list(outcomes.values())


def _begin(
    wanted: Wanted,
    earlier: History,
    now: datetime,
    pools: Pools,
    windows: "_Windows",
) -> _Begun:
    newest = earlier.newest
    after = None if newest is None else newest.up_to_revision
    window = windows(after, wanted.makes_up_since is not None)
    given = _given_now(wanted, pools.of(window), earlier, now, pools)
    number = 1 if earlier.newest is None else earlier.newest.number + 1
    return _Begun(wanted, number, given)


def _made(begun: Sequence[_Begun], pools: Pools) -> list[Made]:
    """Choose; what has neither articles nor news is left out."""
    found = news.of_several(
        [
            (
                each.wanted.reader,
                each.given.batch.window.after,
                each.given.batch.window.up_to,
            )
            for each in begun
        ],
        pools.linked,
    )
    composed = _composed([each.given for each in begun])
    return [
        Made(
            reader=each.wanted.reader,
            number=each.number,
            period=each.wanted.period,
            makes_up_since=each.wanted.makes_up_since,
            batch=each.given.batch,
            wishes=each.given.wishes,
            length=each.given.length,
            composition=composition,
            notices=notices,
            mailed=each.wanted.mailed,
        )
        for each, composition, notices in zip(begun, composed, found, strict=True)
        if composition.chosen or notices
    ]


def _composed(several: Sequence[Given]) -> list[Composition]:
    """Choose for some readers; those of one pool are scored together."""
    found: dict[int, Composition] = {}
    places = range(len(several))
    for window in dict.fromkeys(each.batch.window for each in several):
        same = [place for place in places if several[place].batch.window == window]
        batch = several[same[0]].batch
        models = [batch.models_of(several[n].wishes.interests) for n in same]
        for place, view in zip(same, standings(batch.pool, models), strict=True):
            found[place] = several[place].composed(view)
    return [found[place] for place in places]


def _stored(several: Sequence[Made], now: datetime) -> list[Issue]:
    """All at once, or, where one is there already, one by one."""
    try:
        with transaction.atomic():
            return store_all(several, now=now)
    except IntegrityError:
        alone = [_stored_alone(made, now) for made in several]
        return [issue for issue in alone if issue is not None]


def _stored_alone(made: Made, now: datetime) -> Issue | None:
    """The one there was where it was made already; None of a reader who has left."""
    try:
        with transaction.atomic():
            [issue] = store_all([made], now=now)
            return issue
    except IntegrityError:
        same = Q(number=made.number)
        if made.period is not None:
            same |= Q(period=made.period)
        there = Issue.objects.filter(same, reader=made.reader).order_by("number")
        found = there.first()
        if found is not None:
            found.reader = made.reader
        return found


def recompile(issue: Issue) -> tuple[Chosen, ...]:
    """Choose again from what the issue was chosen from; equals `chosen(issue)`.

    Raises CannotRecompile, see `given_again`.
    """
    return given_again(issue).composed().chosen


def given(
    reader: Reader,
    *,
    now: datetime,
    length: int | None = None,
    pools: Pools | None = None,
) -> Given:
    """What an issue made now would be chosen from."""
    earlier = history.of_readers([reader])[reader.pk]
    wanted, pools = Wanted(reader, length=length), pools or Pools()
    return _begin(wanted, earlier, now, pools, _windows(now, pools)).given


def _given_now(
    wanted: Wanted, batch: Batch, earlier: History, now: datetime, pools: Pools
) -> Given:
    reader = wanted.reader
    wishes = wishes_of(
        reader, batch.matching, now, at_hand=pools.at_hand, shown=earlier.shown
    )
    here = (pmid for pmid in wishes.known if pmid in batch.pool.row_of)
    wishes = changed(wishes, known=frozenset(here))  # what is kept stays small
    length = wanted.length or reader.issue_length
    return _given(batch, wishes, length, earlier.traces)


def given_again(issue: Issue, pools: Pools | None = None) -> Given:
    """What a stored issue was chosen from.

    Raises CannotRecompile when the rules are others now, or when one of the
    articles it chose from has changed in the catalogue since.
    """
    if issue.rules_version != RULES_VERSION:
        raise CannotRecompile(
            f"It was made by rules {issue.rules_version}; these are {RULES_VERSION}."
        )
    best = issue.makes_up_since is not None
    window = Window(issue.after_revision, issue.up_to_revision, best)
    again = (pools or Pools()).of(window)
    if again.digest != issue.pool_digest:
        raise CannotRecompile(
            "Among the articles it was chosen from, some have changed since."
        )
    wishes = snapshots.wishes_of(issue.interests)
    known = traces.of_reader(issue.reader, before=issue.number)
    return _given(again, wishes, issue.length, known)


def _given(
    batch: Batch, wishes: Wishes, length: int, known: tuple[Trace, ...]
) -> Given:
    """With what the reader's issues have shown before."""
    named = {article.pmid for each in wishes.interests for article in each.articles()}
    shown = wishes.known.union(named, (each.pmid for each in known))
    return Given(batch, wishes, shown, known, length)


def chosen(issue: Issue) -> tuple[Chosen, ...]:
    """What was chosen, from its rows."""
    return tuple(
        Chosen(
            pmid=row.pmid,
            slot=row.slot,
            interest=row.interest_key,
            relevance=row.relevance,
            quality=row.quality,
            significance=row.significance,
            terms=tuple(row.terms),
            nearest_seed=row.nearest_seed,
            why=row.why,
            propensity=row.propensity,
        )
        for row in issue.articles.all()
    )


def next_window(
    previous: Issue | None, *, now: datetime, pools: Pools, best: bool = False
) -> Window:
    """What an issue made now would be chosen from.

    A first issue looks back 30 days; where nothing came in them, on all there is.
    """
    after = None if previous is None else previous.up_to_revision
    return _windows(now, pools)(after, best)


_Windows = Callable[[int | None, bool], Window]
"""From the last revision that the reader's issues know, None before the first, and
whether the best count, to what is next."""


def _windows(now: datetime, pools: Pools) -> _Windows:
    """Those of one moment, each worked out once."""
    return cache(lambda after, best: _window(after, best, now, pools))


def _window(after: int | None, best: bool, now: datetime, pools: Pools) -> Window:
    if after is not None:
        return Window(after, store.revision(), best)
    window = Window(*store.window(FIRST_DAYS, now=now))
    if window.after < window.up_to and len(pools.of(window).pool):
        return window
    return Window(0, window.up_to)
