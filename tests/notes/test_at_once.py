"""A button pressed twice, in the moment before the first press is through."""

import pytest

from made.notes import AT
from made.overlapping import overlapping
from ownjournal.notes import subjects
from ownjournal.notes.models import Note
from ownjournal.notes.posting import post
from ownjournal.notes.typed import Typed
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader


@pytest.mark.django_db(transaction=True)
def test_a_note_that_is_posted_twice_at_once_is_one_note(
    alice: Reader, article: Article
) -> None:
    subject = subjects.article(article.pmid)
    assert subject is not None
    typed = Typed(text="Fever fades.", kind="pearl", audience="private")
    saved = []

    def press() -> None:
        reader = Reader.objects.get(pk=alice.pk)
        saved.append(post(reader, subject, typed, AT))

    overlapping(press, press)

    note = Note.objects.get()
    assert [each.note for each in saved] == [note, note]
