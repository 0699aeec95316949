"""Which articles have notes that one may see: for searches (has:note) and issues."""

from collections.abc import Collection

from django.db.models import Max, Q, QuerySet

from ownjournal.catalogue.reader_lists import MOST, User
from ownjournal.notes.models import Note
from ownjournal.notes.seeing import kept, public
from ownjournal.readers.models import Reader


def with_notes(user: User) -> Collection[int]:
    """PMIDs with a public note or one of the reader's own, the newest note first."""
    rows = public()
    if isinstance(user, Reader):
        rows = kept().filter(Q(pk__in=rows.values("pk")) | Q(author=user))
    return _newest_first(rows)


def noted_by(reader: Reader) -> Collection[int]:
    """PMIDs of the articles that a reader has a note on, the newest note first."""
    return _newest_first(kept().filter(author=reader))


def _newest_first(rows: QuerySet[Note]) -> Collection[int]:
    newest = rows.exclude(pmid=None).order_by().values("pmid")
    ordered = newest.annotate(at=Max("created_at")).order_by("-at", "-pmid")
    pmids = ordered.values_list("pmid", flat=True)[:MOST]
    return [pmid for pmid in pmids if pmid is not None]
