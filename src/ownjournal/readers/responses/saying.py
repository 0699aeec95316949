"""Say of an article that one wants more or less of its kind, or knew it; and keep it.

The last word counts: there is one response for each reader and article, and saying
the same again changes nothing but its day. All of it can be taken back.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from ownjournal.catalogue import store
from ownjournal.readers.log.keeping import record
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.models import Response, Saved

MOST = 50_000  # responses of one reader, and as many articles kept


class CannotSay(ValueError):
    """Of this article, or this; the message is a sentence for the reader."""


class NotHere(CannotSay):
    """There is no such article here."""


def say(
    reader: Reader, pmid: int, kind: str, *, at: datetime | None = None
) -> Response:
    """`kind` is of Response.Kind; `at` is now if not given. Raises CannotSay."""
    if kind not in Response.Kind.values:
        raise CannotSay("One can want more or less like an article, or know it.")
    _check(reader.responses.filter(pmid=pmid).exists(), reader.responses.count, pmid)
    now = at or timezone.now()
    response, _ = Response.objects.update_or_create(
        reader=reader, pmid=pmid, defaults={"kind": kind, "at": now}
    )
    record(reader, pmid, "rated", now)
    return response


def unsay(reader: Reader, pmid: int) -> None:
    """Take back what was said of an article, if anything was."""
    reader.responses.filter(pmid=pmid).delete()


def keep(reader: Reader, pmid: int, *, at: datetime | None = None) -> Saved:
    """Save an article; one that is saved stays as it is. Raises CannotSay."""
    _check(reader.saved.filter(pmid=pmid).exists(), reader.saved.count, pmid)
    now = at or timezone.now()
    saved, is_new = Saved.objects.get_or_create(
        reader=reader, pmid=pmid, defaults={"saved_at": now}
    )
    if is_new:
        record(reader, pmid, "saved", now)
    return saved


def unkeep(reader: Reader, pmid: int) -> None:
    """Save it no longer."""
    reader.saved.filter(pmid=pmid).delete()


def mark_read(reader: Reader, pmid: int, *, at: datetime | None) -> None:
    """That a saved article was read then; None puts it back among what is to read."""
    if reader.saved.filter(pmid=pmid).update(read_at=at) and at is not None:
        record(reader, pmid, "read", at)


def saved(reader: Reader) -> Sequence[Saved]:
    """What the reader keeps, the last first."""
    return tuple(reader.saved.all())


def saved_by(user: AbstractBaseUser | AnonymousUser) -> Collection[int]:
    """The PMIDs a reader keeps, the last first: for searches in it, in:saved."""
    rows = Saved.objects.filter(reader=user.pk)
    return list(rows.values_list("pmid", flat=True)[:MOST])


def known_to(reader: Reader) -> frozenset[int]:
    """PMIDs that need not be shown: those the reader said anything of, or keeps."""
    # whole rows, as whoever makes many issues has them at hand
    said = [row.pmid for row in reader.responses.all()]
    return frozenset([*said, *(row.pmid for row in reader.saved.all())])


def _check(known: bool, count: Callable[[], int], pmid: int) -> None:
    if known:
        return
    if store.get(pmid) is None:
        raise NotHere(f"No article with PMID {pmid} is here.")
    if count() >= MOST:
        raise CannotSay(f"You have {MOST:,} already, which is the most we allow.")
