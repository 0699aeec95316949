"""Vectors of what articles are about, kept beside them for the order of results.

A page reads the vectors that are there, and at most leaves a note that others
are wanted; the worker makes them. So no page waits, and nothing is computed for
what nobody looks for, except for what is new. Lost vectors are made again.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.catalogue import store
from ownjournal.catalogue.models import Article, Vector, VectorsFollowed
from ownjournal.catalogue.packing import Content
from ownjournal.catalogue.waiting import not_waiting
from ownjournal.search import semantic
from ownjournal.search.semantic import Model
from ownjournal.search.vectors import packed

NEW = 50_000
"""Articles behind the newest that get a vector unasked, about a week of PubMed."""

A_STEP = 200  # articles in one step of the worker, some 15 seconds
AT_ONCE = 20  # of them written together
LONGEST_QUEUE = 100_000  # articles waiting; then pages leave no more notes
BEHIND = timedelta(days=30)  # what is new waits behind what readers look for
BESIDE = timedelta(days=1)  # so does what stands beside an article they read
CLAIM = timedelta(minutes=10)


def in_use() -> bool:
    """Whether results are ordered by meaning at all."""
    return bool(settings.SEMANTIC) and semantic.available()


def kept(pmids: Collection[int]) -> dict[int, bytes | None]:
    """Vectors of those among these articles that were looked at.

    None is an article that gets none: without words, or retracted.
    """
    if not VectorsFollowed.objects.filter(model=semantic.MODEL).exists():
        return {}
    made = Vector.objects.filter(pk__in=pmids, made_from__isnull=False)
    rows = made.values_list("pmid", "packed")
    return {pmid: None if each is None else bytes(each) for pmid, each in rows}


def want(pmids: Sequence[int], *, of_search: bool = True) -> None:
    """Leave notes that these are wanted, the first first; not now, if that waits.

    What a search wants goes before what similar articles do.
    """
    now = timezone.now()
    first_at = now if of_search else now - BESIDE
    behind = Q(made_from=None, due_at__lt=first_at - BESIDE / 2)
    noted = Vector.objects.filter(pk__in=pmids).exclude(behind)
    known = set(noted.values_list("pk", flat=True))
    notes = [
        Vector(pk=pmid, due_at=first_at - timedelta(microseconds=place))
        for place, pmid in enumerate(pmids)
        if pmid not in known
    ]
    queue = Vector.objects.filter(due_at__isnull=False)
    if notes and queue.count() < LONGEST_QUEUE:
        with not_waiting():
            Vector.objects.bulk_create(
                notes,
                update_conflicts=True,
                unique_fields=["pmid"],
                update_fields=["due_at"],
            )


def make(stopped: Callable[[], bool] = lambda: False) -> int:
    """Make vectors that are due, the latest wanted first; how many were looked at.

    Any number of workers may do so; each makes others.
    """
    model = semantic.model() if in_use() else None
    if model is None:
        return 0
    _follow()
    looked_at = 0
    while looked_at < A_STEP and not stopped():
        pmids, until = _claimed()
        if not pmids:
            break
        _make(model, pmids, until)
        looked_at += len(pmids)
    return looked_at


def _follow() -> None:
    """Mark what changed in the store and what is new there as due."""
    up_to, due_at = store.revision(), timezone.now() - BEHIND
    followed = VectorsFollowed.objects.filter(model=semantic.MODEL)
    after = followed.values_list("revision", flat=True).first()
    if after == up_to:
        return
    with transaction.atomic():
        if after is None:  # those that are there are another model's
            Vector.objects.filter(made_from__isnull=False).delete()
            after = 0
        changed = Article.objects.filter(revision__gt=after).values("pmid")
        waiting = Q(made_from=None, due_at__lte=timezone.now())
        at_rest = Vector.objects.filter(pk__in=changed).exclude(waiting)
        at_rest.update(due_at=due_at)
        _add_new(max(after + 1, store.newest_from(up_to, NEW)), due_at)
        VectorsFollowed.objects.update_or_create(
            pk=1, defaults={"model": semantic.MODEL, "revision": up_to}
        )


def _add_new(first: int, due_at: datetime) -> None:
    """Leave notes for what was first received at this revision or later."""
    vectors, articles = (each._meta.db_table for each in (Vector, Article))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {vectors} (pmid, due_at) SELECT pmid, %s FROM {articles}"  # noqa: S608
            " WHERE revision >= %s AND first_revision >= %s AND live"
            " ON CONFLICT DO NOTHING",
            [connection.ops.adapt_datetimefield_value(due_at), first, first],
        )


def _claimed() -> tuple[list[int], datetime]:
    """A few articles that are ours to look at, and until when; of two workers one's."""
    now = timezone.now()
    until = now + CLAIM
    due = Vector.objects.filter(due_at__lte=now)
    pmids = list(due.order_by("-due_at").values_list("pk", flat=True)[:AT_ONCE])
    due.filter(pk__in=pmids).update(due_at=until)
    ours = Vector.objects.filter(pk__in=pmids, due_at=until)
    return list(ours.values_list("pk", flat=True)), until


def _make(model: Model, pmids: Sequence[int], until: datetime) -> None:
    """Look at articles, and keep what was made unless one changed meanwhile."""
    before = dict(Vector.objects.filter(pk__in=pmids).values_list("pk", "made_from"))
    texts = {
        pmid: _text(content)
        for pmid, _, content in store.contents(pmids)
        if content is not None
    }
    made: dict[int, dict[str, object]] = {}
    for pmid, text in texts.items():
        made_from = _hash(text)
        made[pmid] = {"due_at": None}
        if before.get(pmid) != made_from:
            vector = None if text is None else packed(model.vector(text))
            made[pmid] |= {"made_from": made_from, "packed": vector}
    ours = Vector.objects.filter(due_at=until)
    with transaction.atomic():
        for pmid, values in made.items():
            ours.filter(pk=pmid).update(**values)
        ours.filter(pk__in=set(pmids) - texts.keys()).delete()


def _text(content: Content) -> str | None:
    """What a vector is made from. What was retracted has none, and stays behind."""
    if content.appraisal.integrity in GRAVE:
        return None
    return semantic.text_of(content.article)


def _hash(text: str | None) -> int:
    """63 bits by which equal texts are known."""
    given = b"" if text is None else text.encode()
    return int.from_bytes(blake2b(given, digest_size=8).digest()) >> 1
