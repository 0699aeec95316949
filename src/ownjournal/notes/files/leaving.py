"""What becomes of a reader's notes when she leaves, within the erasure of all else.

Her private notes, those of groups, her drafts and her signature go with her account.
Public notes go too, unless she chooses to leave them: then they stay as a former
reader's, as they are shown now, without what they said before an edit, and with the
pictures they show.
"""

from ownjournal.notes.models import Draft, Note, Version
from ownjournal.notes.pictures import keeping
from ownjournal.notes.pictures.bringing import AN_HOUR
from ownjournal.notes.pictures.models import Picture
from ownjournal.notes.seeing import public
from ownjournal.readers import limits
from ownjournal.readers.models import Reader


def let_go(reader: Reader, keeps_notes: bool) -> None:
    """Part her from what stays, and remove the files of what goes.

    For `slots.on_leaving`, within the transaction that erases.
    """
    staying = public().filter(author=reader) if keeps_notes else Note.objects.none()
    texts = list(staying.values_list("pk", "text"))
    for picture in Picture.objects.filter(reader=reader):
        if any(picture.name in text for _, text in texts):
            _leave(picture)
        else:
            keeping.remove(picture)
    ids = [pk for pk, _ in texts]
    Version.objects.filter(note__author=reader).delete()
    Draft.objects.filter(reader=reader).delete()
    Note.objects.filter(author=reader, pk__in=ids).update(author=None)
    limits.forget(AN_HOUR, str(reader.pk))


def _leave(picture: Picture) -> None:
    """It is a former reader's now; two such of one file are one."""
    if Picture.objects.filter(reader=None, name=picture.name).exists():
        picture.delete()
    else:
        Picture.objects.filter(pk=picture.pk).update(reader=None, copied_from=None)
