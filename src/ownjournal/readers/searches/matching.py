"""What saved searches find among the articles that one issue is chosen from."""

from collections.abc import Sequence
from functools import cached_property

from ownjournal.catalogue.following import index, keep_up
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.catalogue.received import pmids_query
from ownjournal.catalogue.search_reading import understood
from ownjournal.readers.searches.keeping import asked_of
from ownjournal.readers.searches.models import SavedSearch
from ownjournal.search.query import And, Query

MOST = 1_000
"""Articles of one search, its best; an issue has a dozen."""


class Matching:
    """Asks the index once for each search, however many readers follow it.

    Only a search among a reader's own lists is asked again for another reader.
    """

    def __init__(self, pmids: Sequence[int]) -> None:
        self._pmids = pmids
        self._found: dict[str, tuple[int, ...]] = {}

    def of(self, search: SavedSearch, lists: ReaderLists) -> tuple[int, ...]:
        """PMIDs, rising; none for a search that a later version cannot read.

        Raises IndexUnusable.
        """
        if not self._pmids:
            return ()
        if search.parameters in self._found:
            return self._found[search.parameters]
        asked = asked_of(search.parameters)
        read = None if asked is None else understood(asked, lists)
        found: tuple[int, ...] = ()
        if read is not None and read.query is not None:
            query = And((read.query, self._among))
            hits = index().search(query, limit=MOST).hits
            found = tuple(sorted(hit.pmid for hit in hits))
        if read is None or not read.private:
            self._found[search.parameters] = found
        return found

    @cached_property
    def _among(self) -> Query:
        """The articles as a query, once the index has them."""
        keep_up(index())
        return pmids_query(self._pmids)
