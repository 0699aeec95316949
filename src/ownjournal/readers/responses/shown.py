"""What issues have shown a reader, and what of it she opened.

Readers know no issues and no log of reading. Who does names its functions in the
settings SHOWN_ARTICLES and OPENED_ARTICLES.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string
from msgspec import Struct

from ownjournal.readers.models import Reader


class Shown(Struct, frozen=True):
    """An article in its place in an issue."""

    pmid: int
    interest: str | None  # Interest.key; None for what stands outside
    issue: int  # its number
    position: int  # from 1
    at: datetime  # when the issue was made


def shown_to(reader: Reader, most: int) -> Sequence[Shown]:
    """The newest issue first; in each the first place first."""
    source: Callable[[int, int], Sequence[Shown]]
    source = import_string(settings.SHOWN_ARTICLES)
    return source(reader.pk, most)


def opened_by(reader: Reader, pmids: Collection[int]) -> frozenset[int]:
    """Those of these articles that the reader has opened, as far as it is known."""
    name: str | None = settings.OPENED_ARTICLES
    if name is None or not pmids:
        return frozenset()
    source: Callable[[Reader, Collection[int]], Collection[int]] = import_string(name)
    return frozenset(source(reader, pmids))
