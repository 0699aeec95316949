"""What readers' earlier issues were, asked once for many readers."""

from collections.abc import Sequence

from django.db.models import Max, prefetch_related_objects
from msgspec import Struct

from ownjournal.issues import sent, traces
from ownjournal.issues.models import Issue
from ownjournal.ranking.duplicates import Trace
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.shown import Shown

AT_HAND = ("interests", "searches", "responses", "mutes", "saved")


class History(Struct, frozen=True):
    """Of one reader."""

    newest: Issue | None
    traces: tuple[Trace, ...]  # of all that was shown, by PMID
    shown: tuple[Shown, ...]  # the newest issue first, in order of places


def of_readers(readers: Sequence[Reader]) -> dict[int, History]:
    """By reader's id. What readers follow and said is at hand afterwards, too."""
    if len(readers) > 1:
        prefetch_related_objects(readers, *AT_HAND)
    issues = Issue.objects.filter(reader__in=readers)
    last = issues.order_by().values("reader").annotate(last=Max("pk"))
    newest = {
        issue.reader_id: issue
        for issue in Issue.objects.filter(pk__in=last.values("last"))
    }
    known = traces.of_readers([reader.pk for reader in readers])
    shown = sent.shown_to_many([reader.pk for reader in readers])
    return {
        reader.pk: History(
            newest.get(reader.pk), known.get(reader.pk, ()), shown.get(reader.pk, ())
        )
        for reader in readers
    }
