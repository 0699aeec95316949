"""Make a reader's next issue, and make a stored one again.

An issue is chosen by pure functions from what was first received since the last
one, and stored whole in one transaction with all that chose it. Nothing it
shows was in an earlier issue of this reader. Where nothing is new, none is made.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from msgspec import Struct

from ownjournal.appraisal.designs import design_named
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.catalogue import store
from ownjournal.issues import news, snapshots
from ownjournal.issues.models import Issue, IssueArticle, IssueNotice
from ownjournal.issues.pools import Batch, Pools, Window
from ownjournal.pubmed.citation import heading
from ownjournal.pubmed.markup import plain
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import RULES_VERSION, Chosen, Composition, compose
from ownjournal.readers.interests import of_reader
from ownjournal.readers.models import Reader

LENGTH = 12  # articles, at most
FIRST_DAYS = 30  # what a first issue looks back on


class CannotRecompile(Exception):
    """What the issue was made from is no longer as it was; the message says what."""


class _Made(Struct, frozen=True):
    """All that goes into one issue."""

    batch: Batch
    interests: tuple[Interest, ...]
    composition: Composition
    notices: tuple[news.Notice, ...]


def compile_issue(
    reader: Reader, *, now: datetime, length: int = LENGTH, pools: Pools | None = None
) -> Issue | None:
    """The reader's next issue, stored; None where there is nothing new.

    Two at once make one: the second gives back what the first has stored.
    Whoever compiles for many readers gives the same `pools` each time.
    """
    pools = pools or Pools()
    previous = reader.issues.first()
    window = next_window(previous, now=now, pools=pools)
    made = _make(reader, pools.of(window), length)
    if not made.composition.chosen and not made.notices:
        return None
    number = 1 if previous is None else previous.number + 1
    try:
        with transaction.atomic():
            return _store(reader, number, made, now=now, length=length)
    except IntegrityError:
        return Issue.objects.get(reader=reader, number=number)


def recompile(issue: Issue) -> tuple[Chosen, ...]:
    """Choose again from what the issue was chosen from; equals `chosen(issue)`.

    Raises CannotRecompile when the rules are others now, or when one of the
    articles it chose from has changed in the catalogue since.
    """
    if issue.rules_version != RULES_VERSION:
        raise CannotRecompile(
            f"It was made by rules {issue.rules_version}; these are {RULES_VERSION}."
        )
    again = Pools().of(Window(issue.after_revision, issue.up_to_revision))
    if again.digest != issue.pool_digest:
        raise CannotRecompile(
            "Among the articles it was chosen from, some have changed since."
        )
    interests = snapshots.interests_of(issue.interests)
    return compose(
        again.pool,
        interests,
        already_shown=_known(issue.reader, interests, before=issue.number),
        length=issue.length,
    ).chosen


def explain(reader: Reader, pmid: int) -> list[str]:
    """Why this reader was shown an article, or not: sentences, the chief one first.

    Raises LookupError where nothing is known of it.
    """
    shown = IssueArticle.objects.filter(issue__reader=reader, pmid=pmid)
    lines = [
        f"It is number {row.position} in issue {row.issue.number}: {row.why}"
        for row in shown.select_related("issue")
    ]
    kept = store.get(pmid)
    if kept is None:
        gone = store.tombstone(pmid)
        if gone is None:
            raise LookupError(f"No article with PMID {pmid} is here.")
        return [*lines, gone.reason]
    return [*(lines or [_why_not(reader, kept)]), *_worth(kept.appraisal)]


def _why_not(reader: Reader, kept: store.Kept) -> str:
    received, pools = kept.first_revision, Pools()
    if not received:
        return "It was fetched by its number; issues choose from what NLM sends."
    considered = reader.issues.filter(
        after_revision__lt=received, up_to_revision__gte=received
    ).first()
    if considered is not None:
        window = Window(considered.after_revision, considered.up_to_revision)
        if kept.article.pmid not in pools.of(window).pool.row_of:
            return "It was old when it came in, and issues choose from new articles."
        return (
            f"It was considered for issue {considered.number} with "
            f"{considered.considered:,} others; those chosen stood higher."
        )
    now = timezone.now()
    window = next_window(reader.issues.first(), now=now, pools=pools)
    if not window.after < received <= window.up_to:
        return "It came in before the first issue of this reader looked back."
    made = _make(reader, pools.of(window), LENGTH)
    for each in made.composition.chosen:
        if each.pmid == kept.article.pmid:
            return f"It would be in an issue made now: {each.why}"
    return "An issue made now would not have it: others stand higher."


def _worth(appraisal: Appraisal) -> Iterator[str]:
    yield f"Design: {design_named(appraisal.design).name}. {appraisal.design_reason}"
    yield appraisal.level_reason
    for name, total, parts in (
        ("Quality", appraisal.quality, appraisal.quality_parts),
        ("Significance", appraisal.significance, appraisal.significance_parts),
    ):
        sums = "; ".join(f"{part.name} {part.points:+d}" for part in parts)
        yield f"{name} {total} of 100: {sums}."


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


def _make(reader: Reader, batch: Batch, length: int) -> _Made:
    interests = of_reader(reader, batch.matching)
    composition = compose(
        batch.pool, interests, already_shown=_known(reader, interests), length=length
    )
    found = news.notices(reader, batch.window.after, batch.window.up_to)
    return _Made(batch, interests, composition, found)


def _known(
    reader: Reader, interests: Sequence[Interest], before: int | None = None
) -> frozenset[int]:
    """PMIDs of the reader's issues, all or those before a number, and of the seeds."""
    rows = IssueArticle.objects.filter(issue__reader=reader)
    if before is not None:
        rows = rows.filter(issue__number__lt=before)
    seeds = (seed.pmid for interest in interests for seed in interest.seeds)
    return frozenset(rows.values_list("pmid", flat=True)) | frozenset(seeds)


def _store(
    reader: Reader, number: int, made: _Made, *, now: datetime, length: int
) -> Issue:
    fresh = store.freshness()
    issue = Issue.objects.create(
        reader=reader,
        number=number,
        compiled_at=now,
        after_revision=made.batch.window.after,
        up_to_revision=made.batch.window.up_to,
        considered=made.composition.considered,
        pool_digest=made.batch.digest,
        interests=snapshots.keep(reader, made.interests),
        length=length,
        rules_version=made.composition.rules_version,
        newest_file=fresh.newest_file,
        newest_file_at=fresh.applied_at,
        missing_files=list(fresh.missing),
    )
    IssueArticle.objects.bulk_create(_articles(issue, made))
    IssueNotice.objects.bulk_create(_notices(issue, made))
    return issue


def _articles(issue: Issue, made: _Made) -> list[IssueArticle]:
    names = {each.key: each.name for each in made.interests}
    kept = store.get_many([each.pmid for each in made.composition.chosen])
    placed = enumerate(made.composition.chosen, start=1)
    return [_article(issue, names, kept, place, choice) for place, choice in placed]


def _article(
    issue: Issue,
    names: dict[str, str],
    kept: dict[int, store.Kept],
    position: int,
    choice: Chosen,
) -> IssueArticle:
    title = heading(kept[choice.pmid].article)
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
        integrity=kept[choice.pmid].appraisal.integrity,
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
