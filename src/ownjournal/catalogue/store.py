"""Read the catalogue: articles as NLM last sent them, with our appraisal.

Everything here answers from the last committed revision and changes nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from threading import local

from django.db.models import F, Max, QuerySet
from msgspec import Struct

from ownjournal.appraisal.verdict import Appraisal
from ownjournal.catalogue.examples import files_of_nlm
from ownjournal.catalogue.models import (
    AppliedFile,
    Clock,
    Dictionary,
    Sync,
)
from ownjournal.catalogue.models import (
    Article as Row,
)
from ownjournal.catalogue.packing import Content, Unpacker
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.plan import gaps

ROWS_AT_ONCE = 1_000
LOOKED_AT = 200_000  # changed articles; a week of PubMed's files has about as many

_of_thread = local()


class Kept(Struct, frozen=True):
    """A live article as the catalogue keeps it."""

    article: Article
    appraisal: Appraisal
    revision: int  # of its last change
    first_revision: int  # when it was first received; 0: fetched by its number alone


class Tombstone(Struct, frozen=True):
    """A PMID that NLM took back, and the last record we had of it."""

    pmid: int
    reason: str
    article: Article | None


class Freshness(Struct, frozen=True):
    """How current the catalogue is."""

    newest_file: str | None  # name of the NLM file with the greatest number
    applied_at: datetime | None  # when a file was last applied
    synced_at: datetime | None  # when NLM was last asked, with success
    missing: tuple[str, ...]  # NLM's files between known ones that we lack


def revision() -> int:
    """The revision of the last committed change."""
    return Clock.objects.values_list("revision", flat=True).first() or 0


def count() -> int:
    """How many articles are live."""
    return Clock.objects.values_list("live_articles", flat=True).first() or 0


def get(pmid: int) -> Kept | None:
    """The live article with this PMID."""
    return get_many([pmid]).get(pmid)


def get_many(pmids: Sequence[int]) -> dict[int, Kept]:
    """The live ones among these PMIDs; of none, without asking the database."""
    if not pmids:
        return {}
    rows = Row.objects.filter(pk__in=pmids, live=True)
    return {
        pmid: _kept_of(pmid, record, revision, first_revision)
        # not as whole rows, which cost more than to unpack their records
        for pmid, record, revision, first_revision in rows.values_list(
            "pmid", "record", "revision", "first_revision"
        )
    }


def tombstone(pmid: int) -> Tombstone | None:
    """What is known of an article that was taken back; None where it is not."""
    row = Row.objects.filter(pk=pmid, live=False).first()
    if row is None:
        return None
    article = None if row.record is None else _unpack(row.record).article
    return Tombstone(pmid, _reason(row), article)


def newest(limit: int) -> list[Kept]:
    """The live articles that a file changed last; none that were fetched.

    Newest first. What only a list of retractions changed after that is no news.
    """
    last = AppliedFile.objects.aggregate(last=Max("revision"))["last"] or 0
    received = Row.objects.filter(live=True, first_revision__gt=0, revision__lte=last)
    ranked = received.order_by("-revision", "-pmid").values_list("pmid", flat=True)
    return _in_order(list(ranked[:limit]))


def best_since(received_after: datetime, limit: int) -> list[Kept]:
    """The articles first received since then that are worth most to anybody.

    Worth is quality plus significance, clinical or not; ties go to the newer
    PMID. Retracted ones are left out by whoever shows the list. Of a very large
    load the newest `LOOKED_AT` or so are looked at.
    """
    first = max(first_revision_after(received_after), newest_from(revision()))
    ranked = (
        _received(first)
        .annotate(worth=F("quality") + F("significance"))
        .order_by("-worth", "-pmid")
        .values_list("pmid", flat=True)[:limit]
    )
    return _in_order(list(ranked))


def arrived_since(moment: datetime) -> int:
    """How many live articles were first received after this moment."""
    return _received(first_revision_after(moment)).count()


def newest_from(up_to: int, most: int = LOOKED_AT) -> int:
    """The revision from which on, up to another, at most this many articles changed.

    At least the last file counts, however large. So that nobody has to look at
    all of PubMed on the day it was loaded.
    """
    files = AppliedFile.objects.filter(revision__lte=up_to).order_by("-revision")
    first, looked_at = up_to, 0
    for made_at, changed in files.values_list("revision", "changed").iterator():
        looked_at += changed
        if looked_at > most and made_at != up_to:
            return first
        first = made_at
    return 0


def first_revision_after(moment: datetime) -> int:
    """The first revision made after this moment; the next one where there is none."""
    applied = AppliedFile.objects.filter(applied_at__gt=moment).order_by("revision")
    found = applied.values_list("revision", flat=True).first()
    return revision() + 1 if found is None else found


def window(days: int, *, now: datetime) -> tuple[int, int]:
    """The revisions (after, up to) of what was received in the last days."""
    return first_revision_after(now - timedelta(days=days)) - 1, revision()


def freshness() -> Freshness:
    """How current the catalogue is, for the foot of a page and for an issue."""
    newest_file = files_of_nlm().order_by("-file_key").first()
    files = AppliedFile.objects.exclude(name__startswith=AppliedFile.FETCHED)
    synced = Sync.objects.filter(ended_at__isnull=False, problem__isnull=True)
    last = synced.order_by("-ended_at").first()
    return Freshness(
        newest_file=newest_file.name if newest_file else None,
        applied_at=files.aggregate(at=Max("applied_at"))["at"],
        synced_at=last.ended_at if last else None,
        missing=gaps(files_of_nlm().values_list("name", flat=True)),
    )


def changes(after: int, up_to: int) -> Iterator[tuple[int, int, Content | None]]:
    """What changed at revisions `after < r <= up_to`: PMID, revision, content.

    In order of revision; None stands for an article that is no longer live.
    """
    rows = Row.objects.filter(revision__gt=after, revision__lte=up_to)
    yield from _contents(rows.order_by("revision"))


def arrivals(after: int, up_to: int) -> Iterator[Content]:
    """Articles first received at revisions `after < r <= up_to`, as they are now."""
    received = Row.objects.filter(
        revision__gt=after, revision__lte=up_to, first_revision__gt=after, live=True
    )
    new = set(received.values_list("pmid", flat=True))
    for pmid, _, content in changes(after, up_to):
        if content is not None and pmid in new:
            yield content


def contents(pmids: Sequence[int]) -> Iterator[tuple[int, int, Content | None]]:
    """The same of the articles with these PMIDs, which need not have changed."""
    yield from _contents(Row.objects.filter(pk__in=pmids))


def sampled(most: int) -> Iterator[Article]:
    """About so many live articles at most, spread evenly over all PMIDs, in order."""
    step = max(1, -(-count() // max(1, most)))
    rows = Row.objects.annotate(part=F("pmid") % step).filter(part=0)
    for _, _, content in _contents(rows.order_by("pmid")):
        if content is not None:
            yield content.article


def _contents(rows: "QuerySet[Row]") -> Iterator[tuple[int, int, Content | None]]:
    # plain values: making a model of each row would cost as much as unpacking it
    values = rows.values_list("pmid", "revision", "live", "record")
    for pmid, at, live, record in values.iterator(chunk_size=ROWS_AT_ONCE):
        yield pmid, at, _unpack(record) if live and record is not None else None


def _received(first: int) -> "QuerySet[Row]":
    """Live rows first received at revision `first` or later.

    A row's last change is never before its first one, which lets the index on
    `revision` narrow the search.
    """
    return Row.objects.filter(live=True, revision__gte=first, first_revision__gte=first)


def _in_order(pmids: Sequence[int]) -> list[Kept]:
    """The live ones in this order. Records are read once it is known which: to sort
    rows with their records would read those of all articles of a week."""
    found = get_many(pmids)
    return [found[pmid] for pmid in pmids if pmid in found]


def _kept_of(
    pmid: int, record: bytes | memoryview | None, revision: int, first_revision: int
) -> Kept:
    if record is None:
        raise LookupError(f"PMID {pmid} is live and has no record")
    content = _unpack(record)
    return Kept(content.article, content.appraisal, revision, first_revision)


def _unpack(record: bytes | memoryview) -> Content:
    return _unpacker().unpack(bytes(record))


def _unpacker() -> Unpacker:
    """This thread's own, since zstd's decompressors cannot be shared among threads.

    Dictionaries are written once and never changed, so it is kept.
    """
    found: Unpacker | None = getattr(_of_thread, "unpacker", None)
    if found is None:
        found = _of_thread.unpacker = Unpacker(_dictionary)
    return found


def _dictionary(dictionary_id: int) -> bytes:
    return bytes(Dictionary.objects.get(pk=dictionary_id).content)


def _reason(row: Row) -> str:
    file = AppliedFile.objects.filter(revision=row.revision).first()
    if file is None:
        return "NLM's newest yearly baseline no longer contains this record."
    return f"NLM took this record back; the file {file.name} says so."
