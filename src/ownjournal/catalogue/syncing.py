"""Keep up with NLM: ask what there is, fetch what is missing, apply it in order.

A visit that is cut off loses nothing: what was applied stays, what was fetched
is resumed, and the next visit plans anew from what is there.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.db.models import Max
from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from ownjournal.catalogue.beside import Damaged, Waiting, switch
from ownjournal.catalogue.examples import files_of_nlm, take_away
from ownjournal.catalogue.following import WORTH_A_COMMIT, keep_up
from ownjournal.catalogue.ingest import Loading, Outcome, ingest, refused
from ownjournal.catalogue.models import AppliedFile, Baseline
from ownjournal.catalogue.rollover import TooManyVanished, close_baseline
from ownjournal.catalogue.visiting import GoesOn, Going, visiting
from ownjournal.pubmed.files import YEAR, CheckedFile
from ownjournal.pubmed.nlm import Nlm, Unreachable
from ownjournal.pubmed.plan import Applied, Listing, Published, plan
from ownjournal.pubmed.refusal import FileRefused
from ownjournal.search.index import Index

AHEAD = 8  # files that are fetched while as many are applied


class Watcher(Protocol):
    """Who is told how a visit goes on."""

    def planned(self, files: Sequence[Published]) -> None: ...

    def fetched(self, file: Published, done: int, total: int | None) -> None: ...

    def finished(self, outcome: Outcome) -> None: ...


class Refusal(Struct, frozen=True):
    """A file that could not be fetched whole."""

    name: str
    reason: FileRefused


class Visit(Struct, frozen=True):
    """What came of a visit to NLM."""

    outcomes: tuple[Outcome, ...] = ()
    missing: tuple[str, ...] = ()  # names between known ones that NLM lacks too
    notices: tuple[str, ...] = ()  # sentences for the operator
    problem: str | None = None  # why it ended early, a sentence


def sync(
    nlm: Nlm,
    folder: Path,
    loading: Loading,
    index: Index,
    watcher: Watcher,
    *,
    newest: int | None,
    accept_unverified: bool = False,
) -> Visit:
    """Fetch into `folder` and apply what NLM has and we have not.

    newest  None for all of PubMed; else, on a site without the baseline, with how
            many of the newest files to begin

    A fault of the network ends the visit and is told in it, never raised; so is
    another visit that has the folder. Raises what the watcher raises.
    """
    try:
        with visiting(folder) as going:
            heard = _Heard(watcher, going)
            try:
                visit = _visit(
                    nlm, folder, loading, index, heard, newest, accept_unverified
                )
            except Unreachable as fault:
                visit = Visit(problem=str(fault))
            applied = sum(each.state == "applied" for each in visit.outcomes)
            going.ends(applied, visit.problem)
    except GoesOn as fault:
        return Visit(problem=str(fault))
    return visit


class _Heard:
    """A watcher by whom the visit is heard to go on."""

    def __init__(self, watcher: Watcher, going: Going) -> None:
        self._watcher, self._going = watcher, going

    def planned(self, files: Sequence[Published]) -> None:
        self._watcher.planned(files)

    def fetched(self, file: Published, done: int, total: int | None) -> None:
        self._going.goes_on()
        self._watcher.fetched(file, done, total)

    def finished(self, outcome: Outcome) -> None:
        self._going.goes_on()
        self._watcher.finished(outcome)


def keeps_everything() -> bool:
    """Whether this site has begun to load the whole of PubMed."""
    return (
        Baseline.objects.exists()
        or AppliedFile.objects.filter(
            file_key__in=[year * YEAR + 1 for year in range(20, 100)]
        ).exists()
    )


def _visit(
    nlm: Nlm,
    folder: Path,
    loading: Loading,
    index: Index,
    watcher: Watcher,
    newest: int | None,
    accept_unverified: bool,
) -> Visit:
    listing = nlm.listing()
    waiting = None if loading.beside is None else Waiting(loading.beside)
    waits = _to_wait(listing) if waiting and newest is None else frozenset()
    applied = [*_applied(), *(waiting.applied() if waiting else ())]
    todo = plan(listing, applied, newest=newest)
    files = sorted(
        {*todo.fetch, *nlm.changed(todo.recheck, applied)}, key=lambda f: f.key
    )
    watcher.planned(files)
    outcomes: list[Outcome] = []

    def told(outcome: Outcome) -> None:
        outcomes.append(outcome)
        watcher.finished(outcome)

    with _fetching(nlm, files, folder, watcher, accept_unverified) as groups:
        for group in groups:
            fetched = [each for each in group if isinstance(each, CheckedFile)]
            for each in group:
                if isinstance(each, Refusal):
                    told(refused(each.name, each.reason))
            sums = {each.name: each.md5 for each in fetched if each.verified}
            ingest(
                [each.path for each in fetched],
                replace(loading, md5s=sums, waits=waits),
                index=index,
                after_file=told,
            )
            for each in fetched:
                each.path.unlink()
    closed = _closed(listing, waiting, index) if newest is None else ()
    notices = (*todo.notices, *closed, *_without_examples())
    keep_up(index)
    return Visit(tuple(outcomes), todo.gaps, notices)


def _applied() -> list[Applied]:
    """The newest application of each of NLM's files."""
    newest = (
        files_of_nlm()
        .values("name")
        .annotate(revision=Max("revision"))
        .values("revision")
    )
    return [
        Applied(each.name, each.md5, each.applied_at)
        for each in AppliedFile.objects.filter(revision__in=newest)
    ]


@contextmanager
def _fetching(
    nlm: Nlm,
    files: Sequence[Published],
    folder: Path,
    watcher: Watcher,
    accept_unverified: bool,
) -> Iterator[Iterator[list[CheckedFile | Refusal]]]:
    """Groups of files, each fetched while the one before it is applied."""

    def fetch(group: Sequence[Published]) -> list[CheckedFile | Refusal]:
        return [_fetch(nlm, file, folder, watcher, accept_unverified) for file in group]

    def groups() -> Iterator[list[CheckedFile | Refusal]]:
        parts = [files[at : at + AHEAD] for at in range(0, len(files), AHEAD)]
        ahead: Future[list[CheckedFile | Refusal]] | None = None
        for part in [*parts, None]:
            ready = ahead.result() if ahead else None
            ahead = thread.submit(fetch, part) if part else None
            if ready is not None:
                yield ready

    thread = ThreadPoolExecutor(1)
    try:
        yield groups()
    finally:
        thread.shutdown(wait=True, cancel_futures=True)


def _fetch(
    nlm: Nlm,
    file: Published,
    folder: Path,
    watcher: Watcher,
    accept_unverified: bool,
) -> CheckedFile | Refusal:
    try:
        return nlm.download(
            file,
            folder,
            accept_unverified=accept_unverified,
            progress=lambda done, total: watcher.fetched(file, done, total),
        )
    except FileRefused as refusal:
        return Refusal(file.name, refusal)


def _year_to_come(listing: Listing) -> int | None:
    """The year (two digits) whose baseline is to replace an older one here."""
    if not listing.baseline:
        return None
    year = listing.baseline[-1].key // YEAR
    older = files_of_nlm().filter(file_key__lt=year * YEAR)
    if Baseline.objects.filter(year=year).exists() or not older.exists():
        return None
    return year


def _to_wait(listing: Listing) -> frozenset[str]:
    """Names of a new baseline's files."""
    if _year_to_come(listing) is None:
        return frozenset()
    return frozenset(file.name for file in listing.baseline)


def _closed(listing: Listing, waiting: Waiting | None, index: Index) -> tuple[str, ...]:
    """Close a new baseline once all of it is here; sentences about that.

    NLM numbers the first update file after the last of the baseline, so the
    baseline is known to be all there when that file is. What waits of it is
    applied first.
    """
    year = _year_to_come(listing)
    if year is None:
        return ()
    have = {*(each.name for each in _applied()), *(waiting.names() if waiting else ())}
    lacking = sum(file.name not in have for file in listing.baseline)
    whole = any(file.key == listing.baseline[-1].key + 1 for file in listing.updates)
    if lacking or not whole:
        return (f"The baseline of 20{year} is not complete: {lacking} files to go.",)
    try:
        if waiting:
            switch(waiting, year, lambda: keep_up(index, at_least=WORTH_A_COMMIT))
        closed = close_baseline(year, now=timezone.now())
    except (TooManyVanished, Damaged) as fault:
        return (str(fault),)
    return (
        f"The baseline of 20{year} has replaced the old one; {closed.vanished:,}"
        " articles are no longer in it.",
    )


def _without_examples() -> tuple[str, ...]:
    count = take_away()
    return (f"{count:,} invented examples are taken away.",) if count else ()
