"""Two moderators who pin at the same moment: one note of an article leads it."""

import pytest

from made.notes import a_note
from made.overlapping import overlapping
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.deciding import about_note
from ownjournal.notes.moderation.models import Decision
from ownjournal.readers.models import Reader

from .test_deciding import NOW


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_notes_that_are_pinned_at_once_the_later_is(
    pearl: Note, alice: Reader, mona: Reader, olga: Reader, turned: bool
) -> None:
    first, later = pearl, a_note(author=alice, pmid=pearl.pmid)
    if turned:
        first, later = later, first

    overlapping(
        lambda: about_note(first.pk, "pin", mona, "The best.", NOW),
        lambda: about_note(later.pk, "pin", olga, "Better.", NOW),
    )

    assert list(Note.objects.exclude(pinned_at=None)) == [later]
    assert Decision.objects.get(deed="unpin").note == first.pk


@pytest.mark.django_db(transaction=True)
def test_a_pin_holds_nothing_while_it_waits_for_another(
    pearl: Note, alice: Reader, mona: Reader
) -> None:
    other = a_note(author=alice, pmid=pearl.pmid)

    def free() -> None:
        """Raises OperationalError where somebody has it."""
        Note.objects.select_for_update(nowait=True).get(pk=other.pk)

    assert overlapping(
        lambda: Note.objects.select_for_update().get(pk=pearl.pk),
        lambda: about_note(other.pk, "pin", mona, "The best.", NOW),
        then=free,
    )
