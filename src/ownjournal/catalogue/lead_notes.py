"""The note that leads an article: what pages and lists show of it.

The catalogue knows no notes. Whoever keeps them names its function in the setting
LEAD_NOTES; it is asked once for a whole list.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class LeadNote:
    """A note as it stands above the authors, and instead of a digest.

    The short forms hold a pearl whole; of a longer note they hold the beginning.
    """

    id: int
    version: int  # how often it had been edited
    kind: str  # "Pearl", "Summary"
    byline: str  # plain
    conflict: str | None  # of interest, as its author said it
    on: date  # it was written
    address: str  # path of the note
    html: SafeString  # the whole note
    short: SafeString  # for lists
    mail: SafeString  # the same for mails: without ids and pictures
    plain: str  # the same as text
    is_whole: bool  # whether the short forms are


Source = Callable[[Collection[int]], Mapping[int, LeadNote]]


def lead_notes(pmids: Collection[int]) -> Mapping[int, LeadNote]:
    """By PMID; nothing for articles that no note leads."""
    name: str | None = settings.LEAD_NOTES
    if name is None or not pmids:
        return {}
    source: Source = import_string(name)
    return source(pmids)
