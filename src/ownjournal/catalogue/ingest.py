"""Load PubMed files: make them ready on all cores, apply them one by one.

Files are applied in NLM's order where that can be had, but the result does not
depend on it (see `merging`). A file that cannot be taken whole is refused and
the others go on. Stopped at any moment, what is there is a set of whole files,
and the next run goes on from it.
"""

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from ownjournal.catalogue import packing, yields
from ownjournal.catalogue.beside import Waiting
from ownjournal.catalogue.following import WORTH_A_COMMIT, keep_up
from ownjournal.catalogue.models import AppliedFile, Baseline, Dictionary, RefusedFile
from ownjournal.catalogue.preparing import Order, Prepared, begin, prepare
from ownjournal.catalogue.scope import Scope
from ownjournal.catalogue.writing import AlreadyApplied, apply_prepared
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.files import YEAR, file_key, in_order, open_xml
from ownjournal.pubmed.records import read_records
from ownjournal.pubmed.refusal import FileRefused
from ownjournal.search.index import Index

SMALL = 2_000_000  # bytes; loads below are faster without processes of their own


class Outcome(Struct, frozen=True):
    """What became of one file."""

    name: str
    state: Literal["applied", "known", "refused", "beside"]
    applied: AppliedFile | None = None
    duplicates: int = 0
    warnings: tuple[str, ...] = ()
    code: str | None = None  # of a refusal
    message: str | None = None  # of a refusal, a sentence


class Loading(Struct, frozen=True):
    """How files are loaded."""

    spool: Path  # a folder for what waits to be applied; emptied again
    workers: int = os.cpu_count() or 1  # processes that make files ready
    scope: Scope = Scope()
    md5s: Mapping[str, str] = {}  # published sums by file name
    again: bool = False  # also files that were applied before
    models: Path | None = None  # folder of trained models; they may not be there
    beside: Path | None = None  # folder where a new baseline waits, see `beside`
    waits: frozenset[str] = frozenset()  # names of files that are to wait there


def ingest(
    paths: Sequence[Path],
    loading: Loading,
    *,
    index: Index | None = None,
    after_file: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Apply these files; each outcome is passed on as soon as it is known.

    The index, where one is given, follows while files are loaded and is up to
    date in the end. Raises OSError when the disk is full or the like: the file
    then in work is not applied, those before it are.
    """
    ordered = in_order(paths)
    outcomes = []
    with _spool(loading.spool) as spool:
        dictionary = _dictionary(ordered)
        found = yields.known()
        orders = [
            replace(_order(path, spool, dictionary, loading), yields=found)
            for path in ordered
        ]
        for order, ready in _made_ready(orders, loading.workers):
            outcome = _apply(order, ready, loading)
            outcomes.append(outcome)
            after_file(outcome)
            if index is not None:
                keep_up(index, at_least=WORTH_A_COMMIT)
    if index is not None:
        keep_up(index)
    return outcomes


@contextmanager
def _spool(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="ingest-") as spool:
        yield Path(spool)


def _order(
    path: Path, spool: Path, dictionary: bytes | None, loading: Loading
) -> Order:
    earlier = AppliedFile.objects.filter(name=path.name).order_by("-revision").first()
    return Order(
        path=path,
        spool=spool / f"{path.name}.rows",
        dictionary=dictionary,
        scope=loading.scope,
        md5=loading.md5s.get(path.name),
        applied_md5=earlier.md5 if earlier and not loading.again else None,
        models=loading.models,
    )


def _made_ready(
    orders: Sequence[Order], workers: int
) -> Iterator[tuple[Order, Callable[[], Prepared | None]]]:
    """Orders in turn, each with a call that gives what was prepared, or raises.

    As many files as there are workers are made ready ahead, no more, so that
    the spool stays small.
    """
    if workers < 2 or sum(order.path.stat().st_size for order in orders) < SMALL:
        for order in orders:
            yield order, lambda order=order: prepare(order)  # type: ignore[misc]
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=begin
    ) as pool:
        yield from _ahead(pool, orders, workers)


def _ahead(
    pool: Executor, orders: Sequence[Order], workers: int
) -> Iterator[tuple[Order, Callable[[], Prepared | None]]]:
    waiting: deque[tuple[Order, Future[Prepared | None]]] = deque()
    left = iter(orders)
    try:
        while True:
            while len(waiting) <= workers and (order := next(left, None)):
                waiting.append((order, pool.submit(prepare, order)))
            if not waiting:
                return
            done, future = waiting.popleft()
            yield done, future.result
    finally:
        for _, future in waiting:
            future.cancel()


def _apply(
    order: Order, ready: Callable[[], Prepared | None], loading: Loading
) -> Outcome:
    try:
        _refuse_superseded(order.path.name)
        prepared = ready()
        if prepared is None:
            return Outcome(order.path.name, "known")
        if loading.beside is not None and prepared.name in loading.waits:
            Waiting(loading.beside).keep(prepared)
            return Outcome(prepared.name, "beside", warnings=prepared.warnings)
        applied = apply_prepared(prepared, now=timezone.now(), again=loading.again)
    except AlreadyApplied:
        return Outcome(order.path.name, "known")
    except FileRefused as refusal:
        return refused(order.path.name, refusal)
    finally:
        order.spool.unlink(missing_ok=True)
    return Outcome(
        applied.name,
        "applied",
        applied,
        duplicates=prepared.duplicates,
        warnings=prepared.warnings,
    )


def _refuse_superseded(name: str) -> None:
    key = file_key(name)
    newer = Baseline.objects.filter(year__gt=key // YEAR).order_by("-year").first()
    if key and newer is not None:
        raise FileRefused(
            "SUPERSEDED",
            f"{name} is older than the baseline of 20{newer.year:02}, which has"
            " replaced everything before it.",
        )


def refused(name: str, refusal: FileRefused) -> Outcome:
    """Note that a file was refused, and why; it is tried again the next time."""
    RefusedFile.objects.update_or_create(
        name=name,
        defaults={
            "code": refusal.code,
            "reason": refusal.message,
            "refused_at": timezone.now(),
        },
    )
    return Outcome(name, "refused", code=refusal.code, message=refusal.message)


def _dictionary(paths: Sequence[Path]) -> bytes | None:
    """The compression dictionary, made from these files when there is none yet."""
    known = Dictionary.objects.first()
    if known is not None:
        return bytes(known.content)
    samples = _samples(paths)
    if len(samples) < packing.ENOUGH_SAMPLES:
        return None
    dictionary_id, content = packing.train(samples)
    Dictionary.objects.get_or_create(  # another process may do the same
        id=dictionary_id, defaults={"content": content}
    )
    return content


def _samples(paths: Sequence[Path]) -> list[bytes]:
    """Encoded articles from the start of each file, until there are enough."""
    samples: list[bytes] = []
    for path in reversed(paths):  # the newest records are the longest
        try:
            with open_xml(path) as file:
                for record in read_records(file):
                    if isinstance(record, Article):
                        samples.append(packing.encode(record))
                    if len(samples) == packing.ENOUGH_SAMPLES:
                        return samples
        except FileRefused:
            continue  # it will be refused, and said, in its turn
    return samples
