"""Bring a picture into a note: from a form's file to what is typed for it."""

from datetime import datetime
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from ownjournal.notes.pictures import cleaning
from ownjournal.notes.pictures.cleaning import Refused
from ownjournal.notes.pictures.keeping import address_of, take
from ownjournal.notes.pictures.models import Picture
from ownjournal.readers import limits
from ownjournal.readers.limits import Limit
from ownjournal.readers.models import Reader

AN_HOUR = Limit("pictures", 60, 3600)
FIELD = "picture"  # of the form
LEFT_OUT = "ownjournal.picture_left_out"  # in META: it was too large to be kept
LONGEST = 300  # characters of what a picture shows, and of its title
NONE_CHOSEN = "Choose a picture first."
NOT_IN = "Sign in to add pictures. Your text stays here."
TOO_MANY = "That is enough pictures for an hour. Try again in {minutes} minutes."
TELL = "Now write between the brackets what the picture shows, for who cannot see it."


class Brought(NamedTuple):
    """A text with its new picture, or as it was."""

    text: str
    problem: str | None  # a sentence for the field


def bring(request: HttpRequest, text: str) -> Brought:
    """Put the picture that a form brings behind its text; the text is never lost.

    Of the form: `picture`, and with it `alt` and `picture_title`.
    """
    try:
        written = write(request, timezone.now())
    except Refused as reason:
        return Brought(text, str(reason))
    before = text.rstrip()
    problem = TELL if written.startswith("![](") else None
    return Brought(f"{before}\n\n{written}\n" if before else f"{written}\n", problem)


def write(request: HttpRequest, now: datetime) -> str:
    """Keep the picture of a form; how a note shows it. Raises Refused."""
    if not isinstance(request.user, Reader):
        raise Refused(NOT_IN)
    if request.POST and request.META.get(LEFT_OUT):
        raise Refused(cleaning.TOO_LARGE)
    file = request.FILES.get(FIELD)
    if not isinstance(file, UploadedFile):
        raise Refused(NONE_CHOSEN)
    seconds = limits.take(AN_HOUR, str(request.user.pk), now)
    if seconds is not None:
        raise Refused(TOO_MANY.format(minutes=-(-seconds // 60)))
    if (file.size or 0) > cleaning.LARGEST:
        raise Refused(cleaning.TOO_LARGE)
    picture = take(request.user, file.read(), now)
    given = request.POST
    return markdown(picture, given.get("alt", ""), given.get("picture_title", ""))


def markdown(picture: Picture, shows: str, title: str) -> str:
    """`![what it shows](/media/… "title")`, whatever the two hold."""
    alt = _plain(shows).replace("[", "(").replace("]", ")")
    quoted = _plain(title).replace('"', "”")
    behind = f' "{quoted}"' if quoted else ""
    return f"![{alt}]({address_of(picture)}{behind})"


def _plain(text: str) -> str:
    """One line, without signs that mean something to the dialect."""
    line = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(line.translate({ord(each): None for each in "\\`*<>"}).split())[
        :LONGEST
    ]
