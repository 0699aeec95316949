"""What became of articles that a reader was shown, saved or noted: retracted, gone.

And cleared: where neither NLM nor the list of retractions says any more what the
reader was told, as after a reinstatement.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Article
from ownjournal.issues.models import IssueArticle, IssueNotice
from ownjournal.notes import seeing
from ownjournal.pubmed.citation import heading
from ownjournal.pubmed.markup import plain
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.models import Saved
from ownjournal.search.document import linked as linked_by
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import And, Or, Term

TAKEN_BACK = "taken-back"  # beside the states of an appraisal's integrity
CLEARED = "cleared"  # beside them, too
GRAVELY_TOLD = GRAVE | {"concern"}
AT_ONCE = 400  # articles in one question
ROWS_AT_ONCE = 5_000  # in one question to the database
MOST_LINKING = 100  # notices looked at for one question, the newest


class Notice(Struct, frozen=True):
    """News of one article."""

    pmid: int
    title: str
    shown_in: int | None  # number of the issue that showed it; None: saved or noted
    integrity: str
    reason: str  # one sentence
    noted: bool = False  # the reader has written a note on it, and not saved it


class _Told(Struct):
    """The last that the reader knows of an article."""

    title: str | None  # None: as the catalogue has it
    shown_in: int | None
    integrity: str | None
    noted: bool = False


class Linked:
    """Which articles the records of notices are about, asked once for many readers."""

    def __init__(self) -> None:
        self._revision = 0
        self._asked: set[int] = set()
        self._found: set[int] = set()

    def among(self, pmids: Collection[int]) -> set[int]:
        """Those that a notice links, whenever it came; none without an index."""
        if (revision := store.revision()) != self._revision:
            self._revision = revision
            self._asked, self._found = set(), set()
        unknown = sorted(set(pmids) - self._asked)
        with suppress(IndexUnusable):
            for start in range(0, len(unknown), AT_ONCE):
                some = unknown[start : start + AT_ONCE]
                self._found |= _linked(some)
                self._asked.update(some)
        return self._found.intersection(pmids)


def notices(reader: Reader, after: int, up_to: int) -> tuple[Notice, ...]:
    """What changed at revisions `after < r <= up_to`, by PMID, for one reader.

    Also what only the record of a notice says. Only a status that the reader has
    not been told of, in an issue or in a notice, is news.
    """
    return of_several([(reader, after, up_to)], Linked())[0]


def of_several(
    asked: Sequence[tuple[Reader, int, int]], linked: Linked
) -> list[tuple[Notice, ...]]:
    """The same for many readers, each with revisions of its own."""
    told = _told([reader.pk for reader, _, _ in asked])
    known = {pmid for one in told.values() for pmid in one}
    by_notice = linked.among(known)
    changed = {
        window: _changed(known, *window) for window in {each[1:] for each in asked}
    }
    news = [
        sorted(told[reader.pk].keys() & (changed[after, up_to] | by_notice))
        for reader, after, up_to in asked
    ]
    kept = relations.get_many(sorted({pmid for pmids in news for pmid in pmids}))
    return [
        tuple(_notices(told[reader.pk], pmids, kept))
        for (reader, _, _), pmids in zip(asked, news, strict=True)
    ]


def _notices(
    told: dict[int, _Told], pmids: Sequence[int], kept: Mapping[int, store.Kept]
) -> Iterator[Notice]:
    for pmid in pmids:
        found = _notice(pmid, told[pmid], kept.get(pmid))
        if found is not None:
            yield found


def _changed(pmids: Collection[int], after: int, up_to: int) -> set[int]:
    """Those that changed at revisions `after < r <= up_to`."""
    found: set[int] = set()
    ordered = sorted(pmids)
    for start in range(0, len(ordered), ROWS_AT_ONCE):
        rows = Article.objects.filter(
            pk__in=ordered[start : start + ROWS_AT_ONCE],
            revision__gt=after,
            revision__lte=up_to,
        )
        found.update(rows.values_list("pk", flat=True))
    return found


def _linked(pmids: Sequence[int]) -> set[int]:
    """Those of some articles that a notice in the index links. Raises IndexUnusable."""
    links = [Term(str(pmid), "link") for pmid in pmids]
    any_of = Or(tuple(links)) if len(links) > 1 else links[0]
    query = And((Or(relations.NOTICES), any_of))
    hits = index().search(query, limit=MOST_LINKING, order="newest").hits
    notices = store.get_many([hit.pmid for hit in hits])
    found = {pmid for each in notices.values() for pmid in linked_by(each.article)}
    return found.intersection(pmids)


def _told(reader_ids: Sequence[int]) -> dict[int, dict[int, _Told]]:
    """By reader's id and PMID: of what was saved, noted, shown by issues and told."""
    told: dict[int, dict[int, _Told]] = {reader_id: {} for reader_id in reader_ids}
    saved = Saved.objects.filter(reader__in=reader_ids).order_by()
    for reader_id, pmid in saved.values_list("reader_id", "pmid"):
        told[reader_id][pmid] = _Told(None, None, None)
    for reader_id, pmid in _noted(reader_ids):
        told[reader_id].setdefault(pmid, _Told(None, None, None, noted=True))
    shown = IssueArticle.objects.filter(issue__reader__in=reader_ids).order_by()
    facts = ("issue__reader_id", "pmid", "title", "issue__number", "integrity")
    for reader_id, pmid, title, number, integrity in shown.values_list(*facts):
        told[reader_id][pmid] = _Told(title, number, integrity)
    noticed = IssueNotice.objects.filter(issue__reader__in=reader_ids)
    for reader_id, pmid, title, integrity in noticed.order_by(
        "issue__number"
    ).values_list("issue__reader_id", "pmid", "title", "integrity"):
        # what was saved once may be so no longer
        told[reader_id].setdefault(pmid, _Told(title, None, None)).integrity = integrity
    return told


def _noted(reader_ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Reader's id and PMID of each article with a note of theirs."""
    notes = seeing.kept().filter(author__in=reader_ids).exclude(pmid=None).order_by()
    for reader_id, pmid in notes.values_list("author_id", "pmid"):
        if reader_id is not None and pmid is not None:
            yield reader_id, pmid


def _notice(pmid: int, told: _Told, kept: store.Kept | None) -> Notice | None:
    integrity, reason = _status(pmid, kept)
    if integrity is None and told.integrity in GRAVELY_TOLD and _index_answers():
        integrity, reason = CLEARED, "What was told against it is no longer said."
    if integrity is None or integrity == told.integrity:
        return None
    title = told.title or _title(pmid, kept)
    return Notice(pmid, title, told.shown_in, integrity, reason or "", told.noted)


def _title(pmid: int, kept: store.Kept | None) -> str:
    """Of what was saved, from its record, or from the last there was."""
    gone = None if kept is not None else store.tombstone(pmid)
    article = kept.article if kept is not None else gone.article if gone else None
    title = None if article is None else heading(article)
    return plain(title) if title else f"PMID {pmid}"


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
