"""Load a list of retractions, and let what it says take effect at once.

The list replaces the last one in one transaction and one revision. Every article
that it names, or that the last one named, is given its word anew (see
`listings`), so that what a new list no longer says is taken back. Only articles
for which something changed get the new revision, by which pages, search, issues
and notices to readers follow.

Articles are found by PMID, and by DOI through the search index; those that the
index has not seen yet are read one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db.models import QuerySet
from msgspec import Struct

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.listings import Listings
from ownjournal.catalogue.merging import Version
from ownjournal.catalogue.models import Article, OtherVersion, Retraction
from ownjournal.catalogue.models import RetractionList as LoadedList
from ownjournal.catalogue.writing import Writing, change
from ownjournal.pubmed.retraction_list import Entry, dois_of
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import Or, Term

AT_ONCE = 400  # articles, or numbers in one question
LEAST_KEPT = 0.9
"""A list that is shorter than this share of the last one is probably cut short."""

Item = TypeVar("Item")


class ListShrunk(Exception):
    """The list has far fewer entries than the last one; the message says how many."""


class Loaded(Struct, frozen=True):
    """What a load did."""

    entries: int
    articles: int  # here, that the list has something about
    changed: int  # for which that is new, or no longer so


def load(
    entries: Sequence[Entry], name: str, *, now: datetime, shrunk: bool = False
) -> Loaded:
    """Replace the list by this one, whole or not at all.

    Raises ListShrunk where it has far fewer entries than the last and nobody
    said that this is right: what it left out would count as not retracted.
    """
    with change() as writing:
        _refuse_shrunk(len(entries), shrunk=shrunk)
        named = [*_of_list(), *((each.pmid, each.doi) for each in entries)]
        dois = frozenset(doi for _, doi in named if doi is not None)
        found = {pmid for pmid, _ in named if pmid is not None}
        found |= _with_dois(dois, writing.revision)
        _replace(entries, name, now)
        articles = _say(writing, sorted(found))
    return Loaded(len(entries), articles, writing.changed)


def loaded() -> LoadedList | None:
    """Which list was loaded last; None where none was."""
    return LoadedList.objects.first()


def _of_list() -> Iterator[tuple[int | None, str | None]]:
    """PMID and DOI of each entry of the list loaded before."""
    yield from Retraction.objects.values_list("pmid", "doi").iterator()


def _refuse_shrunk(entries: int, *, shrunk: bool) -> None:
    last = loaded()
    if last is not None and entries < LEAST_KEPT * last.entries and not shrunk:
        raise ListShrunk(
            f"It has {entries:,} entries, and the last list had {last.entries:,}."
        )


def _with_dois(dois: frozenset[str], up_to: int) -> set[int]:
    """PMIDs of all that may have these DOIs: each is read again in its record."""
    if not dois:
        return set()
    found, seen = _by_index(sorted(dois))
    for pmid, _, content in store.changes(seen, up_to):
        if content and not dois.isdisjoint(dois_of(content.article.identifiers)):
            found.add(pmid)
    return found


def _by_index(dois: Sequence[str]) -> tuple[set[int], int]:
    """What the index finds, and the revision that it has seen."""
    found: set[int] = set()
    try:
        seen = index().revision
        for some in _chunks(dois) if seen else ():
            terms = tuple(Term(doi, "aid") for doi in some)
            query = Or(terms) if len(terms) > 1 else terms[0]
            hits = index().search(query, limit=10 * AT_ONCE, order="newest").hits
            found.update(hit.pmid for hit in hits)
    except IndexUnusable:
        return set(), 0
    return found, seen


def _replace(entries: Iterable[Entry], name: str, now: datetime) -> None:
    Retraction.objects.all().delete()
    rows = iter(
        Retraction(
            pmid=each.pmid,
            doi=each.doi,
            nature=each.nature,
            dated=each.dated,
            notice=each.notice,
            reasons=each.reasons,
        )
        for each in entries
    )
    count = 0
    while some := list(islice(rows, 5 * AT_ONCE)):
        count += len(Retraction.objects.bulk_create(some))
    LoadedList.objects.update_or_create(
        pk=1, defaults={"name": name, "loaded_at": now, "entries": count}
    )


def _say(writing: Writing, pmids: Sequence[int]) -> int:
    """Let articles have the list's word; of how many it has something to say."""
    listings, named = Listings(), 0
    for some in _chunks(pmids):
        shown = Article.objects.filter(pk__in=some, live=True)
        named += _say_of(writing, listings, shown)
        others = OtherVersion.objects.filter(pmid__in=some)
        _say_of(writing, listings, others, shown=False)
    return named


def _say_of(
    writing: Writing,
    listings: Listings,
    stored: "QuerySet[Article] | QuerySet[OtherVersion]",
    *,
    shown: bool = True,
) -> int:
    old = {(row.pmid, row.version): row for row in _versions(stored)}
    new = listings.anew(list(old.values()))
    writing.judge_anew(
        [row for row, _ in new if row.record != old[row.pmid, row.version].record],
        shown=shown,
    )
    return sum(listed is not None for _, listed in new)


def _versions(
    stored: "QuerySet[Article] | QuerySet[OtherVersion]",
) -> Iterator[Version]:
    for row in stored.filter(record__isnull=False):
        yield Version(
            row.pmid,
            row.version,
            row.file_key,
            row.content_hash,
            row.quality,
            row.significance,
            bytes(row.record or b""),
        )


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
