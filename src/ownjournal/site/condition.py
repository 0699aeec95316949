"""How the site is: what a monitor watches, read from the database when it is asked for.

Each value is None where it is not known, or where there is none of its kind.
"""

import math
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import Count, Min

from ownjournal.catalogue import following, store
from ownjournal.catalogue.models import Quarantined, RefusedFile
from ownjournal.catalogue.working import at_work
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Bounce, Letter, Trouble
from ownjournal.search.index import IndexUnusable

A_DAY = timedelta(days=1)
HOUR = 3600.0  # seconds
STALE = 48 * HOUR  # since NLM was asked, or the last backup
LATE = 2 * HOUR  # of issues and mails
LAGS = 300.0  # seconds
FULL = 0.05  # of the disk is free
BACKED_UP = "backed-up"  # a file in the data folder, touched by each good backup
LAG = (
    "SELECT CASE WHEN NOT pg_is_in_recovery()"
    " OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0 ELSE"
    " extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END"
)
OUTSTANDING = (Letter.State.WAITING, Letter.State.SENDING)


@dataclass(frozen=True, slots=True)
class Condition:
    """Ages are in seconds."""

    articles: int
    revision: int
    index_revision: int | None  # None: the index cannot be used
    nlm_files_behind: int  # that NLM has published, as far as is known, and we lack
    nlm_files_refused: int
    records_set_aside: int
    nlm_asked_age: float | None  # since NLM was last asked with success
    nlm_applied_age: float | None  # since a file was last applied
    issues_due: int
    issues_due_age: float  # of the one that is due longest; 0: none is
    letters_due: int
    letters_due_age: float
    letters_refused: int  # for good, within a day
    letters_bounced: int  # within a day
    mail_troubles: dict[str, bool]  # by Trouble.Kind
    workers: int
    backup_age: float | None
    replica_lag: float | None
    disk_free: int  # bytes, of the data folder's disk
    disk_size: int


def condition(now: datetime) -> Condition:
    """All of it. Raises DatabaseError where the database does not answer."""
    fresh = store.freshness()
    refused = RefusedFile.objects.count()
    readers = Reader.objects.filter(is_active=True, next_issue_at__lte=now)
    issues = readers.aggregate(number=Count("pk"), oldest=Min("next_issue_at"))
    outstanding = Letter.objects.filter(state__in=OUTSTANDING, due_at__lt=now)
    letters = outstanding.aggregate(number=Count("pk"), oldest=Min("due_at"))
    day = now - A_DAY
    troubles = set(Trouble.objects.values_list("kind", flat=True))
    disk = shutil.disk_usage(_existing(Path(settings.DATA_DIR)))
    return Condition(
        articles=store.count(),
        revision=store.revision(),
        index_revision=_index_revision(),
        nlm_files_behind=len(fresh.missing) + refused,
        nlm_files_refused=refused,
        records_set_aside=Quarantined.objects.count(),
        nlm_asked_age=_age(now, fresh.synced_at),
        nlm_applied_age=_age(now, fresh.applied_at),
        issues_due=issues["number"],
        issues_due_age=_age(now, issues["oldest"]) or 0,
        letters_due=letters["number"],
        letters_due_age=_age(now, letters["oldest"]) or 0,
        letters_refused=Letter.objects.filter(
            state=Letter.State.REFUSED, settled_at__gt=day
        ).count(),
        letters_bounced=Bounce.objects.filter(at__gt=day).count(),
        mail_troubles={kind: kind in troubles for kind in Trouble.Kind.values},
        workers=at_work(now),
        backup_age=_age(now, backed_up_at()),
        replica_lag=replica_lag(),
        disk_free=disk.free,
        disk_size=disk.total,
    )


def problems(found: Condition) -> Iterator[str]:
    """What needs the operator, a sentence each.

    A site that has never asked NLM, or never made a backup, may be one to try.
    """
    worker = "Is a worker running?"
    if (found.nlm_asked_age or 0) > STALE:
        yield f"NLM was not asked for {_long(found.nlm_asked_age)}. {worker}"
    if found.issues_due_age > LATE:
        yield f"Issues have been due for {_long(found.issues_due_age)}. {worker}"
    if found.letters_due_age > LATE:
        yield f"Mail has waited for {_long(found.letters_due_age)}. {worker}"
    if (found.backup_age or 0) > STALE:
        yield f"The last backup is {_long(found.backup_age)} old."
    if found.replica_lag == math.inf:
        yield "The replica of DATABASE_READ_URL does not answer."
    elif (found.replica_lag or 0) > LAGS:
        yield f"The replica is {_long(found.replica_lag)} behind."
    if found.disk_free < FULL * found.disk_size:
        left = f"{found.disk_free / 1e9:,.1f} GB"
        yield f"The disk of the data folder is nearly full: {left} are free."


def _long(seconds: float | None) -> str:
    hours = (seconds or 0) / HOUR
    return f"{hours:,.0f} hours" if hours >= 2 else f"{hours * 60:,.0f} minutes"


def backed_up_at() -> datetime | None:
    """When `ownjournal backup` last ended well, as the data folder tells."""
    try:
        said = (Path(settings.DATA_DIR) / BACKED_UP).read_text()
        return datetime.fromisoformat(said.strip())
    except (OSError, ValueError):
        return None


def note_backup(now: datetime) -> None:
    """Remember that a backup is there, whole."""
    (Path(settings.DATA_DIR) / BACKED_UP).write_text(f"{now.isoformat()}\n")


def replica_lag() -> float | None:
    """Seconds that the replica of DATABASE_READ_URL is behind; None: there is none.

    Where it has all that the primary has sent it is not behind, however long ago
    that was. One that does not answer is behind for ever.
    """
    if "replica" not in settings.DATABASES:
        return None
    try:
        with connections["replica"].cursor() as cursor:
            cursor.execute(LAG)
            [lag] = cursor.fetchone()
    except DatabaseError:
        return math.inf
    return float(lag or 0)


def _index_revision() -> int | None:
    try:
        return following.index().revision
    except IndexUnusable:
        return None


def _age(now: datetime, moment: datetime | None) -> float | None:
    return None if moment is None else max((now - moment).total_seconds(), 0.0)


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())
