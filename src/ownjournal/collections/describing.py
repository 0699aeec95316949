"""What a collection says of itself, in the dialect of notes with headings."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.models import Collection
from ownjournal.notes.dialect import TooHard, Written, read

LONGEST = 10_000  # characters, with all marks
KEPT = 100  # texts that were read lately


@lru_cache(maxsize=KEPT)
def written(text: str, dialect: int) -> Written:
    """The text as it reads. Raises TooHard."""
    return read(text, headings="second", dialect=dialect)


def checked(text: str, dialect: int) -> str | None:
    """A description as typed, where it can be kept. Raises CannotArrange."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > LONGEST:
        raise CannotArrange(f"The text is longer than {LONGEST:,} characters.")
    try:
        written(text, dialect)
    except TooHard as problem:
        raise CannotArrange(str(problem)) from None
    return text or None


def html_of(collection: Collection) -> SafeString | None:
    """For its page; None without any. The dialect has made it safe."""
    if collection.description is None:
        return None
    read = written(collection.description, collection.dialect)
    return mark_safe(read.html(f"collection-{collection.pk}"))
