"""Make a reader's next issue, and make a stored one again.

An issue is chosen by pure functions from what was first received since the last
one, and stored whole in one transaction with all that chose it. Nothing it
shows was in an earlier issue of this reader. Where nothing is new, none is made.
"""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from msgspec import Struct
from msgspec.structs import replace as changed

from ownjournal.catalogue import store
from ownjournal.issues import mail, news, snapshots, traces
from ownjournal.issues.models import Issue, IssueArticle, IssueNotice
from ownjournal.issues.pools import Batch, Pools, Window
from ownjournal.pubmed.citation import heading
from ownjournal.pubmed.markup import plain
from ownjournal.ranking.duplicates import Trace
from ownjournal.ranking.issue import RULES_VERSION, Chosen, Composition, compose
from ownjournal.ranking.muted import muted_rows
from ownjournal.ranking.pool import Pool
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

    def composed(self) -> Composition:
        """Choose; pure."""
        return compose(
            self.pool,
            self.wishes.interests,
            already_shown=self.already_shown,
            traces=self.traces,
            length=self.length,
        )

    @property
    def pool(self) -> Pool:
        """The batch's, in which what the reader mutes cannot be chosen."""
        pool = self.batch.pool
        muted = muted_rows(pool, self.wishes.muted)
        return replace(pool, allowed=pool.allowed & ~muted) if muted.any() else pool


class _Made(Struct, frozen=True):
    """All that goes into one issue."""

    given: Given
    composition: Composition
    notices: tuple[news.Notice, ...]


def compile_issue(
    reader: Reader,
    *,
    now: datetime,
    length: int | None = None,
    pools: Pools | None = None,
) -> Issue | None:
    """The reader's next issue, stored; None where there is nothing new.

    It has at most `length` articles, or as many as its reader set. Two at once
    make one: the second gives back what the first has stored. Whoever compiles
    for many readers gives the same `pools` each time.
    """
    previous = reader.issues.first()
    made = _make(reader, given(reader, now=now, length=length, pools=pools))
    if not made.composition.chosen and not made.notices:
        return None
    number = 1 if previous is None else previous.number + 1
    try:
        with transaction.atomic():
            return _store(reader, number, made, now=now)
    except IntegrityError:
        return Issue.objects.get(reader=reader, number=number)


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
    pools = pools or Pools()
    window = next_window(reader.issues.first(), now=now, pools=pools)
    batch = pools.of(window)
    wishes = wishes_of(reader, batch.matching, now)
    here = wishes.known.intersection(batch.pool.row_of)  # what is kept stays small
    wishes = changed(wishes, known=here)
    return _given(reader, batch, wishes, length or reader.issue_length)


def given_again(issue: Issue, pools: Pools | None = None) -> Given:
    """What a stored issue was chosen from.

    Raises CannotRecompile when the rules are others now, or when one of the
    articles it chose from has changed in the catalogue since.
    """
    if issue.rules_version != RULES_VERSION:
        raise CannotRecompile(
            f"It was made by rules {issue.rules_version}; these are {RULES_VERSION}."
        )
    window = Window(issue.after_revision, issue.up_to_revision)
    again = (pools or Pools()).of(window)
    if again.digest != issue.pool_digest:
        raise CannotRecompile(
            "Among the articles it was chosen from, some have changed since."
        )
    wishes = snapshots.wishes_of(issue.interests)
    return _given(issue.reader, again, wishes, issue.length, before=issue.number)


def _given(
    reader: Reader,
    batch: Batch,
    wishes: Wishes,
    length: int,
    before: int | None = None,
) -> Given:
    """With what the reader's issues have shown, all of them or those before one."""
    known = traces.of_reader(reader, before=before)
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


def next_window(previous: Issue | None, *, now: datetime, pools: Pools) -> Window:
    """What an issue made now would be chosen from.

    A first issue looks back 30 days; where nothing came in them, on all there is.
    """
    if previous is not None:
        return Window(previous.up_to_revision, store.revision())
    window = Window(*store.window(FIRST_DAYS, now=now))
    if window.after < window.up_to and len(pools.of(window).pool):
        return window
    return Window(0, window.up_to)


def _make(reader: Reader, given: Given) -> _Made:
    window = given.batch.window
    found = news.notices(reader, window.after, window.up_to)
    return _Made(given, given.composed(), found)


def _store(reader: Reader, number: int, made: _Made, *, now: datetime) -> Issue:
    fresh, batch = store.freshness(), made.given.batch
    issue = Issue.objects.create(
        reader=reader,
        number=number,
        compiled_at=now,
        after_revision=batch.window.after,
        up_to_revision=batch.window.up_to,
        considered=made.composition.considered,
        pool_digest=batch.digest,
        interests=snapshots.keep(reader, made.given.wishes),
        length=made.given.length,
        rules_version=made.composition.rules_version,
        newest_file=fresh.newest_file,
        newest_file_at=fresh.applied_at,
        missing_files=list(fresh.missing),
    )
    IssueArticle.objects.bulk_create(_articles(issue, made))
    IssueNotice.objects.bulk_create(_notices(issue, made))
    mail.put(issue)
    return issue


def _articles(issue: Issue, made: _Made) -> list[IssueArticle]:
    kept = store.get_many([each.pmid for each in made.composition.chosen])
    placed = enumerate(made.composition.chosen, start=1)
    return [
        _article(issue, made.given, kept[choice.pmid], place, choice)
        for place, choice in placed
    ]


def _article(
    issue: Issue, given: Given, kept: store.Kept, position: int, choice: Chosen
) -> IssueArticle:
    title = heading(kept.article)
    names = {each.key: each.name for each in given.wishes.interests}
    return IssueArticle(
        issue=issue,
        position=position,
        pmid=choice.pmid,
        title=plain(title) if title else f"PMID {choice.pmid}",
        slot=choice.slot,
        interest_key=choice.interest,
        interest_name=names.get(choice.interest) if choice.interest else None,
        relevance=choice.relevance,
        quality=choice.quality,
        significance=choice.significance,
        terms=list(choice.terms),
        nearest_seed=choice.nearest_seed,
        why=choice.why,
        integrity=kept.appraisal.integrity,
        propensity=choice.propensity,
        trace=traces.packed(choice.pmid, given.batch.pool),
    )


def _notices(issue: Issue, made: _Made) -> list[IssueNotice]:
    return [
        IssueNotice(
            issue=issue,
            pmid=each.pmid,
            title=each.title,
            shown_in=each.shown_in,
            integrity=each.integrity,
            reason=each.reason,
        )
        for each in made.notices
    ]
