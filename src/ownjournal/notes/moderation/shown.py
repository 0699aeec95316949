"""What stands below a note: helpful marks, the way to report it, "still true".

The contract of moderation/note_marks.html. All notes of one page are looked up at
once, when the first of them is shown.
"""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest

from ownjournal.notes import seeing
from ownjournal.notes.models import Note, Visibility
from ownjournal.notes.moderation.models import Helpful
from ownjournal.notes.moderation.standing import may_moderate
from ownjournal.readers.models import Reader


@dataclass(frozen=True, slots=True)
class MarksView:
    """Everything moderation/note_marks.html may use of a note."""

    note: int
    helpful: int  # readers; shown from 1 on
    marked: bool  # by who looks at it
    may_mark: bool
    may_report: bool
    may_confirm: bool  # its author, of what may be outdated
    may_moderate: bool


class Marks:
    """Of the notes of one page, in one request."""

    def __init__(self, user: object) -> None:
        self._reader = user if isinstance(user, Reader) else None
        self._views: dict[int, MarksView] = {}
        self._moderates: bool | None = None

    def of(self, note_id: int) -> MarksView | None:
        """None for a note that is gone."""
        if note_id not in self._views:
            self._look_up(note_id)
        return self._views.get(note_id)

    def _look_up(self, note_id: int) -> None:
        """This note, and all others on the same subject."""
        first = seeing.kept().filter(pk=note_id).first()
        if first is None:
            return
        subject = {"pmid": first.pmid, "collection": first.collection}
        rows = seeing.kept().filter(**subject)
        counted = Helpful.objects.filter(note__in=rows).order_by().values_list("note")
        helpful = dict(counted.annotate(readers=Count("pk")))
        own = Helpful.objects.filter(note__in=rows, reader=self._reader)
        marked = set(own.values_list("note", flat=True)) if self._reader else set()
        for note in rows:
            self._views[note.pk] = self._view(note, helpful, marked)

    def _view(self, note: Note, helpful: dict[int, int], marked: set[int]) -> MarksView:
        reader = self._reader
        is_open = note.visibility == Visibility.PUBLIC and note.hidden_at is None
        is_own = reader is not None and note.author_id == reader.pk
        return MarksView(
            note=note.pk,
            helpful=helpful.get(note.pk, 0),
            marked=note.pk in marked,
            may_mark=reader is not None and is_open and not is_own,
            may_report=is_open and not is_own,
            may_confirm=is_own and note.outdated_at is not None,
            may_moderate=note.visibility == Visibility.PUBLIC and self._may_moderate(),
        )

    def _may_moderate(self) -> bool:
        if self._moderates is None:
            self._moderates = may_moderate(self._reader)
        return self._moderates


def marks_of(request: HttpRequest) -> Marks:
    """Those of the page that is made; the same for the whole request."""
    marks: Marks = vars(request).setdefault(
        "note_marks", Marks(getattr(request, "user", None))
    )
    return marks
