"""The index follows the store, by the revision clock.

Loading, catching up after a crash and building a lost index anew are the same
loop from different revisions. It commits at the border of a revision only, so
an index is never half a file ahead. One that differs from the store all the same
is mended article by article.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pkgutil import resolve_name

from django.conf import settings

from ownjournal.catalogue import store
from ownjournal.catalogue.checking import Drift, drift
from ownjournal.catalogue.models import AppliedFile
from ownjournal.catalogue.packing import Content
from ownjournal.search.document import document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.index import (
    Index,
    IndexAway,
    IndexBusy,
    IndexUnusable,
    Writer,
)

log = logging.getLogger(__name__)

CLUSTER = "ownjournal.search.opensearch.index:OpenSearchIndex.open"
"""By name, as what it needs is not installed everywhere."""

MENDED_AT_ONCE = 1_000  # articles; a database takes only so many numbers

WORTH_A_COMMIT = 60_000
"""Changed articles after which a commit pays: each makes a segment to merge."""


@cache
def index() -> Index:
    """This site's index, opened once a process; it sees later commits by itself.

    One that has to be built anew says so when it is asked: IndexUnusable.
    """
    if settings.SEARCH_URL is None:
        return EmbeddedIndex.open(settings.DATA_DIR / "index")
    return cluster(settings.SEARCH_URL)


def cluster(url: str) -> Index:
    """The index in the cluster at an address in the form of SEARCH_URL; asks nothing.

    Raises IndexAway where the package that asks it is not installed.
    """
    try:
        opened = resolve_name(CLUSTER)
    except ImportError as missing:
        raise IndexAway(
            "SEARCH_URL names a cluster, and asking it needs another package: pip "
            "install ownjournal[cluster]."
        ) from missing
    found: Index = opened(url)
    return found


def behind(index: Index) -> int:
    """How many changed articles the index has not seen yet."""
    return sum(changed for _, changed in _revisions(index.revision))


def reached() -> int:
    """The revision up to which both the store and the index can be asked."""
    try:
        return min(store.revision(), index().revision)
    except IndexUnusable:
        return store.revision()


def follow(index: Index, *, at_least: int = 0) -> None:
    """Bring the index to the store's revision, if enough has changed.

    Raises IndexBusy while another process writes to it, and IndexUnusable for
    an index that has to be built anew, such as one that is ahead of the store:
    then the store was put back to an older state.
    """
    if index.revision > store.revision():
        raise IndexUnusable(
            f"The index is at revision {index.revision}, ahead of the store."
        )
    if index.revision < store.revision() and behind(index) >= at_least:
        with index.writing() as writer:
            _feed(writer)


def keep_up(index: Index, *, at_least: int = 0) -> None:
    """Follow while files are loaded: no trouble of the index ends the loading.

    A process that writes to it already will bring it up to date, and one that cannot
    be reached, or whose disk is full or fails, is brought up to date later. One that
    has to be built anew is, unless more files are still to come: `at_least`.
    """
    try:
        with suppress(IndexBusy):
            _follow_or_rebuild(index, at_least)
    except (IndexUnusable, OSError) as fault:
        log.warning("The index stays behind the store for now. %s", fault)


def _follow_or_rebuild(index: Index, at_least: int) -> None:
    try:
        follow(index, at_least=at_least)
    except IndexAway:
        raise
    except IndexUnusable:
        if not at_least:
            rebuild(index)


def rebuild(index: Index) -> None:
    """Build the index anew from the store; searches see the old one until then.

    Stopped half-way, the next call goes on from there.
    """
    with index.rebuilding() as writer:
        _feed(writer)


def mend(index: Index) -> Drift:
    """Compare index and store, put right what differs, and say what it was.

    The index must be whole and at the store's revision: `follow` comes first.
    Searches find the mended articles all at once. Raises IndexBusy and
    IndexUnusable.
    """
    with index.writing() as writer:
        found = drift(index)
        for pmid in found.extra:
            writer.delete(pmid)
        wrong = (*found.missing, *found.stale)
        for start in range(0, len(wrong), MENDED_AT_ONCE):
            _write(writer, store.contents(wrong[start : start + MENDED_AT_ONCE]))
        if found:
            writer.commit(writer.revision)
    return found


def _write(writer: Writer, changes: Iterable[tuple[int, int, Content | None]]) -> None:
    for pmid, revision, content in changes:
        if content is None:
            writer.delete(pmid)
        else:
            writer.put(document(content.article, content.appraisal, revision))


def _feed(writer: Writer) -> None:
    """Write all that changed since the writer's revision, in several commits.

    A row that changes again meanwhile has a higher revision and comes later.
    """
    for up_to in _borders(writer.revision):
        _write(writer, store.changes(writer.revision, up_to))
        writer.commit(up_to)


def _borders(after: int) -> Iterator[int]:
    """Revisions to commit at, the last of them the store's own."""
    end = store.revision()
    changes = 0
    for revision, changed in _revisions(after):
        changes += changed
        if changes >= WORTH_A_COMMIT and revision < end:
            yield revision
            changes = 0
    if after < end:
        yield end


def _revisions(after: int) -> list[tuple[int, int]]:
    """Revisions above `after` that files made, with the articles each changed."""
    files = AppliedFile.objects.filter(revision__gt=after).order_by("revision")
    return list(files.values_list("revision", "changed"))
