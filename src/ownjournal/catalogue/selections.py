"""The form under a list of articles: tick some, choose a format, download.

It works without JavaScript, for the articles ticked on one page, for all on the
page and for the whole list. selection.js adds that ticks survive paging; what
is ticked stays in the browser until the reader downloads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from ownjournal.pubmed.exports.formats import FORMATS, Format
from ownjournal.search.index import MAX_DEPTH

LIMIT = MAX_DEPTH
"""Articles that one download has at most."""


@dataclass(frozen=True, slots=True)
class SelectionView:
    """Everything catalogue/selection.html may use."""

    action: str  # address of the form
    list_name: str  # short, the same on all pages of a list; ticks are kept under it
    shown: str  # PMIDs on this page, with spaces between them
    on_page: str | None  # "All 20 on this page"; None where that is the whole list
    whole: str  # "All 1,234 articles found"
    fields: tuple[tuple[str, str], ...]  # that say which list it is
    formats: tuple[Format, ...]


def selection(
    action: str,
    list_name: str,
    shown: Sequence[int],
    *,
    whole: str,
    complete: bool,
    fields: Sequence[tuple[str, str]] = (),
) -> SelectionView:
    """The form for a list.

    list_name  which list it is, in any words of any length
    shown      PMIDs on this page
    whole      what the whole list is called
    complete   whether this page is the whole list
    """
    return SelectionView(
        action=action,
        list_name=sha256(list_name.encode()).hexdigest()[:16],
        shown=" ".join(map(str, shown)),
        on_page=None if complete else f"All {len(shown)} on this page",
        whole=whole,
        fields=tuple(fields),
        formats=tuple(FORMATS.values()),
    )
