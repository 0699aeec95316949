"""What became of articles that a reader was shown: retracted, corrected, gone.

And cleared: where neither NLM nor the list of retractions says any more what the
reader was told, as after a reinstatement.
"""

from collections.abc import Collection
from contextlib import suppress

from msgspec import Struct

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Article
from ownjournal.issues.models import IssueArticle, IssueNotice
from ownjournal.readers.models import Reader
from ownjournal.search.document import linked
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import And, Or, Term

TAKEN_BACK = "taken-back"  # beside the states of an appraisal's integrity
CLEARED = "cleared"  # beside them, too
GRAVELY_TOLD = GRAVE | {"concern"}
AT_ONCE = 400  # articles in one question
MOST_LINKING = 100  # notices looked at for one question, the newest


class Notice(Struct, frozen=True):
    """News of one article."""

    pmid: int
    title: str
    shown_in: int  # number of the issue that showed it
    integrity: str
    reason: str  # one sentence


class _Told(Struct):
    """The last that the reader knows of an article."""

    title: str
    shown_in: int
    integrity: str | None


def notices(reader: Reader, after: int, up_to: int) -> tuple[Notice, ...]:
    """What changed at revisions `after < r <= up_to`, by PMID.

    Also what only the record of a notice says. Only a status that the reader has
    not been told of, in an issue or in a notice, is news.
    """
    told = _told(reader)
    changed = Article.objects.filter(
        pk__in=told, revision__gt=after, revision__lte=up_to
    )
    pmids = sorted({*changed.values_list("pk", flat=True), *_linked(told)})
    kept = relations.get_many(pmids)
    found = (_notice(pmid, told[pmid], kept.get(pmid)) for pmid in pmids)
    return tuple(each for each in found if each is not None)


def _linked(told: Collection[int]) -> set[int]:
    """Those that a notice in the index links, whenever it came; none without one."""
    found: set[int] = set()
    pmids = sorted(told)
    with suppress(IndexUnusable):
        for start in range(0, len(pmids), AT_ONCE):
            links = [Term(str(pmid), "link") for pmid in pmids[start : start + AT_ONCE]]
            any_of = Or(tuple(links)) if len(links) > 1 else links[0]
            query = And((Or(relations.NOTICES), any_of))
            hits = index().search(query, limit=MOST_LINKING, order="newest").hits
            notices = store.get_many([hit.pmid for hit in hits])
            for each in notices.values():
                found.update(linked(each.article))
    return found.intersection(told)


def _told(reader: Reader) -> dict[int, _Told]:
    shown = IssueArticle.objects.filter(issue__reader=reader)
    told = {
        pmid: _Told(title, number, integrity)
        for pmid, title, number, integrity in shown.values_list(
            "pmid", "title", "issue__number", "integrity"
        )
    }
    noticed = IssueNotice.objects.filter(issue__reader=reader)
    for pmid, integrity in noticed.order_by("issue__number").values_list(
        "pmid", "integrity"
    ):
        told[pmid].integrity = integrity
    return told


def _notice(pmid: int, told: _Told, kept: store.Kept | None) -> Notice | None:
    integrity, reason = _status(pmid, kept)
    if integrity is None and told.integrity in GRAVELY_TOLD and _index_answers():
        integrity, reason = CLEARED, "What was told against it is no longer said."
    if integrity is None or integrity == told.integrity:
        return None
    return Notice(pmid, told.title, told.shown_in, integrity, reason or "")


def _index_answers() -> bool:
    """Whether notices could be asked for: without them nothing is cleared."""
    try:
        return index().count(Term("1", "link")) >= 0
    except IndexUnusable:
        return False


def _status(pmid: int, kept: store.Kept | None) -> tuple[str | None, str | None]:
    """Integrity and its reason, as of now."""
    if kept is not None:
        return kept.appraisal.integrity, kept.appraisal.integrity_reason
    gone = store.tombstone(pmid)
    return TAKEN_BACK, gone.reason if gone else None
