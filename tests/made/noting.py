"""A reader's notes, and what she said of notes: a row in each table of them."""

from datetime import UTC, date, datetime

from made.pictures import png
from ownjournal.notes.models import Draft, Note, Signature
from ownjournal.notes.moderation.models import (
    Ban,
    Decision,
    Helpful,
    Moderator,
    Report,
)
from ownjournal.notes.pictures.keeping import address_of, take
from ownjournal.notes.ratings.models import Rating
from ownjournal.readers.models import Reader

PMID = 99_100_001


def write_notes(reader: Reader, word: str, at: datetime) -> None:
    """Notes, a picture, ratings and the like; the word stands in all that is text."""
    picture = take(reader, png(), at)
    texts = {
        "private": f"Mine alone: {word}.",
        "group": f"For us: {word}.",
        "public": f"{word}. ![{word}]({address_of(picture)})",
    }
    notes = [a_note(reader, text, seen, at) for seen, text in texts.items()]
    notes[0].versions.create(
        number=0, kind="comment", text=f"Once {word}.", dialect=1, replaced_at=at
    )
    Draft.objects.create(
        reader=reader, pmid=PMID, kind="pearl", text=f"Not yet {word}.", saved_at=at
    )
    Signature.objects.create(reader=reader, name=word, role=word)
    Rating.objects.create(
        reader=reader, pmid=PMID, question="relevant", answer=7, rated_at=at
    )
    _of_another(reader, word, at)


def a_note(author: Reader, text: str, visibility: str, at: datetime) -> Note:
    """A comment on the article."""
    return Note.objects.create(
        author=author,
        pmid=PMID,
        kind="comment",
        text=text,
        visibility=visibility,
        group=1 if visibility == "group" else None,
        conflict_of_interest=text[:20],
        created_at=at,
        review_on=date(2028, 11, 30),
    )


def _of_another(reader: Reader, word: str, at: datetime) -> None:
    """What she said of another's note, and what moderators decided about hers."""
    other, _ = Reader.objects.get_or_create(email="writer@merrow.test")
    note = a_note(other, "Fever has many causes.", "public", at)
    Helpful.objects.create(note=note, reader=reader, marked_at=at)
    Report.objects.create(
        note=note, reader=reader, reason="wrong", text=word, reported_at=at
    )
    now = datetime.now(UTC)
    Moderator.objects.create(reader=reader, since_at=now)
    Ban.objects.create(reader=reader, since_at=now)
    Decision.objects.create(at=at, deed="ban", about=reader, why=f"As {word}.")
