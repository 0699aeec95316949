"""A note's text as the dialect reads it; each text is read once while it is in use."""

from functools import lru_cache

from ownjournal.notes.dialect import Written, read
from ownjournal.notes.kinds import headings_of

KEPT = 300  # notes that were read lately


@lru_cache(maxsize=KEPT)
def written(text: str, kind: str, dialect: int) -> Written:
    """What the text says. Raises dialect.TooHard."""
    return read(text, headings=headings_of(kind), dialect=dialect)
