"""Notes that may be outdated: why, and who is told.

A note is marked when something has become known of its article since it was written:
a retraction, a withdrawal, an expression of concern, a correction, or a newer
systematic review on the same question; and when its own review date has passed. A
review is on the same question if it cites the article, or if it is the first
systematic review among the articles that are most like it.

The author is told by mail, once for each reason, and so is who marked the note as
helpful. The author's word that it is still true, or an edit, takes the mark away.

The worker calls `look`. It follows the catalogue by revision, so that nothing is
missed while it stands still, and asks the index only of new systematic reviews.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from ownjournal.appraisal.levels import REVIEWS
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.dates import published
from ownjournal.catalogue.following import reached
from ownjournal.catalogue.models import Article as Row
from ownjournal.catalogue.similar import similar_to
from ownjournal.catalogue.titles import title_of
from ownjournal.notes import seeing
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import Helpful, LookedAt, Watched
from ownjournal.notes.posting import review_day
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.months import MONTHS
from ownjournal.readers.post import letters
from ownjournal.search.document import cited, linked
from ownjournal.search.index import IndexUnusable

AT_ONCE = 500  # articles
TOLD = {
    "retracted": "The article has been retracted",
    "withdrawn": "The article has been withdrawn",
    "concern": "An expression of concern was published about the article",
    "corrected": "The article has been corrected",
    "republished": "The article was corrected and republished",
    "updated": "The article has been updated",
}
"""Of the states of integrity, those that may change what a note says."""


def confirm(note: Note, now: datetime) -> None:
    """Its author says that it is still true: no mark, and a new review date."""
    Note.objects.filter(pk=note.pk).update(
        outdated_at=None, outdated_because=None, review_on=review_day(now)
    )


def look(now: datetime, stopped: Callable[[], bool]) -> int:
    """Mark what may be outdated by now; how many notes that were."""
    return _overdue(now) + _by_news(now, stopped)


def _overdue(now: datetime) -> int:
    due = seeing.kept().filter(review_on__lte=now.date(), outdated_at=None)
    return sum(
        _mark([note], f"It was to be looked at again by {_day(note.review_on)}.", now)
        for note in due.select_related("author")[:AT_ONCE]
    )


def _by_news(now: datetime, stopped: Callable[[], bool]) -> int:
    looked, _ = LookedAt.objects.get_or_create(pk=1)
    watched = set(Watched.objects.values_list("pmid", flat=True))
    noted = _noted()
    _watch(noted - watched)
    Watched.objects.filter(pmid__in=watched - noted).delete()
    marked, after, up_to = 0, looked.revision, reached()
    if noted and after:
        for pmids, done in _changed_in(after, up_to):
            if stopped():
                return marked
            marked += _by_articles(pmids, noted & watched, after, now)
            LookedAt.objects.filter(pk=1).update(revision=done)
    LookedAt.objects.filter(pk=1, revision__lt=up_to).update(revision=up_to)
    return marked


def _noted() -> set[int]:
    """PMIDs of articles that have notes of whatever kind."""
    pmids = seeing.kept().order_by().values_list("pmid", flat=True)
    return {pmid for pmid in pmids if pmid is not None}


def _watch(pmids: Collection[int]) -> None:
    """What is known of articles with a first note is no news to its author."""
    kept = relations.get_many(sorted(pmids)) if pmids else {}
    Watched.objects.bulk_create(
        [Watched(pmid=pmid, integrity=_integrity(kept.get(pmid))) for pmid in pmids],
        ignore_conflicts=True,
    )


def _integrity(kept: store.Kept | None) -> str | None:
    return kept.appraisal.integrity if kept is not None else None


def _changed_in(after: int, up_to: int) -> Iterator[tuple[list[int], int]]:
    """PMIDs of what changed, so many at a time, and the revision that is done then."""
    rows = Row.objects.filter(revision__gt=after, revision__lte=up_to, live=True)
    changed = list(rows.order_by("revision", "pk").values_list("revision", "pk"))
    for start in range(0, len(changed), AT_ONCE):
        some = changed[start : start + AT_ONCE]
        yield [pmid for _, pmid in some], some[-1][0] - 1


def _by_articles(
    pmids: Sequence[int], noted: AbstractSet[int], after: int, now: datetime
) -> int:
    """What some changed articles say of those with notes: they may be among them."""
    changed = store.get_many(pmids)
    touched = set(pmids).intersection(noted)
    for kept in changed.values():  # a notice may say it before the record does
        touched.update(noted & set(linked(kept.article)))
    marked = _by_integrity(touched, now)
    for kept in changed.values():
        if kept.first_revision > after and kept.appraisal.design in REVIEWS:
            marked += _by_review(kept, noted, now)
    return marked


def _by_integrity(pmids: Collection[int], now: datetime) -> int:
    marked = 0
    kept = relations.get_many(sorted(pmids)) if pmids else {}
    for row in Watched.objects.filter(pmid__in=kept.keys()):
        integrity = _integrity(kept[row.pmid])
        if integrity == row.integrity:
            continue
        with transaction.atomic():
            Watched.objects.filter(pmid=row.pmid).update(integrity=integrity)
            if integrity in TOLD:
                notes = _notes_of([row.pmid])
                marked += _mark(notes, f"{TOLD[integrity]}.", now, graver=True)
    return marked


def _by_review(review: store.Kept, noted: AbstractSet[int], now: datetime) -> int:
    """Mark the notes of articles whose question a new systematic review answers."""
    same = (noted & set(cited(review.article))) | _alike(review, noted)
    older = [
        each.article.pmid
        for each in store.get_many(sorted(same - {review.article.pmid})).values()
        if _is_later(review.article, each.article)
    ]
    what = f"A newer systematic review is here: {title_of(review.article)}"
    return _mark(_notes_of(older), f"{what} (PMID {review.article.pmid}).", now)


def _alike(review: store.Kept, noted: AbstractSet[int]) -> set[int]:
    """Of articles like the review, those whose most similar review it is.

    None without an index.
    """
    found = set()
    try:
        for near, _ in similar_to(review).articles:
            if near.article.pmid in noted:
                reviews = (
                    other.article.pmid
                    for other, _ in similar_to(near).articles
                    if other.appraisal.design in REVIEWS
                )
                if next(reviews, None) == review.article.pmid:
                    found.add(near.article.pmid)
    except IndexUnusable:
        return set()
    return found


def _is_later(one: Article, other: Article) -> bool:
    first, second = published(one).first_day(), published(other).first_day()
    return first is not None and second is not None and first > second


def _notes_of(pmids: Collection[int]) -> Sequence[Note]:
    return list(seeing.kept().filter(pmid__in=pmids).select_related("author"))


def _mark(
    notes: Sequence[Note], because: str, now: datetime, *, graver: bool = False
) -> int:
    """Mark each that is not marked yet, and tell who is to know; how many there were.

    graver   what is marked already is marked for this reason instead
    """
    reason, marked = because[:500], 0
    for note in notes:
        with transaction.atomic():
            rows = Note.objects.filter(pk=note.pk)
            if not graver:
                rows = rows.filter(outdated_at=None)
            if rows.update(outdated_at=now, outdated_because=reason):
                marked += 1
                _tell(note, reason)
    return marked


def _tell(note: Note, because: str) -> None:
    details = {"note": note.pk, "because": because}
    key = f"{note.pk} {salted_hmac('outdated', because).hexdigest()}"
    if note.author is not None:
        letters.put("note-outdated", key, reader=note.author, details=details)
    for mark in Helpful.objects.filter(note=note).select_related("reader"):
        letters.put(
            "note-marked-outdated",
            f"{key} {mark.reader_id}",
            reader=mark.reader,
            details=details,
        )


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
