"""Store issues: those of many readers in one transaction, each with its reasons."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime

from django.db import connection
from msgspec import Struct

from ownjournal.catalogue import store
from ownjournal.catalogue.lead_notes import LeadNote
from ownjournal.issues import mail, snapshots, traces
from ownjournal.issues.models import InterestSnapshot, Issue, IssueNotice
from ownjournal.issues.news import Notice
from ownjournal.issues.pools import Batch, Seen
from ownjournal.notes.leading import lead_notes
from ownjournal.pubmed.citation import heading
from ownjournal.pubmed.markup import plain
from ownjournal.ranking.issue import Chosen, Composition
from ownjournal.readers.interests import Wishes
from ownjournal.readers.models import Reader

INSERT_ARTICLE = """
    INSERT INTO issues_issuearticle (issue_id, position, pmid, title, slot,
        interest_key, interest_name, relevance, quality, significance, terms,
        nearest_seed, why, integrity, propensity, trace, note, note_version)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
"""Rows and not models, which would cost a tenth of all that an issue does."""

Values = tuple[int | float | str | bytes | None, ...]


class Made(Struct, frozen=True):
    """All that goes into one issue."""

    reader: Reader
    number: int
    period: str | None
    makes_up_since: datetime | None
    batch: Batch
    wishes: Wishes
    length: int
    composition: Composition
    notices: tuple[Notice, ...]
    mailed: bool

    def chosen(self) -> tuple[Chosen, ...]:
        """Its articles, in their order."""
        return self.composition.chosen


def store_all(several: Sequence[Made], *, now: datetime) -> list[Issue]:
    """Their issues in this order, in the caller's transaction.

    Raises IntegrityError where one of them was made by somebody else meanwhile.
    """
    fresh = store.freshness()
    kept = snapshots.keep_all([(made.reader, made.wishes) for made in several])
    issues = Issue.objects.bulk_create(
        _issue(made, snapshot, fresh, now)
        for made, snapshot in zip(several, kept, strict=True)
    )
    pairs = list(zip(issues, several, strict=True))
    _see([made for _, made in pairs])
    leads = lead_notes({each.pmid for made in several for each in made.chosen()})
    with closing(connection.cursor()) as cursor:
        rows = (row for issue, made in pairs for row in _articles(issue, made, leads))
        cursor.executemany(INSERT_ARTICLE, list(rows))
    IssueNotice.objects.bulk_create(
        row for issue, made in pairs for row in _notices(issue, made)
    )
    mail.put([issue for issue, made in pairs if made.mailed], due_at=now)
    return issues


def _issue(
    made: Made,
    snapshot: InterestSnapshot,
    fresh: store.Freshness,
    now: datetime,
) -> Issue:
    return Issue(
        reader=made.reader,
        number=made.number,
        compiled_at=now,
        period=made.period,
        makes_up_since=made.makes_up_since,
        after_revision=made.batch.window.after,
        up_to_revision=made.batch.window.up_to,
        considered=made.composition.considered,
        pool_digest=made.batch.digest,
        interests=snapshot,
        length=made.length,
        rules_version=made.composition.rules_version,
        newest_file=fresh.newest_file,
        newest_file_at=fresh.applied_at,
        missing_files=list(fresh.missing),
    )


def _see(several: Sequence[Made]) -> None:
    """Read what is chosen, each article once however many readers get it."""
    for batch, pmids in _unseen(several):
        for pmid, kept in store.get_many(sorted(pmids)).items():
            title = heading(kept.article)
            batch.seen[pmid] = Seen(
                title=plain(title) if title else f"PMID {pmid}",
                integrity=kept.appraisal.integrity,
                trace=traces.packed(pmid, batch.pool),
            )


def _unseen(several: Sequence[Made]) -> list[tuple[Batch, set[int]]]:
    found: dict[int, tuple[Batch, set[int]]] = {}
    for made in several:
        pmids = {choice.pmid for choice in made.chosen()}
        _, wanted = found.setdefault(id(made.batch), (made.batch, set()))
        wanted |= pmids - made.batch.seen.keys()
    return list(found.values())


def _articles(
    issue: Issue, made: Made, leads: Mapping[int, LeadNote]
) -> Iterator[Values]:
    names = {each.key: each.name for each in made.wishes.interests}
    for position, choice in enumerate(made.chosen(), start=1):
        seen, lead = made.batch.seen[choice.pmid], leads.get(choice.pmid)
        note = (None, None) if lead is None else (lead.id, lead.version)
        yield *_article(issue, seen, position, choice, names), *note


def _article(
    issue: Issue, seen: Seen, position: int, choice: Chosen, names: dict[str, str]
) -> Values:
    """The values of a row, in the order of INSERT_ARTICLE, but for its note."""
    return (
        issue.pk,
        position,
        choice.pmid,
        seen.title,
        choice.slot,
        choice.interest,
        names.get(choice.interest) if choice.interest else None,
        choice.relevance,
        choice.quality,
        choice.significance,
        json.dumps(choice.terms),
        choice.nearest_seed,
        choice.why,
        seen.integrity,
        choice.propensity,
        seen.trace,
    )


def _notices(issue: Issue, made: Made) -> Iterator[IssueNotice]:
    for each in made.notices:
        yield IssueNotice(
            issue=issue,
            pmid=each.pmid,
            title=each.title,
            shown_in=each.shown_in,
            noted=each.noted,
            integrity=each.integrity,
            reason=each.reason,
        )
