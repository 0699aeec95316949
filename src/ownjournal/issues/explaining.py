"""Why a reader was shown an article, or not: the whole arithmetic.

Of a stored issue everything is worked out again from what was stored, by the
calls that made it. Where that is no longer possible, since the rules or the
articles have changed, the facts stored with the choice are told, and why there
are no more.
"""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from ownjournal.appraisal.verdict import Appraisal, ScorePart
from ownjournal.catalogue import store
from ownjournal.issues.compile import (
    CannotRecompile,
    Given,
    given,
    given_again,
    next_window,
)
from ownjournal.issues.models import Issue, IssueArticle
from ownjournal.issues.pools import Pools
from ownjournal.pubmed.citation import heading
from ownjournal.pubmed.markup import plain
from ownjournal.ranking import explain as ranking
from ownjournal.ranking.explain import Part
from ownjournal.ranking.muted import is_muted
from ownjournal.readers.models import Reader

MUTED = "The reader mutes its topic, its journal, an author or words of it."


def explain(reader: Reader, pmid: int) -> tuple[Part, ...]:
    """How this reader's issues dealt with an article: parts in reading order.

    Raises LookupError where nothing is known of it, and IndexUnusable as
    `of_reader` does.
    """
    rows = IssueArticle.objects.filter(issue__reader=reader, pmid=pmid)
    row = rows.select_related("issue").first()
    kept = store.get(pmid)
    if kept is None:
        return _of_what_is_gone(pmid, row)
    title = heading(kept.article)
    return (
        Part(f"PMID {pmid}", (plain(title) if title else "It has no title.",)),
        Part("Appraisal", tuple(_appraisal(kept.appraisal))),
        *(_of_a_row(row) if row else _not_shown(reader, kept)),
    )


def _of_what_is_gone(pmid: int, row: IssueArticle | None) -> tuple[Part, ...]:
    gone = store.tombstone(pmid)
    if gone is None:
        raise LookupError(f"No article with PMID {pmid} is here.")
    told = Part(f"PMID {pmid}", (gone.reason,))
    return (told, *_of_a_row(row)) if row else (told,)


# Appraisal


def _appraisal(appraisal: Appraisal) -> Iterator[str]:
    yield f"Design: {appraisal.design_name}. {appraisal.design_reason}"
    if appraisal.design_probability is not None:
        yield f"  {'probability of the design':<44} {appraisal.design_probability:8.3f}"
    yield appraisal.level_reason
    yield from _summed("quality", appraisal.quality, appraisal.quality_parts)
    yield from _summed(
        "significance", appraisal.significance, appraisal.significance_parts
    )
    if appraisal.integrity_reason is not None:
        yield appraisal.integrity_reason


def _summed(name: str, total: int, parts: Sequence[ScorePart]) -> Iterator[str]:
    """A table of points; the sum may stop at 0 or 100."""
    for part in parts:
        yield f"  {part.name[:43]:<44} {part.points:+8d}"
    yield f"  {name:<44} {total:8d}"


# Choice


def _of_a_row(row: IssueArticle) -> tuple[Part, ...]:
    """Of an article that an issue shows."""
    issue = row.issue
    told = f"It is number {row.position} in issue {issue.number}. {row.why}"
    return (Part(_name(issue), (told,)), *_again(issue, row.pmid, row))


def _not_shown(reader: Reader, kept: store.Kept) -> tuple[Part, ...]:
    received = kept.first_revision
    if not received:
        line = "It was fetched by its number; issues choose from what NLM sends."
        return (Part("Issues", (line,)),)
    issue = reader.issues.filter(
        after_revision__lt=received, up_to_revision__gte=received
    ).first()
    if issue is None:
        return _now(reader, kept)
    told = (
        f"It came in for issue {issue.number}, which considered "
        f"{issue.considered:,} articles and does not show it."
    )
    return (Part(_name(issue), (told,)), *_again(issue, kept.article.pmid))


def _again(
    issue: Issue, pmid: int, row: IssueArticle | None = None
) -> tuple[Part, ...]:
    try:
        return _arithmetic(given_again(issue), pmid)
    except CannotRecompile as error:
        lines = (str(error), *(_stored(row) if row else ()))
        return (Part("As it was stored", lines),)


def _stored(row: IssueArticle) -> Iterator[str]:
    """What the choice was stored with."""
    yield f"It was chosen as {ranking.NAMES[row.slot]}."
    if row.interest_name is not None:
        yield f"“{row.interest_name}” spoke for it: relevance {row.relevance:.3f}."
    yield f"It had quality {row.quality} and significance {row.significance}."
    if row.terms:
        yield f"Its strongest terms: {', '.join(row.terms)}."
    if row.nearest_seed is not None:
        yield f"The nearest of your articles: PMID {row.nearest_seed}."


def _now(reader: Reader, kept: store.Kept) -> tuple[Part, ...]:
    now, pools = timezone.now(), Pools()
    window = next_window(reader.issues.first(), now=now, pools=pools)
    if not window.after < kept.first_revision <= window.up_to:
        line = "It came in before the first issue of this reader looked back."
        return (Part("Issues", (line,)),)
    line = "It has not been in an issue; this is what one made now would do."
    parts = _arithmetic(given(reader, now=now, pools=pools), kept.article.pmid)
    return (Part("The next issue", (line,)), *parts)


def _arithmetic(given: Given, pmid: int) -> tuple[Part, ...]:
    if pmid not in given.batch.pool.row_of:
        line = "It was old when it came in, and issues choose from new articles."
        return (Part("Decision", (line,)),)
    parts = ranking.explain(
        given.pool,
        given.wishes.interests,
        pmid,
        already_shown=given.already_shown,
        traces=given.traces,
        length=given.length,
    )
    if is_muted(
        given.batch.pool.candidates[given.batch.pool.row_of[pmid]], given.wishes.muted
    ):
        return (*parts[:-1], Part("Decision", (MUTED,)))
    return parts


def _name(issue: Issue) -> str:
    return f"Issue {issue.number}, {issue.compiled_at:%Y-%m-%d}"
